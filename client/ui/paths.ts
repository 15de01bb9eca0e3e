// The addresses of pages: of what a code stands for, of what an entry is about.

import { type CodeKind, parseCode } from '../../server/custody/codes.ts'
import type { Subject } from '../../server/custody/subjects.ts'

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

const pages = { item: '/items', place: '/store', case: '/cases', person: '/people', unit: '/settings' } as const

/** The page of a subject. */
export const pathOf = ({ kind, id }: Subject): string => `${pages[kind]}/${encodeURIComponent(id)}`
