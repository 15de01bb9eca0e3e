/** quagga2 on one still frame, loaded only when zxing has missed some. */
import { type QuaggaPass, quaggaConfig, readingsOfQuagga } from './engines.ts'
import type { Reading } from './scan.ts'

const JPEG_QUALITY = 0.95

/** One call at a time: all runs of quagga2 share one line of events. */
export async function readWithQuagga(canvas: HTMLCanvasElement, pass: QuaggaPass, at: number): Promise<Reading[]> {
  const { default: Quagga } = await import('@ericblade/quagga2')
  const result = await Quagga.decodeSingle(quaggaConfig(canvas.toDataURL('image/jpeg', JPEG_QUALITY), pass))
  return readingsOfQuagga(result, at)
}
