/**
 * Tells a hand scanner from a person by the rhythm of keys. Pure: one key press after the other goes in, what is to be
 * done comes out. A burst ends with Enter or Tab, or with the last character of one of our codes; time alone only
 * ever ends it as refused.
 */
import { CODE_LENGTH, normalizeCode, parseCode } from '../../server/custody/codes.ts'
import type { RefusalReason } from './scan.ts'

export type Press = {
  /** `KeyboardEvent.key` and `.code`. */
  key: string
  code: string
  /** Milliseconds on the clock of the events, which a busy page does not delay. */
  at: number
  /** An input method is composing and takes this key. */
  composing: boolean
  /** The focus is in something that takes text. */
  inField: boolean
  /** A key held down. */
  repeat: boolean
  /** Control, Alt or Meta is down. */
  modified: boolean
}

export type Burst = { text: string; lastAt: number; inField: boolean; composed: boolean; done: boolean }

export type Outcome = {
  burst: Burst
  /** This press begins a possible burst: the field's content is worth remembering. */
  starts?: boolean
  /** A whole reading. */
  text?: string
  /** A burst that came to nothing. */
  refused?: { reason: RefusalReason; text: string }
  /** The page must not see this press. */
  consume?: boolean
  /** What the burst has written so far is to be taken out of the field again. */
  takeBack?: boolean
}

export const GAP_MS = 50
/** Silence after which an unfinished burst is reported. */
export const SILENCE_MS = 300

/** Shorter bursts may be two fingers of a person. */
const SHORTEST = 4

const MODIFIERS = ['Shift', 'CapsLock', 'NumLock', 'Control', 'Alt', 'AltGraph', 'Meta']

export const NO_BURST: Burst = {
  text: '',
  lastAt: Number.NEGATIVE_INFINITY,
  inField: false,
  composed: false,
  done: false,
}

export function press(burst: Burst, press: Press): Outcome {
  if (MODIFIERS.includes(press.key)) return { burst }
  if (press.repeat) return { burst: NO_BURST, ...leftOver(burst) }

  const inTime = press.at - burst.lastAt < GAP_MS
  if (press.key === 'Enter' || press.key === 'Tab') return end(burst, press, inTime)

  const character = characterOf(press)
  if (character === undefined) return press.modified ? { burst } : { burst: NO_BURST, ...leftOver(burst) }

  const goesOn = inTime && !burst.done && burst.inField === press.inField
  const grown: Burst = {
    text: goesOn ? burst.text + character : character,
    lastAt: press.at,
    inField: press.inField,
    composed: press.composing || (goesOn && burst.composed),
    done: false,
  }
  const before = goesOn ? { starts: false } : { starts: true, ...leftOver(burst) }
  const isCode = grown.text.length >= CODE_LENGTH && parseCode(grown.text) !== undefined
  if (!isCode) return { burst: grown, ...before }
  const whole = { burst: { ...grown, text: '', done: true }, ...before }
  if (grown.composed) return { ...whole, refused: { reason: 'input-method', text: grown.text } }
  return { ...whole, text: grown.text, consume: true, takeBack: grown.inField }
}

/** To be called after SILENCE_MS without a press, so that what stopped in the middle is told and not swallowed. */
export function silence(burst: Burst): Outcome {
  return { burst: NO_BURST, ...leftOver(burst) }
}

function end(burst: Burst, { at, inField, composing }: Press, inTime: boolean): Outcome {
  if (!inTime) return { burst: NO_BURST, ...leftOver(burst) }
  // The suffix of a code that is already through; the field or button in focus must not take it for its own. Some
  // scanners send two.
  const through = { ...burst, text: '', lastAt: at, done: true }
  if (burst.done) return { burst: through, consume: !composing }
  if (inField || burst.inField || burst.text.length < SHORTEST) return { burst: NO_BURST }
  return { burst: through, text: burst.text, consume: true }
}

/** In a field the keys are typing, there to be seen; elsewhere nobody would know of them. */
function leftOver(burst: Burst): Pick<Outcome, 'refused'> {
  if (burst.inField || burst.text.length < SHORTEST) return {}
  return { refused: { reason: 'unfinished', text: normalizeCode(burst.text) } }
}

/** The character of a press; under an input method the key's place on the US layout that hand scanners send. */
function characterOf({ key, code, composing, modified }: Press): string | undefined {
  if (modified) return undefined
  if (composing) return /^(?:Key([A-Z])|(?:Digit|Numpad)([0-9]))$/.exec(code)?.slice(1).join('')
  return key.length === 1 ? key : undefined
}
