// What is known of the proof of a chain, for its entries: how the log stands, and what was found when it was verified.

import { createContext } from 'react'
import type { LogState } from '../../../../server/contract/log.ts'
import type { Verdict } from '../../../data/verify-chain.ts'

export type ChainProof = { log?: LogState; verdict?: Verdict }

export const ChainProofContext = createContext<ChainProof>({})
