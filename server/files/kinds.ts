/** Which files are kept, told by their first bytes and never by their name or by what a browser says. */
import { type FileType, kindOfFile } from '../custody/file-kinds.ts'

export const MAX_PICTURE_MB = 10
export const MAX_FILE_MB = 50
export const BYTES_IN_MB = 1024 * 1024
/** How much of a file `typeOf` needs. */
export const HEAD_BYTES = 64

const PNG_SIGNATURE = '\x89PNG\r\n\x1A\n'
/** Some programs write U+FEFF or blank lines before the head of a PDF; every reader skips them. */
const PDF_HEAD = /^(?:\xEF\xBB\xBF)?\s*%PDF-[12]\.\d/
/** Brands of ISO 14496-12. AVIF shares the box and also `mif1`, but names itself beside it. */
const BRANDS: [type: FileType, brands: string[]][] = [
  ['video/mp4', ['isom', 'iso2', 'iso4', 'iso5', 'iso6', 'mp41', 'mp42', 'avc1', 'M4V ', 'MSNV', 'dash']],
  ['video/quicktime', ['qt  ']],
  ['audio/mp4', ['M4A ', 'M4B ']],
  ['image/heic', ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1']],
]
/** What the first box of a QuickTime film without a brand is called. */
const QUICKTIME_BOXES = ['moov', 'mdat', 'wide']
/** A frame of MPEG audio layer 3 without a tag before it. */
const MP3_FRAME = /^\xFF[\xFA\xFB\xF2\xF3]/

/** The type that the first bytes of a file tell, or `undefined` for anything that is not kept. */
export function typeOf(head: Uint8Array): FileType | undefined {
  const text = Buffer.from(head).toString('latin1')
  if (text.startsWith('\xFF\xD8\xFF')) return 'image/jpeg'
  if (text.startsWith(PNG_SIGNATURE)) return 'image/png'
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'image/webp'
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WAVE') return 'audio/wav'
  if (PDF_HEAD.test(text)) return 'application/pdf'
  if (text.startsWith('ID3') || MP3_FRAME.test(text)) return 'audio/mpeg'
  // Any ZIP archive; whether it is a document of this kind its directory tells, see ofd.ts.
  if (text.startsWith('PK\x03\x04')) return 'application/ofd'
  const box = text.slice(4, 8)
  if (box === 'ftyp') return typeOfBrand(Buffer.from(head))
  return QUICKTIME_BOXES.includes(box) ? 'video/quicktime' : undefined
}

/** By the brand, and by those that it is compatible with. */
function typeOfBrand(head: Buffer): FileType | undefined {
  const brand = head.toString('latin1', 8, 12)
  const others: string[] = head.toString('latin1', 16, Math.min(head.readUInt32BE(0), HEAD_BYTES)).match(/.{4}/gs) ?? []
  if (others.includes('avif')) return undefined
  return BRANDS.find(([, brands]) => brands.includes(brand))?.[0]
}

export const isPicture = (type: string): boolean => kindOfFile(type) === 'picture'

/** True for a name that promises a picture of a kind that is kept. */
export function isNamedLikePicture(name: string): boolean {
  return /\.(jpe?g|png|webp|hei[cf])$/i.test(name)
}
