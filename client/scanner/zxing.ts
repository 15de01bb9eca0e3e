/** The page's side of the zxing worker. */
import { readingsOfZxing } from './engines.ts'
import type { Reading } from './scan.ts'
import type { FrameAnswer, FrameRequest } from './zxing.worker.ts'

export type Zxing = { read(frame: ImageData, at: number): Promise<Reading[]>; close(): void }

/** Starts the worker. `read` rejects when the worker or its WebAssembly cannot be loaded. */
export function startZxing(): Zxing {
  const worker = new Worker(new URL('./zxing.worker.ts', import.meta.url), { type: 'module' })
  const waiting = new Map<number, { resolve(answer: FrameAnswer): void; reject(error: Error): void }>()
  let lastId = 0
  let broken: Error | undefined

  worker.onmessage = ({ data }: MessageEvent<FrameAnswer>) => {
    waiting.get(data.id)?.resolve(data)
    waiting.delete(data.id)
  }
  worker.onerror = (event) => {
    broken = new Error(`The zxing worker failed: ${event.message}`)
    for (const { reject } of waiting.values()) reject(broken)
    waiting.clear()
  }

  return {
    async read(frame, at) {
      if (broken) throw broken
      lastId += 1
      const request: FrameRequest = { id: lastId, width: frame.width, height: frame.height, pixels: frame.data.buffer }
      const answer = await new Promise<FrameAnswer>((resolve, reject) => {
        waiting.set(request.id, { resolve, reject })
        worker.postMessage(request, [request.pixels])
      })
      if ('error' in answer) throw new Error(answer.error)
      return readingsOfZxing(answer.results, at)
    },
    close() {
      worker.terminate()
      for (const { reject } of waiting.values()) reject(new Error('The zxing worker was closed'))
      waiting.clear()
    },
  }
}
