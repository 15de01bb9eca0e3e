// A docket's route: the desks it passed and the one where it waits, over the things that stand still meanwhile.

import { useTranslation } from 'react-i18next'
import type { Card, DocketCard } from '../../../server/contract/cards.ts'
import { useNames } from '../../data/use-names.ts'
import { type Stop, Stops } from '../../ui/stops.tsx'
import { Time } from '../../ui/time.tsx'
import { useWords } from '../../ui/words.ts'
import { PlacePath } from '../items/place-path.tsx'
import { whereOf } from '../items/standing.tsx'
import { groupedLines } from './lines.ts'
import { nameOnDocket } from './name-on-docket.ts'

/** `items` are the docket's cards as far as they are loaded. */
export function Route({ docket, items }: { docket: DocketCard; items: Card[] }) {
  const { t } = useTranslation('screens-chain')
  const words = useWords()
  const nameOf = useNames()
  const passed: Stop[] = docket.route.map((stop, index) => ({
    key: `${stop.at} ${stop.fact} ${String(index)}`,
    state: 'passed',
    title: words.stepName(stop.step),
    lines: [
      <>
        {words.signedName(stop.by)} · {stop.by.role ? words.roleName(stop.by.role) : stop.by.unitName}
      </>,
      ...(stop.countersigners.length > 0
        ? [t('docket.with', { names: stop.countersigners.map(({ name }) => name).join(t('listSeparator')) })]
        : []),
      ...(stop.items !== docket.items.length ? [t('docket.itemsOf', { count: stop.items })] : []),
      <Time key="at" at={stop.at} />,
    ],
  }))
  const desks = (waitsFor: string[]) =>
    waitsFor
      .map((desk) => words.deskName(desk, (id) => nameOf(id) ?? nameOnDocket(docket, id)))
      .join(t('listSeparator')) || t('docket.nobody')
  const { groups } = groupedLines(docket, [])
  const last: Stop = docket.open
    ? {
        key: 'waiting',
        state: 'waiting',
        title: t('docket.waitsFor'),
        // Lines at different stages wait for different desks, so each stage says for whom, and how many.
        lines: groups.flatMap(({ stage, waitsFor, codes }) => {
          const name = words.stageName(docket.procedure, stage)
          if (groups.length === 1) return [desks(waitsFor), name]
          return [t('docket.stageOf', { stage: name, count: codes.length, desks: desks(waitsFor) })]
        }),
      }
    : {
        key: 'ended',
        state: 'ended',
        title: t('docket.closed'),
        lines: [docket.closedAt && <Time key="at" at={docket.closedAt} />],
      }
  return (
    <Stops label={t('docket.route')} stops={[...passed, last]} still={items.length > 0 && <Still items={items} />} />
  )
}

/** Where the things are while the papers go round. */
function Still({ items }: { items: Card[] }) {
  const { t } = useTranslation('screens-chain')
  const words = useWords()
  const [only] = items
  if (items.length === 1 && only)
    return (
      <>
        {only.name} · {words.custodyName(only.custody.state)} ·{' '}
        {only.custody.state === 'stored' ? <PlacePath at={only.custody} /> : whereOf(only.custody)}
      </>
    )
  const states = new Map<Card['custody']['state'], number>()
  for (const { custody } of items) states.set(custody.state, (states.get(custody.state) ?? 0) + 1)
  return (
    <>
      {t('docket.things', { count: items.length })}{' '}
      {[...states].map(([state, count]) => `${words.custodyName(state)} ${count}`).join(' · ')}
    </>
  )
}
