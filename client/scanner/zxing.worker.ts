/** zxing in a worker of its own: frames in, what is read in them out. The WebAssembly comes from our own origin. */
import { prepareZXingModule, type ReadResult, readBarcodes } from 'zxing-wasm/reader'
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url'
import { ZXING_OPTIONS } from './engines.ts'

export type FrameRequest = { id: number; width: number; height: number; pixels: ArrayBuffer }
export type FrameAnswer =
  | { id: number; results: Pick<ReadResult, 'text' | 'symbology'>[] }
  | { id: number; error: string }

type Scope = { onmessage: (event: MessageEvent<FrameRequest>) => void; postMessage(answer: FrameAnswer): void }

const scope = self as unknown as Scope

prepareZXingModule({
  overrides: { locateFile: (path: string, folder: string) => (path.endsWith('.wasm') ? wasmUrl : folder + path) },
})

scope.onmessage = async ({ data: { id, width, height, pixels } }) => {
  try {
    const results = await readBarcodes(new ImageData(new Uint8ClampedArray(pixels), width, height), ZXING_OPTIONS)
    scope.postMessage({ id, results: results.map(({ text, symbology }) => ({ text, symbology })) })
  } catch (error) {
    scope.postMessage({ id, error: String(error) })
  }
}
