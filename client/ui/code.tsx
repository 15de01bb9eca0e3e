// A code as it is printed on labels, in a monospaced face.

import { Link } from 'react-router'
import { parseCode, printCode } from '../../server/custody/codes.ts'

type Props = { code: string; to?: string }

/** `E-4F7Q2-M8K3X-7`; other texts as they are. With `to` it links there. */
export function Code({ code, to }: Props) {
  const text = parseCode(code) ? printCode(code) : code
  if (!to) return <span className="code">{text}</span>
  return (
    <Link className="code" to={to}>
      {text}
    </Link>
  )
}
