// GET /api/log – how far the log is signed and cosigned, and what contradicts it.

import { useQuery } from '@tanstack/react-query'
import type { LogState } from '../../server/contract/log.ts'
import { asksForWitnesses } from './log-standing.ts'
import { request } from './request.ts'

export const logKey = ['log']

export const readLog = (signal?: AbortSignal): Promise<LogState> => request<LogState>('/log', { signal })

/** Signatures come within a second; when they have not come after this, they are asked for less often. */
const soonMs = 20_000
const oftenMs = 1_000
const seldomMs = 15_000

/** For an item's page: asked again only while the entry recorded at `at` waits for the log or for its witnesses. */
export const useLogUpTo = (entry: { position: number; recordedAt: string } | undefined) =>
  useQuery({
    queryKey: logKey,
    queryFn: ({ signal }) => readLog(signal),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: entry !== undefined,
    refetchInterval: ({ state: { data } }) => {
      if (!entry || !data || isSettled(data, entry.position)) return false
      return Date.now() - Date.parse(entry.recordedAt) < soonMs ? oftenMs : seldomMs
    },
  })

/** For the log's own page. */
export const useLogLive = () =>
  useQuery({ queryKey: logKey, queryFn: ({ signal }) => readLog(signal), refetchInterval: 3_000 })

function isSettled(log: LogState, position: number): boolean {
  const signed = (log.checkpoint?.size ?? 0) > position
  return signed && (!asksForWitnesses(log) || log.quorum.size > position)
}
