/** Smaller copies of pictures for lists and pages, made when first asked for and kept until somebody deletes them. */
import { readFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import { moveInto, thumbnailIn, writeUpload } from './folder.ts'
import { HEAD_BYTES, typeOf } from './kinds.ts'
import { canBeOpened, smallerPicture } from './picture.ts'
import { openFile } from './store.ts'

/** The only widths there are, in pixels, so that nobody can fill the disk by asking for others. */
export const THUMBNAIL_WIDTHS = [160, 480, 1280] as const
export type ThumbnailWidth = (typeof THUMBNAIL_WIDTHS)[number]

export const THUMBNAIL_TYPE = 'image/webp'

/**
 * A picture no wider than `width` as WebP, without metadata; `undefined` if there is no such file or it cannot be opened here.
 * For looking only: what is served as the original is checked against its hash, this copy has none. Throws FileTampered.
 */
export async function thumbnail(dataDir: string, sha256: string, width: ThumbnailWidth): Promise<Buffer | undefined> {
  if (!THUMBNAIL_WIDTHS.includes(width)) throw new RangeError(`No thumbnails are ${width} pixels wide`)
  const place = thumbnailIn(dataDir, sha256, width)
  const kept = await readFile(place).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (kept) return kept
  const original = await openFile(dataDir, sha256)
  if (!original) return undefined
  const bytes = await buffer(original.stream)
  if (!canBeOpened(typeOf(bytes.subarray(0, HEAD_BYTES)))) return undefined
  const made = await smallerPicture(bytes, width)
  await moveInto(place, await writeUpload(dataDir, made))
  return made
}
