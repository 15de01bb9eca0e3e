/** The hand scanner: listens to every key of the page and hands over what came as a burst. */
import { type Burst, NO_BURST, type Outcome, press, SILENCE_MS, silence } from './burst.ts'
import type { Reading, Refusal } from './scan.ts'

export type HandScannerEvents = { onReading(reading: Reading): void; onRefused(refusal: Refusal): void }

type Field = HTMLInputElement | HTMLTextAreaElement
type Content = { field: Field; value: string; start: number | null; end: number | null }

const TEXT_TYPES = ['text', 'search', 'tel', 'url', 'email', 'password', 'number']

/** The last one attached listens; the one below hears again when it leaves, as a dialog over a page does. */
const attached: HandScannerEvents[] = []

/**
 * Starts listening; the function returned stops it. At the `bottom` it hears only while nobody else listens: for a
 * shell that opens what is scanned on pages that do not scan themselves, whenever it attaches.
 */
export function attachHandScanner(events: HandScannerEvents, place: 'top' | 'bottom' = 'top'): () => void {
  let burst: Burst = NO_BURST
  let before: Content | undefined
  let timer: number | undefined

  const onKeyDown = (event: KeyboardEvent) => {
    if (attached.at(-1) !== events) return
    const target = event.composedPath()[0]
    const outcome = press(burst, {
      key: event.key,
      code: event.code,
      at: event.timeStamp,
      // 229 is how browsers mark the key that starts a composition, before they call it composing.
      composing: event.isComposing || event.keyCode === 229,
      inField: isField(target),
      repeat: event.repeat,
      modified: event.ctrlKey || event.altKey || event.metaKey,
    })
    if (outcome.starts) before = contentOf(target)
    if (outcome.consume) {
      event.preventDefault()
      event.stopImmediatePropagation()
    }
    if (outcome.takeBack && before) restore(before)
    tell(outcome)
  }

  const tell = (outcome: Outcome) => {
    burst = outcome.burst
    window.clearTimeout(timer)
    if (burst.text !== '') timer = window.setTimeout(() => tell(silence(burst)), SILENCE_MS)
    const at = Date.now()
    if (outcome.refused) events.onRefused({ ...outcome.refused, by: 'hand', at })
    if (outcome.text !== undefined) events.onReading({ text: outcome.text, by: 'hand', at })
  }

  if (place === 'top') attached.push(events)
  else attached.unshift(events)
  window.addEventListener('keydown', onKeyDown, { capture: true })
  return () => {
    window.clearTimeout(timer)
    window.removeEventListener('keydown', onKeyDown, { capture: true })
    attached.splice(attached.indexOf(events), 1)
  }
}

function isField(target: EventTarget | undefined): boolean {
  return isTextField(target) || (target instanceof HTMLElement && target.isContentEditable)
}

function isTextField(target: EventTarget | undefined): target is Field {
  if (target instanceof HTMLTextAreaElement) return !target.readOnly
  return target instanceof HTMLInputElement && TEXT_TYPES.includes(target.type) && !target.readOnly
}

function contentOf(target: EventTarget | undefined): Content | undefined {
  if (!isTextField(target)) return undefined
  return { field: target, value: target.value, start: target.selectionStart, end: target.selectionEnd }
}

/** Through the prototype's setter and an input event, so that React takes the old value for typed. */
function restore({ field, value, start, end }: Content): void {
  const prototype = field instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, value)
  if (start !== null) field.setSelectionRange(start, end)
  field.dispatchEvent(new Event('input', { bubbles: true }))
}
