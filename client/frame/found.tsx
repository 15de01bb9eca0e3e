// What a search found as lines to open: what each thing is, what it is about, and the text in which the words stand.

import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Found, Matched } from '../../server/contract/search.ts'
import { printCode } from '../../server/custody/codes.ts'
import { Marked } from '../ui/marked.tsx'
import { useWords } from '../ui/words.ts'
import './found.css'

export const groups = ['items', 'cases', 'dockets', 'people', 'places'] as const
export type FoundLine = { path: string; title: string; about: string; matched: Matched[] }
export type FoundGroup = { group: (typeof groups)[number]; lines: FoundLine[] }

/** The groups in which something was found, each with its lines. */
export function useFoundGroups(found: Found | undefined): FoundGroup[] {
  const words = useWords()
  return useMemo(() => {
    if (!found) return []
    const lines: Record<(typeof groups)[number], FoundLine[]> = {
      items: found.items.map(({ code, name, matched }) => ({
        path: `/items/${code}`,
        title: name,
        about: printCode(code),
        matched,
      })),
      cases: found.cases.map(({ caseNo, title, matched }) => ({
        path: `/cases/${encodeURIComponent(caseNo)}`,
        title,
        about: caseNo,
        matched,
      })),
      dockets: found.dockets.map(({ code, procedure, openedBy, matched }) => ({
        path: `/dockets/${code}`,
        title: `${words.procedureName(procedure)} · ${openedBy.name}`,
        about: printCode(code),
        matched,
      })),
      people: found.people.map(({ id, name, unitName, matched }) => ({
        path: `/people/${id}`,
        title: name,
        about: unitName,
        matched,
      })),
      places: found.places.map(({ code, name, pathNames, matched }) => ({
        path: `/store/${code}`,
        title: name,
        about: pathNames.join(' › '),
        matched,
      })),
    }
    return groups.flatMap((group) => (lines[group].length > 0 ? [{ group, lines: lines[group] }] : []))
  }, [found, words])
}

export function FoundWords({ line: { title, about, matched } }: { line: FoundLine }) {
  const { t } = useTranslation()
  const inTitle = matched.find(({ text }) => text === title)
  const inAbout = matched.find(({ text }) => text === about)
  const also = matched.find(({ text, by }) => text !== title && text !== about && by !== 'code')
  return (
    <span className="found">
      <span className="found-title">
        <Marked text={title} marks={inTitle?.marks ?? []} />
      </span>
      <span className="found-about quiet">
        <Marked text={about} marks={inAbout?.marks ?? []} />
      </span>
      {also && !inTitle && (
        <span className="found-also quiet">
          {t(`screens:search.by.${also.by}`)} <Marked text={also.text} marks={also.marks} />
        </span>
      )}
    </span>
  )
}
