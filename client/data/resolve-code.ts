// GET /api/codes/{code} – what a scanned code stands for. An exact look-up, never a search.

import type { Resolved } from '../../server/contract/cards.ts'
import { request } from './request.ts'

/** Throws ProblemError 404 when nothing readable has the code. */
export const resolveCode = (code: string): Promise<Resolved> => request<Resolved>(`/codes/${encodeURIComponent(code)}`)
