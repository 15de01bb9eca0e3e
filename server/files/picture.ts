/** Pictures as sharp sees them: is it whole, is it small enough to open, and a smaller copy of it. */
import sharp, { type SharpOptions } from 'sharp'
import type { FileType } from '../custody/file-kinds.ts'
import { FileRefused } from './file-refused.ts'

/** 80 million: more than a telephone's camera takes, little enough to open without harm. */
export const MAX_PIXELS = 80_000_000

const SECONDS_TO_OPEN = 20
const FORMATS: Partial<Record<FileType, string>> = { 'image/jpeg': 'jpeg', 'image/png': 'png', 'image/webp': 'webp' }

// libvips opens some thirty formats, among them ones that run other programs. SVG stays open for our own drawings; an
// uploaded one is refused by its first bytes before sharp sees it.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadWebp', 'VipsForeignLoadSvg'],
})

/** Whether there is a decoder for it here: none for HEIC, whose original is kept all the same. */
export const canBeOpened = (type: FileType | undefined): boolean => type !== undefined && FORMATS[type] !== undefined

/** `error` lets pass what cameras do a little wrong, such as stray bytes between segments, but nothing cut short. */
const openWith: SharpOptions = { failOn: 'error', limitInputPixels: MAX_PIXELS }

/** Throws FileRefused unless the picture is of the type its first bytes tell, not too large to open, and whole. */
export async function requirePicture(path: string, type: FileType): Promise<void> {
  // Reads the header only, so no limit is needed to do it.
  const header = await sharp(path, { limitInputPixels: false })
    .metadata()
    .catch(() => undefined)
  if (!header?.width || !header.height || header.format !== FORMATS[type]) throw new FileRefused('not-a-picture')
  // The height of an animation is that of all its pictures together in `pages` × `pageHeight`.
  const pixels = header.width * header.height * (header.pages ?? 1)
  if (pixels > MAX_PIXELS) {
    const million = (count: number) => Math.round(count / 1_000_000)
    throw new FileRefused('too-many-pixels', { megapixels: million(pixels), max: million(MAX_PIXELS) })
  }
  try {
    await sharp(path, openWith).timeout({ seconds: SECONDS_TO_OPEN }).resize(64, 64, { fit: 'inside' }).raw().toBuffer()
  } catch {
    throw new FileRefused('damaged')
  }
}

/** A copy no wider than `width` pixels as WebP, upright, without the camera's notes on place, time and device. */
export function smallerPicture(picture: Buffer, width: number): Promise<Buffer> {
  return sharp(picture, openWith)
    .timeout({ seconds: SECONDS_TO_OPEN })
    .autoOrient()
    .resize({ width, withoutEnlargement: true })
    .webp({ quality: 80 })
    .toBuffer()
}
