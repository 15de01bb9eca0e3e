/** The scanner of a page: camera and hand scanner as one stream of accepted scans, with a signal for each verdict. */
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { accept, EMPTY_MEMORY, type Verdict } from './acceptance.ts'
import { type Camera, CameraError, openCamera } from './camera.ts'
import { type Mood, signal, wakeSound } from './feedback.ts'
import { attachHandScanner } from './hand-scanner.ts'
import type { CameraFailure, Reading, Refusal, Scan } from './scan.ts'

export type CameraState =
  | { kind: 'off' }
  | { kind: 'starting' }
  | { kind: 'on' }
  | { kind: 'failed'; failure: CameraFailure }

export type ScannerOptions = {
  /** What the page makes of a scan decides the signal: `ok` if it says nothing, `refused` if it throws. */
  onScan(scan: Scan): Mood | undefined | Promise<Mood | undefined>
  onRefused?(refusal: Refusal): void
  /** The same value again within two seconds. */
  onRepeat?(text: string): void
  /** A foreign label has been read `reads` times of `needed`. */
  onWaiting?(text: string, reads: number, needed: number): void
  /** Whether to listen to the hand scanner; true unless told otherwise. */
  hand?: boolean
}

export type Scanner = {
  /** Opens the camera into the element of `videoRef`; to be called from a click. The hand scanner needs no start. */
  start(): Promise<void>
  stop(): void
  state: CameraState
  videoRef: RefObject<HTMLVideoElement | null>
}

export function useScanner(options: ScannerOptions): Scanner {
  const { hand = true } = options
  const [state, setState] = useState<CameraState>({ kind: 'off' })
  const videoRef = useRef<HTMLVideoElement | null>(null)
  const camera = useRef<Camera | undefined>(undefined)
  const memory = useRef(EMPTY_MEMORY)
  const latest = useRef(options)
  // Counts starts and stops, so that a camera that opens after it was stopped is closed at once.
  const turn = useRef(0)

  useEffect(() => {
    latest.current = options
  })

  const refuse = useCallback((refusal: Refusal) => {
    // Blur is the daily life of a camera: it is shown, but does not sound the alarm.
    if (refusal.reason !== 'unsteady') signal('refused')
    latest.current.onRefused?.(refusal)
  }, [])

  const offer = useCallback(
    (reading: Reading) => {
      const judged = accept(memory.current, reading, newKey())
      memory.current = judged.memory
      act(judged.verdict, latest.current, refuse)
    },
    [refuse],
  )

  useEffect(() => {
    if (!hand) return undefined
    return attachHandScanner({ onReading: offer, onRefused: refuse })
  }, [hand, offer, refuse])

  const close = useCallback(() => {
    turn.current += 1
    camera.current?.close()
    camera.current = undefined
  }, [])

  const stop = useCallback(() => {
    close()
    setState({ kind: 'off' })
  }, [close])

  const start = useCallback(async () => {
    const video = videoRef.current
    if (!video) throw new Error('The scanner has no video element')
    close()
    wakeSound()
    const mine = turn.current
    setState({ kind: 'starting' })
    const onFailure = (failure: CameraFailure) => {
      if (turn.current === mine) setState({ kind: 'failed', failure })
    }
    try {
      const opened = await openCamera(video, { onReading: offer, onFailure })
      if (turn.current !== mine) return opened.close()
      camera.current = opened
      setState({ kind: 'on' })
    } catch (error) {
      onFailure(error instanceof CameraError ? error.failure : 'failed')
    }
  }, [close, offer])

  useEffect(() => close, [close])

  return { start, stop, state, videoRef }
}

function act(verdict: Verdict, page: ScannerOptions, refuse: (refusal: Refusal) => void): void {
  switch (verdict.kind) {
    case 'scan':
      void resolve(verdict.scan, page)
      break
    case 'repeat':
      signal('repeat')
      page.onRepeat?.(verdict.text)
      break
    case 'waiting':
      page.onWaiting?.(verdict.text, verdict.reads, verdict.needed)
      break
    case 'refused':
      refuse(verdict.refusal)
      break
    case 'held':
      break
  }
}

async function resolve(scan: Scan, page: ScannerOptions): Promise<void> {
  try {
    signal((await page.onScan(scan)) ?? 'ok')
  } catch (error) {
    signal('refused')
    throw error
  }
}

/** A random UUID; `crypto.randomUUID` is missing on pages that are served neither from localhost nor over TLS. */
function newKey(): string {
  if (crypto.randomUUID) return crypto.randomUUID()
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
