// The counter before anything was scanned: today's work of the keeper's site. One press lays a line on the counter.

import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Card, DocketCard } from '../../../server/contract/cards.ts'
import type { Due } from '../../../server/custody/clocks.ts'
import { Code } from '../../ui/code.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Failed } from '../../ui/failed.tsx'
import { RowsSkeleton } from '../../ui/skeletons.tsx'
import { Time } from '../../ui/time.tsx'
import { useWords } from '../../ui/words.ts'
import { Clock, DiscrepancyTag, whereOf } from '../items/standing.tsx'
import { clockIn, type TodayGroup, useToday } from './use-today.ts'
import './today.css'

/** Of each group at first; the rest is a press away. */
const atFirst = 4

type Props = { sites: string[]; onOpen: (code: string) => void }

export function Today({ sites, onOpen }: Props) {
  const { t } = useTranslation('today')
  const { groups, error, retry } = useToday(sites)
  return (
    <section className="panel today" aria-labelledby="today-title">
      <h2 id="today-title">{t('title')}</h2>
      <p className="quiet">{t('hint')}</p>
      {error && <Failed error={error} onRetry={retry} />}
      {!groups && !error && <RowsSkeleton rows={5} />}
      {groups?.length === 0 && <Empty title={t('nothing')} hint={t('nothingHint')} />}
      {groups?.map((group) => (
        <Group key={group.key} group={group} onOpen={onOpen} />
      ))}
    </section>
  )
}

function Group({ group, onOpen }: { group: TodayGroup; onOpen: (code: string) => void }) {
  const { t } = useTranslation('today')
  const [whole, setWhole] = useState(false)
  const { key, items, dockets, more } = group
  const count = items.length + dockets.length
  const shown = <Row,>(rows: Row[]) => (whole ? rows : rows.slice(0, atFirst))
  return (
    <section className="today-group" aria-labelledby={`today-${key}`}>
      <h3 id={`today-${key}`}>
        {t(key)}
        <span className="today-count">{more ? `${count}+` : count}</span>
      </h3>
      <ul className="row-list">
        {shown(items).map((item) => (
          <li key={item.code}>
            <ItemRow item={item} due={clockIn(key, item)} onOpen={onOpen} />
          </li>
        ))}
        {shown(dockets).map((docket) => (
          <li key={docket.code}>
            <DocketRow docket={docket} onOpen={onOpen} />
          </li>
        ))}
      </ul>
      {count > atFirst && (
        <button type="button" className="today-more" aria-expanded={whole} onClick={() => setWhole(!whole)}>
          {whole ? t('fewer') : t('all', { count })}
        </button>
      )}
    </section>
  )
}

function ItemRow({ item, due, onOpen }: { item: Card; due: Due | undefined; onOpen: (code: string) => void }) {
  return (
    <button type="button" className="today-row" onClick={() => onOpen(item.code)}>
      <span>
        <strong>{item.name}</strong> <DiscrepancyTag item={item} />
        <span className="today-under quiet">
          <Code code={item.code} /> · {whereOf(item.custody)}
        </span>
      </span>
      {due && <Clock due={due} />}
    </button>
  )
}

function DocketRow({ docket, onOpen }: { docket: DocketCard; onOpen: (code: string) => void }) {
  const { t } = useTranslation('today')
  const words = useWords()
  const [first] = docket.items
  return (
    <button type="button" className="today-row" onClick={() => onOpen(docket.code)}>
      <span>
        <strong>
          {words.procedureName(docket.procedure)} · {first?.name}
          {docket.items.length > 1 && t('andMore', { count: docket.items.length })}
        </strong>
        <span className="today-under quiet">
          <Code code={docket.code} /> · {docket.openedBy.name}
        </span>
      </span>
      <span className="quiet">
        <Time at={docket.openedAt} />
      </span>
    </button>
  )
}
