// One entry of the chain: what was done, when, by whom and with whom, from where to where, on which paper.

import { ArrowRightOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import type { Card } from '../../../server/contract/cards.ts'
import type { ChainEntry } from '../../../server/contract/movements.ts'
import { hasReceipt } from '../../../server/contract/receipts.ts'
import { currencyOf } from '../../../server/custody/currencies.ts'
import type { Signature } from '../../../server/custody/define.ts'
import { useNames } from '../../data/use-names.ts'
import { ReceiptLink } from '../../steps/receipt-link.tsx'
import { Code } from '../../ui/code.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Time } from '../../ui/time.tsx'
import { useWords } from '../../ui/words.ts'
import { useDispositionWords, whereOf } from '../items/standing.tsx'
import { CorrectEntry, CorrectedBy, CorrectionSaid, isCorrection } from './corrections.tsx'
import { FieldLines } from './field-lines.tsx'
import { linesOf, stepOfWords } from './fields-of-entry.ts'
import type { Episode } from './history.ts'
import { type Occasion, PhotoRows, photosOf } from './photographs.tsx'
import { EntryFaults, EntryProof, useIsBroken } from './proof/entry-proof.tsx'

const LINES_SHOWN = 6
const changesCase = ['ItemReassigned', 'ItemTakenOver', 'CaseNumberCorrected']
const LATE_MS = 5 * 60_000

type Props = { item: Card; history: Episode[]; index: number }

export function ChainEntryLines({ item, history, index }: Props) {
  const { t } = useTranslation('screens-chain')
  const words = useWords()
  const isBroken = useIsBroken()
  const episode = history[index]!
  const { entry } = episode
  const recordedLate = Date.parse(entry.recordedAt) - Date.parse(entry.occurredAt) > LATE_MS
  return (
    <article
      className={isBroken(entry.position) ? 'entry entry-broken' : 'entry'}
      id={`entry-${entry.position}`}
      tabIndex={-1}
    >
      <EntryFaults position={entry.position} />
      <header className="entry-head">
        <h3>{words.factName(entry.fact)}</h3>
        <span className="entry-when">
          <Time at={entry.occurredAt} />
        </span>
      </header>
      <Moves episode={episode} />
      <p className="entry-who">
        <Person person={entry.by} />
        {entry.countersigners.length > 0 && (
          <>
            <span className="quiet"> {t('entry.with')} </span>
            {entry.countersigners.map((person, at) => (
              <span key={person.id}>
                {at > 0 && t('listSeparator')}
                <Person person={person} />
              </span>
            ))}
          </>
        )}
      </p>
      {isCorrection(entry) ? (
        <CorrectionSaid entry={entry} history={history} />
      ) : (
        <Says entry={entry} currency={currencyOf(item)} />
      )}
      <CorrectedBy entry={entry} history={history} />
      <EntryPhotos item={item} history={history} index={index} />
      <p className="entry-foot">
        {entry.docket && (
          <span>
            {t('entry.docket')} <Code code={entry.docket} to={`/dockets/${entry.docket}`} />
          </span>
        )}
        {recordedLate && (
          <span>
            {t('entry.recordedAt')} <Time at={entry.recordedAt} />
          </span>
        )}
        <CorrectEntry item={item} entry={entry} />
        {hasReceipt(entry.fact) && <ReceiptLink position={entry.position} fact={entry.fact} />}
        <Hash entry={entry} />
        <EntryProof position={entry.position} />
      </p>
    </article>
  )
}

const Person = ({ person }: { person: Signature }) => {
  const words = useWords()
  return (
    <span title={`${person.agencyName} · ${person.number}`}>
      {words.signedName(person)}{' '}
      <span className="quiet">
        {person.unitName}
        {person.role && ` · ${words.roleName(person.role)}`}
      </span>
    </span>
  )
}

/** From → to, on each axis that the entry moved, and from case to case. */
function Moves({ episode: { before, after } }: { episode: Episode }) {
  const { t } = useTranslation('screens-chain')
  const nameOf = useNames()
  const words = useWords()
  const disposition = useDispositionWords()
  if (!after) return null
  const moved = (axis: 'custody' | 'control' | 'disposition') =>
    JSON.stringify(before?.[axis]) !== JSON.stringify(after[axis])
  const custodyOf = ({ custody }: typeof after) => `${words.custodyName(custody.state)} · ${whereOf(custody)}`
  const controlOf = ({ control }: typeof after) =>
    control.state === 'offered'
      ? `${control.agencyName} · ${t('standing.offeredTo', { name: control.toName })}`
      : `${control.agencyName} · ${words.controlStageName(control.stage)}`
  const lines = [
    ...(moved('custody') ? [{ axis: 'custody', from: before && custodyOf(before), to: custodyOf(after) }] : []),
    // The first control is the agency's that registers it: not a move.
    ...(before && moved('control') ? [{ axis: 'control', from: controlOf(before), to: controlOf(after) }] : []),
    ...(before && moved('disposition')
      ? [{ axis: 'disposition', from: disposition(before.disposition), to: disposition(after.disposition) }]
      : []),
    ...(before && before.caseNo !== after.caseNo ? [{ axis: 'case', from: before.caseNo, to: after.caseNo }] : []),
    ...(before && before.owningUnit !== after.owningUnit
      ? [
          {
            axis: 'owner',
            from: nameOf(before.owningUnit) ?? before.owningUnit,
            to: nameOf(after.owningUnit) ?? after.owningUnit,
          },
        ]
      : []),
  ]
  return lines.map(({ axis, from, to }) => (
    <p key={axis} className={`entry-move entry-move-${axis}`}>
      <span className="entry-axis">
        {axis === 'case' || axis === 'owner' ? t(`item.${axis}`) : words.axisName(axis)}
      </span>
      <span>
        {from && (
          <>
            <span className="quiet">{from}</span> <ArrowRightOutlined aria-label={t('entry.to')} />{' '}
          </>
        )}
        <b>{to}</b>
      </span>
    </p>
  ))
}

/** The fields of the entry; many of them are folded away. */
function Says({ entry, currency }: { entry: ChainEntry; currency: string }) {
  const { t } = useTranslation('screens-chain')
  // Where it came to lie, and to whose case, is said among its moves.
  const amongMoves = changesCase.includes(entry.fact) ? ['from', 'unit', 'unitName', 'agency'] : ['at.pathNames']
  const lines = linesOf(entry.data).filter(({ path }) => !amongMoves.includes(path))
  const step = stepOfWords(entry)
  const told = Object.values(entry.particulars ?? {})
  if (lines.length === 0 && told.length === 0) return null
  const fields = (
    <dl className="entry-fields">
      <FieldLines step={step} lines={lines} currency={currency} />
      {told.map((particulars, at) =>
        particulars ? (
          <FieldLines key={JSON.stringify(particulars)} step={step} lines={linesOf(particulars)} />
        ) : (
          <div key={`erased ${String(at)}`}>
            <dt>{t('entry.particulars')}</dt>
            <dd className="quiet">{t('entry.erased')}</dd>
          </div>
        ),
      )}
    </dl>
  )
  if (lines.length <= LINES_SHOWN) return fields
  return (
    <details className="entry-details">
      <summary>{t('entry.fields', { count: lines.length })}</summary>
      {fields}
    </details>
  )
}

/** What came back is shown beside what came in and what went out; otherwise the entry's own pictures. */
function EntryPhotos({ item, history, index }: Props) {
  const { t } = useTranslation('screens-chain')
  const episode = history[index]!
  const { before, after, entry } = episode
  const own = photosOf(episode)
  const cameBack = before?.custody.state === 'out' && after?.custody.state === 'stored'
  if (!cameBack) {
    if (own.length === 0) return null
    return <PhotoRows of={item.name} occasions={[{ key: String(entry.position), name: '', photos: own }]} />
  }
  const earlier = history.slice(0, index)
  const wentOut = earlier.findLast(
    ({ before: was, after: is }) => was?.custody.state !== 'out' && is?.custody.state === 'out',
  )
  const cameIn =
    earlier.find((each) => each.after?.custody.state === 'stored' && photosOf(each).length > 0) ?? earlier[0]
  const occasion = (name: string, each: Episode | undefined): Occasion => ({
    key: name,
    name,
    at: each?.entry.occurredAt,
    photos: each ? photosOf(each).slice(0, 1) : [],
  })
  return (
    <>
      <PhotoRows
        side
        of={item.name}
        occasions={[
          occasion(t('entry.photoIn'), cameIn),
          occasion(t('entry.photoOut'), wentOut),
          { ...occasion(t('entry.photoBack'), episode), photos: own.slice(0, 1) },
        ]}
      />
      {own.length > 1 && (
        <PhotoRows of={item.name} occasions={[{ key: 'more', name: t('entry.morePhotos'), photos: own.slice(1) }]} />
      )}
    </>
  )
}

function Hash({ entry: { hash, position } }: { entry: ChainEntry }) {
  const { t } = useTranslation('screens-chain')
  return (
    <span className="entry-hash">
      <span title={hash}>
        {t('entry.number', { position })} <span className="code">{hash.slice(0, 12)}</span>
      </span>
      <CopyButton text={hash} label={t('entry.copy')} copied={t('entry.copied')} />
    </span>
  )
}
