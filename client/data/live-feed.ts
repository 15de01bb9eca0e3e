// The live movement log: lines arrive by socket, mark what they concern as old and go to whoever listens.

import { useEffect, useSyncExternalStore } from 'react'
import type { Socket } from 'socket.io-client'
import type { Movement } from '../../server/contract/movements.ts'
import { cache } from './cache.ts'

export type FeedState = 'connecting' | 'live' | 'lost'
type Listener = (movement: Movement) => void

const listeners = new Set<Listener>()
const watchers = new Set<() => void>()
let state: FeedState = 'connecting'
let socket: Socket | undefined
let position: number | undefined
let stale = new Set<string>()
let _timer: number | undefined

const GATHER_MS = 400

/** What a line makes old: its subject, and every list. */
const lists = ['items', 'dockets', 'cases', 'places', 'counts', 'steps']
const keysOf = ({ subject, docket }: Movement): string[] => [
  ...lists,
  `${subject.kind} ${subject.id}`,
  ...(subject.kind === 'item' ? [`chain ${subject.id}`] : []),
  ...(subject.kind === 'person' ? ['people'] : []),
  ...(subject.kind === 'unit' ? ['units'] : []),
  ...(docket ? [`docket ${docket}`] : []),
]

function markStale(movement: Movement): void {
  for (const key of keysOf(movement)) stale.add(key)
  _timer ??= window.setTimeout(() => {
    const old = stale
    stale = new Set()
    _timer = undefined
    void cache.invalidateQueries({
      predicate: ({ queryKey: [name, id] }) => old.has(String(name)) || old.has(`${String(name)} ${String(id)}`),
    })
  }, GATHER_MS)
}

/** Positions only grow: a line that was seen before is dropped. */
function take(movement: Movement): void {
  if (position !== undefined && movement.position <= position) return
  position = movement.position
  markStale(movement)
  for (const listener of listeners) listener(movement)
}

function become(next: FeedState): void {
  state = next
  for (const watcher of watchers) watcher()
}

/** Connects; the function returned ends it. After a gap it asks for what came after the last line it saw. */
export function openFeed(): () => void {
  let open = true
  void import('socket.io-client').then(({ io }) => {
    if (!open) return
    socket = io({ transports: ['websocket'], reconnectionDelayMax: 5000 })
    socket.on('connect', () => {
      socket?.emit('resume', position === undefined ? {} : { after: position })
      // What was read before the first line may be older than the connection.
      if (position === undefined) void cache.invalidateQueries({ queryKey: ['movements'] })
      become('live')
    })
    socket.on('movement', (lines: Movement | Movement[]) => [lines].flat().forEach(take))
    socket.on('disconnect', (reason) => {
      become('lost')
      // The server closes when a session ends; it is asked again, and answers when the person is back.
      if (reason === 'io server disconnect') window.setTimeout(() => open && socket?.connect(), 2000)
    })
    socket.on('connect_error', () => become('lost'))
  })
  return () => {
    open = false
    socket?.disconnect()
    socket = undefined
  }
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}

export const useFeedState = (): FeedState => useSyncExternalStore(watch, () => state)

/** Hears every line while the component is there. */
export function useMovementFeed(listener: Listener): void {
  useEffect(() => {
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
    }
  }, [listener])
}
