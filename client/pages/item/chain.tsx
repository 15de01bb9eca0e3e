// The custody chain: every entry, beside two tracks that show the thing standing still while control travels.

import { Grid, Segmented } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Card } from '../../../server/contract/cards.ts'
import { useLogUpTo } from '../../data/use-log.ts'
import { useVerification } from '../../data/use-verification.ts'
import { Empty } from '../../ui/empty.tsx'
import { RowsSkeleton } from '../../ui/skeletons.tsx'
import { Timeline, type TimelineRow } from '../../ui/timeline.tsx'
import { Bands } from '../../ui/timeline-bands.tsx'
import { useNow } from '../../ui/times.ts'
import { useWords } from '../../ui/words.ts'
import { whereOf } from '../items/standing.tsx'
import { ChainEntryLines } from './chain-entry.tsx'
import { controlStays, custodyStays, type Episode, movesOf } from './history.ts'
import { ChainProofContext } from './proof/context.ts'
import { useIsBroken } from './proof/entry-proof.tsx'
import { ProofFile } from './proof/proof-file.tsx'
import { VerifyButton, VerifyResult } from './proof/verify.tsx'
import { agenciesIn, rowOf, shortened, tracksOf } from './tracks.ts'

const DAY_MS = 86_400_000

const inDays = (days: number, language: string): string =>
  new Intl.NumberFormat(language, { style: 'unit', unit: 'day', unitDisplay: 'long' }).format(Math.round(days))

export function Chain({ item, history }: { item: Card; history?: Episode[] }) {
  const { t } = useTranslation('screens-chain')
  const [newestFirst, setNewestFirst] = useState(false)
  const { data: log } = useLogUpTo(history?.at(-1)?.entry)
  const verification = useVerification(item.code)
  const { verdict } = verification
  const proof = useMemo(() => ({ log, verdict }), [log, verdict])
  return (
    <section className="panel chain" aria-labelledby="chain">
      <div className="chain-head">
        <h2 id="chain">{t('chain.title')}</h2>
        {history && history.length > 0 && (
          <div className="chain-acts no-print">
            <VerifyButton verification={verification} />
            <ProofFile code={item.code} />
          </div>
        )}
        {history && history.length > 1 && (
          <Segmented
            aria-label={t('chain.order')}
            value={newestFirst ? 'newest' : 'oldest'}
            onChange={(value) => setNewestFirst(value === 'newest')}
            options={[
              { value: 'oldest', label: t('chain.oldestFirst') },
              { value: 'newest', label: t('chain.newestFirst') },
            ]}
          />
        )}
      </div>
      {!history && <RowsSkeleton rows={8} />}
      {history?.length === 0 && <Empty title={t('chain.none')} hint={t('chain.noneHint')} />}
      {history && history.length > 0 && (
        <ChainProofContext value={proof}>
          <VerifyResult verification={verification} />
          <Overview item={item} history={history} />
          <Entries item={item} history={history} newestFirst={newestFirst} />
        </ChainProofContext>
      )}
    </section>
  )
}

/** Both bands over the whole time, and in a sentence how often each moved. */
function Overview({ item, history }: { item: Card; history: Episode[] }) {
  const { t } = useTranslation('screens-chain')
  const words = useWords()
  const now = useNow()
  const left = item.custody.state === 'left'
  const { things, papers } = movesOf(history)
  const shortNames = new Map(shortened(agenciesIn(history)).map(({ key, name }) => [key, name]))
  const control = controlStays(history).map(({ from, to, aspect }) => ({
    key: from,
    from,
    to,
    name: shortNames.get(aspect.agency) ?? aspect.agencyName,
    note:
      aspect.state === 'offered'
        ? t('chain.offered', { name: shortNames.get(aspect.to) ?? aspect.toName })
        : words.controlStageName(aspect.stage),
    loose: aspect.state === 'offered',
  }))
  const custody = custodyStays(history).map(({ from, to, aspect }) => ({
    key: from,
    from,
    to,
    name: aspect.state === 'stored' ? aspect.pathNames.slice(-2).join(' · ') : whereOf(aspect),
    note: words.custodyName(aspect.state),
    loose: aspect.state !== 'stored',
  }))
  const end = left ? Date.parse(history.at(-1)!.entry.occurredAt) : now
  return (
    <div className="chain-overview">
      <Bands
        label={t('chain.overview')}
        now={new Date(end).toISOString()}
        bands={[
          { key: 'control', name: t('chain.control'), look: 'travelling', stretches: control },
          { key: 'custody', name: t('chain.thing'), look: 'still', stretches: custody },
        ]}
      />
      <p className="quiet">{t('chain.summary', { entries: history.length, things, papers })}</p>
    </div>
  )
}

function Entries({ item, history, newestFirst }: { item: Card; history: Episode[]; newestFirst: boolean }) {
  const { t, i18n } = useTranslation('screens-chain')
  const { md = true } = Grid.useBreakpoint()
  const isBroken = useIsBroken()
  const tracks = tracksOf(history, {
    thing: t('chain.thing'),
    control: t('chain.control'),
    withOfficer: t('chain.lane.withOfficer'),
    elsewhere: t('chain.lane.elsewhere'),
    stored: t('chain.lane.stored'),
    out: t('chain.lane.out'),
  })
  /** Words on a stretch of more than a day in which the thing stood still, or was away. */
  const sinceOf = (index: number): string | undefined => {
    const last = history[index - 1]
    const passed = last && Date.parse(history[index]!.entry.occurredAt) - Date.parse(last.entry.occurredAt)
    if (!last?.after || !passed || passed < DAY_MS) return undefined
    const length = inDays(passed / DAY_MS, i18n.language)
    return last.after.custody.state === 'stored' ? t('chain.stood', { length }) : t('chain.passed', { length })
  }
  const rows: TimelineRow[] = history.map((episode, index) => ({
    ...rowOf(episode),
    ...(isBroken(episode.entry.position) ? { mark: 'warned' as const } : {}),
    since: sinceOf(index),
    content: <ChainEntryLines item={item} history={history} index={index} />,
  }))
  return <Timeline rows={rows} tracks={tracks} label={t('chain.entries')} compact={!md} newestFirst={newestFirst} />
}
