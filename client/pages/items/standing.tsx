// Where an item stands, in words: on each axis a state and what goes with it.

import { ExclamationCircleFilled, WarningFilled } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import type { Due } from '../../../server/custody/clocks.ts'
import { printCode } from '../../../server/custody/codes.ts'
import {
  type Control,
  type Custody,
  type Disposition,
  type Item,
  isVoid,
  keptElsewhereAt,
} from '../../../server/custody/item.ts'
import { Mark } from '../../ui/mark.tsx'
import { useRelative } from '../../ui/times.ts'
import { useWords } from '../../ui/words.ts'
import './standing.css'

/** The name of the place or the holder that goes with the state of custody. */
export function whereOf(custody: Custody): string {
  switch (custody.state) {
    case 'stored':
      return custody.pathNames.join(' › ')
    case 'with-officer':
    case 'out':
      return custody.holderName
    case 'in-transit':
      return custody.toSiteName
    case 'left':
      return custody.how === 'joined' ? printCode(custody.to) : custody.to
    case 'in-place':
    case 'frozen':
    case 'entrusted':
    case 'deposited':
      return keptElsewhereAt(custody)
  }
}

/** For narrow places: the last two of the way to a place, the rest on hover. */
export function Where({ custody }: { custody: Custody }) {
  const whole = whereOf(custody)
  if (custody.state !== 'stored' || custody.pathNames.length < 3) return <span>{whole}</span>
  return (
    <span title={whole}>
      {custody.pathNames.slice(-2).join(' › ')} <span className="standing-site">{custody.pathNames[0]}</span>
    </span>
  )
}

const custodyMarks = {
  'with-officer': 'warn',
  stored: 'plain',
  out: 'accent',
  'in-transit': 'accent',
  left: 'plain',
  'in-place': 'plain',
  frozen: 'plain',
  entrusted: 'plain',
  deposited: 'plain',
} as const

export function CustodyTag({ custody }: { custody: Custody }) {
  const words = useWords()
  const state = isVoid({ custody }) ? 'void' : custody.state
  return <Mark kind={custodyMarks[custody.state]}>{words.custodyName(state)}</Mark>
}

/** `held` is the rule and says the agency; `offered` says to whom. */
export function ControlWords({ control }: { control: Control }) {
  const { t } = useTranslation('screens-chain')
  return control.state === 'held' ? (
    <span>{control.agencyName}</span>
  ) : (
    <span>
      {control.agencyName} <span className="standing-offered">{t('standing.offeredTo', { name: control.toName })}</span>
    </span>
  )
}

/** Ends that nobody disposed it to. */
const ends = { joined: true, 'used-up': true, lost: true }

/** What is to become of a thing: returned to its owner, or one of the kinds of disposal. */
export function useKindWords(): (kind: string) => string {
  const { t } = useTranslation('screens-chain')
  const words = useWords()
  return (kind) =>
    kind.startsWith('return')
      ? t('standing.return')
      : kind in ends
        ? t(`standing.end.${kind}`)
        : words.valueName('disposal.propose', 'kind', kind)
}

export function useDispositionWords(): (disposition: Disposition) => string {
  const words = useWords()
  const kindWords = useKindWords()
  return (disposition) => {
    const state = words.dispositionName(disposition.state)
    return disposition.state === 'none' ? state : `${state} · ${kindWords(disposition.kind)}`
  }
}

export function DispositionTag({ disposition }: { disposition: Disposition }) {
  const said = useDispositionWords()(disposition)
  if (disposition.state === 'none') return <span className="quiet">{said}</span>
  return <Mark kind={disposition.state === 'approved' ? 'warn' : 'plain'}>{said}</Mark>
}

export function DiscrepancyTag({ item }: { item: Pick<Item, 'open'> }) {
  const { t } = useTranslation('screens-chain')
  if (!item.open.discrepancy) return null
  return (
    <Mark kind="bad">
      <WarningFilled /> {t('standing.discrepancy')}
    </Mark>
  )
}

/** A running clock, if any: when it runs out, or that it has. */
export function Clock({ due }: { due: Due | undefined }) {
  const { t } = useTranslation('screens-chain')
  const relative = useRelative()
  const words = useWords()
  if (!due) return <span className="quiet">–</span>
  const { at, deadline } = due
  const overdue = Date.parse(at) < Date.now()
  return (
    <time dateTime={at} title={words.deadlineName(deadline)} className={overdue ? 'standing-overdue' : undefined}>
      {overdue && <ExclamationCircleFilled />}{' '}
      {overdue ? t('standing.overdueSince', { age: relative(at) }) : t('standing.dueIn', { age: relative(at) })}
    </time>
  )
}
