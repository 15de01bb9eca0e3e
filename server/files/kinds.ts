/** The kinds of files that are kept, told by their first bytes and never by their name or by what a browser says. */

export type FileType = 'image/jpeg' | 'image/png' | 'image/webp' | 'application/pdf' | 'video/mp4'

export const MAX_PICTURE_MB = 10
export const MAX_FILE_MB = 50
export const BYTES_IN_MB = 1024 * 1024
/** How much of a file `typeOf` needs. */
export const HEAD_BYTES = 16

const PNG_SIGNATURE = '\x89PNG\r\n\x1A\n'
/** Brands of ISO 14496-12 that phones and browsers record as MP4; HEIC and AVIF share the box but not the brand. */
const MP4_BRANDS = ['isom', 'iso2', 'iso4', 'iso5', 'iso6', 'mp41', 'mp42', 'avc1', 'M4V ', 'MSNV', 'dash']

/** The type that the first bytes of a file tell, or `undefined` for anything that is not kept. */
export function typeOf(head: Uint8Array): FileType | undefined {
  const text = Buffer.from(head).toString('latin1')
  if (text.startsWith('\xFF\xD8\xFF')) return 'image/jpeg'
  if (text.startsWith(PNG_SIGNATURE)) return 'image/png'
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'image/webp'
  if (/^%PDF-[12]\.\d/.test(text)) return 'application/pdf'
  if (text.slice(4, 8) === 'ftyp' && MP4_BRANDS.includes(text.slice(8, 12))) return 'video/mp4'
  return undefined
}

export function isPicture(type: string): boolean {
  return type.startsWith('image/')
}

/** True for a name that promises a picture of a kind that is kept. */
export function isNamedLikePicture(name: string): boolean {
  return /\.(jpe?g|png|webp)$/i.test(name)
}
