/** Scanning: camera and hand scanner become one stream of scans; these are the words every file here uses. */
import type { ParsedCode } from '../../server/custody/codes.ts'

export type Source = 'hand' | 'zxing' | 'quagga'

/** What a reader claims to have read, before anything is believed. */
export type Reading = {
  text: string
  by: Source
  /** Name of the symbology, lower case without separators; absent for a hand scanner, which does not say. */
  symbology?: string
  /** Median error of quagga2's decoded codewords; the other readers give none. */
  error?: number
  /** Milliseconds since 1970. */
  at: number
}

/** An accepted reading. `code` is there when the text is one of our own codes; `key` makes its use idempotent. */
export type Scan = { text: string; code?: ParsedCode; by: Source; at: number; key: string }

export type RefusalReason =
  /** Nothing is left once control characters are gone. */
  | 'empty'
  /** A symbology that is not read here, such as EAN. */
  | 'symbology'
  /** quagga2 was guessing: the picture is blurred or the label moved. */
  | 'unsteady'
  /** Looks like one of our codes, but its check character is wrong. */
  | 'check-character'
  /** The hand scanner stopped in the middle, or sends no Enter. */
  | 'unfinished'
  /** An input method took the hand scanner's keys. */
  | 'input-method'

export type Refusal = { reason: RefusalReason; text: string; by: Source; at: number }

/** Why there is no picture from the camera. */
export type CameraFailure =
  /** The page is not served from localhost or over TLS, so the browser offers no camera. */
  | 'insecure'
  | 'denied'
  | 'missing'
  | 'busy'
  /** The camera was unplugged or taken away while it ran. */
  | 'lost'
  /** The reading engine could not be loaded. */
  | 'engine'
  | 'failed'
