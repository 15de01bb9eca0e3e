/** Which frames quagga2 gets: every third without a hit by zxing, with the next of its settings until one reads. */
import { QUAGGA_PASSES, type QuaggaPass } from './engines.ts'

/** Frames in a row without a hit by zxing, and the index of quagga2's setting in QUAGGA_PASSES. */
export type FrameCount = { misses: number; setting: number }

export const FIRST_FRAME: FrameCount = { misses: 0, setting: 0 }

const MISSES_BEFORE_QUAGGA = 3

/** To be called after zxing has seen a frame; `pass` is there when quagga2 shall see the same frame too. */
export function afterZxing(count: FrameCount, hit: boolean): { count: FrameCount; pass?: QuaggaPass } {
  if (hit) return { count: { ...count, misses: 0 } }
  const misses = count.misses + 1
  if (misses < MISSES_BEFORE_QUAGGA) return { count: { ...count, misses } }
  return { count: { ...count, misses: 0 }, pass: QUAGGA_PASSES[count.setting] }
}

/** To be called after quagga2 has seen a frame: it keeps a setting that reads, so that a label held is read steadily. */
export function afterQuagga(count: FrameCount, hit: boolean): FrameCount {
  return hit ? count : { ...count, setting: (count.setting + 1) % QUAGGA_PASSES.length }
}
