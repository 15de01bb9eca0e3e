// The address of what a code stands for.

import { type CodeKind, parseCode } from '../../server/custody/codes.ts'

const folders: Record<CodeKind, string> = {
  item: '/items',
  place: '/store',
  container: '/store',
  docket: '/dockets',
  person: '/people',
}

/** `/items/E…`, `/store/S…`, …; nothing for a text that is no code of ours. */
export function pathOfCode(text: string): string | undefined {
  const parsed = parseCode(text)
  return parsed && `${folders[parsed.kind]}/${parsed.code}`
}
