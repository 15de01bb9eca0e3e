// Films for Chromium's fake camera: a label lying on a desk, as a picture that never changes.

import { writeFile } from 'node:fs/promises'
import sharp from 'sharp'

const frameSize = { width: 1280, height: 720 }
const desk = '#d8d2c6'
/** Played over and over; a film of one frame is refused. */
const frames = 5

/**
 * Writes a motion JPEG of 1280×720 with `label` (any picture that sharp reads) in its middle, turned by `degrees` and at
 * most `width` pixels wide. Gives the name of the file.
 */
export async function filmOf(
  label: Buffer,
  file: string,
  { degrees = 0, width }: { degrees?: number; width?: number } = {},
): Promise<string> {
  const lying = await sharp(width ? await sharp(label).resize({ width }).png().toBuffer() : label)
    .rotate(degrees, { background: 'white' })
    .toBuffer()
  const frame = await sharp({ create: { ...frameSize, channels: 3, background: desk } })
    .composite([{ input: lying }])
    .jpeg({ quality: 92 })
    .toBuffer()
  await writeFile(file, Buffer.concat(Array.from({ length: frames }, () => frame)))
  return file
}
