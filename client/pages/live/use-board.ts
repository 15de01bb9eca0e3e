// What the board shows: lines read from the log and lines that came live, each once, newest on top; and its pause.

import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Movement } from '../../../server/contract/movements.ts'
import { useFeedState, useMovementFeed } from '../../data/live-feed.ts'
import { useMovements } from '../../data/use-movements.ts'

/** Live lines are kept up to this many; older ones can be read back from the log. */
const MOST_LIVE = 1000

export function useBoard(matches: (movement: Movement) => boolean) {
  const log = useMovements()
  const [live, setLive] = useState<Movement[]>([])
  const [paused, setPaused] = useState(false)
  const [waiting, setWaiting] = useState<Movement[]>([])
  const isPaused = useRef(false)

  useMovementFeed(
    useCallback((movement: Movement) => {
      const put = isPaused.current ? setWaiting : setLive
      put((before) => [movement, ...before].slice(0, MOST_LIVE))
    }, []),
  )

  // A feed that was lost before its first line has no position to resume from: the log is read again.
  const feed = useFeedState()
  const { refetch } = log
  const wasLost = useRef(false)
  useEffect(() => {
    if (feed === 'lost') wasLost.current = true
    if (feed !== 'live' || !wasLost.current) return
    wasLost.current = false
    void refetch()
  }, [feed, refetch])

  const togglePause = useCallback(() => {
    isPaused.current = !isPaused.current
    setPaused(isPaused.current)
    if (isPaused.current) return
    setWaiting((held) => {
      setLive((before) => [...held, ...before].slice(0, MOST_LIVE))
      return []
    })
  }, [])

  const lines = useMemo(() => {
    if (!log.rows) return undefined
    const held = new Set(waiting.map(({ position }) => position))
    const fresh = new Set(live.map(({ position }) => position))
    const each = new Map([...log.rows, ...live].map((movement) => [movement.position, movement]))
    return [...each.values()]
      .filter((movement) => !held.has(movement.position) && matches(movement))
      .sort((one, other) => other.position - one.position)
      .map((movement) => ({ movement, fresh: fresh.has(movement.position) }))
  }, [log.rows, live, waiting, matches])

  return {
    lines,
    paused,
    /** Lines that match and wait for the pause to end. */
    waiting: waiting.filter(matches).length,
    togglePause,
    error: log.error,
    retry: () => void refetch(),
    hasMore: log.hasNextPage,
    isLoadingMore: log.isFetchingNextPage,
    loadMore: useCallback(() => void log.fetchNextPage(), [log.fetchNextPage]),
  }
}
