/** Where the public page of a receipt is found: an address nobody can guess, and what the code on the paper holds. */
import { createHmac, timingSafeEqual } from 'node:crypto'

const MARK_BYTES = 16
const TOKEN = /^(0|[1-9]\d{0,14})-([A-Za-z0-9_-]{22})$/

/** `<position>-<mark>`; the mark is the first half of an HMAC, so that knowing one token tells nothing of another. */
export const receiptToken = (secret: string, position: number): string =>
  `${position}-${markOf(secret, position).toString('base64url')}`

/** The position that a token was made for; nothing for every other text. */
export function positionIn(secret: string, token: string): number | undefined {
  const [, position, mark] = TOKEN.exec(token) ?? []
  if (!position || !mark) return undefined
  const given = Buffer.from(mark, 'base64url')
  const isOurs = given.length === MARK_BYTES && timingSafeEqual(given, markOf(secret, Number(position)))
  // The last character has bits to spare: of the texts that decode alike only one is the token.
  return isOurs && receiptToken(secret, Number(position)) === token ? Number(position) : undefined
}

const markOf = (secret: string, position: number): Buffer =>
  createHmac('sha256', secret).update(String(position)).digest().subarray(0, MARK_BYTES)

/** Hashes in hex. */
export type Stamped = { origin: string; size: number; root: string; position: number; leafHash: string }

/** What the QR code holds: the page, and behind `#`, which browsers keep to themselves, the values it must agree with. */
export function receiptLink(publicUrl: string, token: string, stamped: Stamped): string {
  const { origin, size, root, position, leafHash } = stamped
  return `${publicUrl}/r/${token}#o=${encodeURIComponent(origin)}&s=${size}&r=${root}&p=${position}&h=${leafHash}`
}
