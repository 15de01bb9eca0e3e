/** How the two reading engines are set, and how their answers become readings. Used by the camera and by its tests. */
import type { QuaggaJSConfigObject, QuaggaJSResultObject } from '@ericblade/quagga2'
import type { ReaderOptions, ReadResult } from 'zxing-wasm/reader'
import type { Reading } from './scan.ts'

/** EAN and UPC stay off in both engines: on pictures without any code they are what gets invented. */
export const ZXING_OPTIONS: ReaderOptions = {
  formats: ['Code128', 'QRCode', 'DataMatrix'],
  tryHarder: true,
  textMode: 'Plain',
  maxNumberOfSymbols: 8,
}

/** Longer side in pixels, and whether to look for the label first (slower, reads tilted labels). */
export type QuaggaPass = { size: number; locate: boolean }

/** quagga2 is very sensitive to scale, so each try takes the next of these. */
export const QUAGGA_PASSES: readonly QuaggaPass[] = [
  { size: 1280, locate: false },
  { size: 640, locate: false },
  { size: 800, locate: false },
  { size: 1280, locate: true },
]

/** quagga2's settings for one still picture given as a data URL. Its own workers do not function. */
export function quaggaConfig(src: string, pass: QuaggaPass): QuaggaJSConfigObject {
  return {
    src,
    inputStream: { size: pass.size, mime: src.slice('data:'.length, src.indexOf(';')) },
    locate: pass.locate,
    locator: { halfSample: pass.locate, patchSize: 'medium' },
    decoder: { readers: ['code_128_reader'] },
    numOfWorkers: 0,
  }
}

export function readingsOfZxing(results: readonly Pick<ReadResult, 'text' | 'symbology'>[], at: number): Reading[] {
  return results.map(({ text, symbology }) => ({ text, by: 'zxing', symbology: plainName(symbology), at }))
}

/** None or one reading; its error is the median over the codewords that carry one. */
export function readingsOfQuagga(result: QuaggaJSResultObject | undefined, at: number): Reading[] {
  const { code, format, decodedCodes } = result?.codeResult ?? {}
  if (code === undefined || code === null) return []
  const errors = (decodedCodes ?? []).map((codeword) => codeword.error).filter((error) => error !== undefined)
  return [{ text: code, by: 'quagga', symbology: plainName(format ?? ''), error: median(errors), at }]
}

function plainName(symbology: string): string {
  return symbology.toLowerCase().replace(/[^a-z0-9]/g, '')
}

function median(numbers: readonly number[]): number | undefined {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = sorted.length / 2
  const low = sorted[Math.ceil(middle) - 1]
  const high = sorted[Math.floor(middle)]
  return low !== undefined && high !== undefined ? (low + high) / 2 : undefined
}
