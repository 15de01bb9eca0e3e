// Runs the check of an item's chain against the server, and keeps what this browser has seen of the log.

import { useCallback, useEffect, useRef, useState } from 'react'
import { cache } from './cache.ts'
import { type Known, trusting } from './log-keys.ts'
import { keepLog, knownLog } from './log-memory.ts'
import { ProblemError, requestBlob } from './request.ts'
import { readChain } from './use-chain.ts'
import { readItem } from './use-item.ts'
import { logKey, readLog } from './use-log.ts'
import { type Progress, type Source, type Verdict, verifyShown } from './verify-chain.ts'

type Verification = {
  progress?: Progress
  verdict?: Verdict
  /** What was known before; absent at first sight. */
  known?: Known
  /** When it was done. */
  at?: string
  /** Why nothing could be checked. */
  error?: unknown
}

const pauseMs = 500

/** `verify` resolves with the verdict, or with nothing when it could not be reached. */
export function useVerification(code: string) {
  const [verification, setVerification] = useState<Verification>({})
  const current = useRef(code)
  useEffect(() => {
    current.current = code
    setVerification({})
  }, [code])

  const verify = useCallback(async (): Promise<Verdict | undefined> => {
    const set = (next: Verification) => current.current === code && setVerification(next)
    set({ progress: { done: 0, of: 1 } })
    // Read before anything is fetched: what another tab learns meanwhile is newer than what is checked here.
    const known = knownLog()
    try {
      const verdict = await verifyShown(sourceFor(code), known, (progress) => set({ progress }))
      const at = new Date().toISOString()
      if (verdict.seen) keepLog({ ...verdict.seen, since: known?.since ?? at, at })
      set({ verdict, at, ...(known ? { known } : {}) })
      return verdict
    } catch (error) {
      set({ error })
      return undefined
    }
  }, [code])

  /** The keys that the last check was offered are those that people have compared. */
  const trust = useCallback(async (): Promise<Verdict | undefined> => {
    const offered = verification.verdict?.offered
    if (offered) keepLog(trusting(offered, knownLog(), new Date().toISOString()))
    return verify()
  }, [verification, verify])

  return { ...verification, verify, trust }
}

export type Verifying = ReturnType<typeof useVerification>

/** Everything anew from the server, also what the cache is just being told; the page then shows what was checked. */
function sourceFor(code: string): Source {
  const kept = <Answer>(key: readonly string[], answer: Answer): Answer => {
    cache.setQueryData(key, answer)
    return answer
  }
  return {
    log: async () => kept(logKey, await readLog()),
    checkpoint: async () => bytesOf(await requestBlob('/log/checkpoint')),
    piece: async (path) => {
      try {
        return await bytesOf(await requestBlob(`/log/${path}`))
      } catch (error) {
        if (error instanceof ProblemError && error.problem.status === 404) return undefined
        throw error
      }
    },
    shown: async () => {
      const [chain, item] = await Promise.all([readChain(code), readItem(code)])
      return { item: kept(['item', code], item), entries: kept(['chain', code], chain).entries }
    },
    pause: () => new Promise((resolve) => setTimeout(resolve, pauseMs)),
  }
}

const bytesOf = async (blob: Blob): Promise<Uint8Array> => new Uint8Array(await blob.arrayBuffer())
