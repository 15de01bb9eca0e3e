/** The order in which frames go to the engines, and what a browser's errors mean for the camera. */
import { expect } from 'chai'
import { failureOf } from '../../client/scanner/camera.ts'
import { QUAGGA_PASSES } from '../../client/scanner/engines.ts'
import { afterQuagga, afterZxing, FIRST_FRAME } from '../../client/scanner/frames.ts'

/** The settings quagga2 gets over so many frames, by frame number, when zxing hits in `hits` and quagga2 with `reads`. */
function passesOver(frames: number, hits: number[] = [], reads?: number): [frame: number, setting: number][] {
  const passes: [number, number][] = []
  let count = FIRST_FRAME
  for (let frame = 0; frame < frames; frame++) {
    const after = afterZxing(count, hits.includes(frame))
    count = after.count
    if (!after.pass) continue
    const setting = QUAGGA_PASSES.indexOf(after.pass)
    passes.push([frame, setting])
    count = afterQuagga(count, setting === reads)
  }
  return passes
}

describe('scanner camera', () => {
  it('gives quagga2 every third frame without a hit, each with the next setting', () => {
    expect(passesOver(15)).to.deep.equal([
      [2, 0],
      [5, 1],
      [8, 2],
      [11, 3],
      [14, 0],
    ])
  })

  it('counts anew after a hit', () => {
    expect(passesOver(8, [2, 4])).to.deep.equal([[7, 0]])
    expect(passesOver(20, [0, 2, 4, 6, 8, 10, 12, 14, 16, 18])).to.deep.equal([])
  })

  it('stays with a setting that reads', () => {
    expect(passesOver(12, [], 1)).to.deep.equal([
      [2, 0],
      [5, 1],
      [8, 1],
      [11, 1],
    ])
  })

  it('tries 1280, 640 and 800 pixels as they are, then looks for the label at 1280', () => {
    expect(QUAGGA_PASSES.map(({ size, locate }) => `${size}${locate ? ' located' : ''}`)).to.deep.equal([
      '1280',
      '640',
      '800',
      '1280 located',
    ])
  })

  it('has a reason for every error of the browser', () => {
    const reasons = ['NotAllowedError', 'SecurityError', 'NotFoundError', 'OverconstrainedError', 'NotReadableError']
    expect([...reasons, 'AbortError', 'TypeError'].map((name) => failureOf({ name }))).to.deep.equal([
      'denied',
      'denied',
      'missing',
      'missing',
      'busy',
      'busy',
      'failed',
    ])
    expect(failureOf(undefined)).to.equal('failed')
  })
})
