// A text with what was looked for marked in it; a long one begins shortly before its first mark.

import './marked.css'

type Props = { text: string; marks: readonly [from: number, to: number][] }

/** So many letters stand before the first mark. */
const LEAD = 12

export function Marked({ text, marks }: Props) {
  const first = marks[0]?.[0] ?? 0
  let at = first > LEAD * 2 ? first - LEAD : 0
  const parts = [at > 0 ? '…' : '']
  for (const [from, to] of marks) {
    if (from < at) continue
    parts.push(text.slice(at, from), text.slice(from, to))
    at = to
  }
  const [lead, ...rest] = parts
  return (
    <span className="marked">
      {lead}
      {/* biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text have no other name. */}
      {rest.map((part, n) => (n % 2 === 1 ? <mark key={n}>{part}</mark> : part))}
      {text.slice(at)}
    </span>
  )
}
