// Where the item stands, as three quiet panels: the thing, the control over it, what is to become of it.

import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Card } from '../../../server/contract/cards.ts'
import { type DocketAxis, isOffShelf, isVoid, keptElsewhereAt, whereaboutsOf } from '../../../server/custody/item.ts'
import { useMe } from '../../data/session.ts'
import { useNames } from '../../data/use-names.ts'
import { Code } from '../../ui/code.tsx'
import { Time } from '../../ui/time.tsx'
import { useWords } from '../../ui/words.ts'
import { PlacePath } from '../items/place-path.tsx'
import { Clock, ControlWords, useDispositionWords } from '../items/standing.tsx'
import { controlStays, custodyStays, type Episode } from './history.ts'

export function Triple({ item, history }: { item: Card; history: Episode[] }) {
  const { t } = useTranslation('screens-chain')
  const words = useWords()
  const disposition = useDispositionWords()
  const me = useMe()
  const { custody, control } = item
  const stands = control.state === 'held' && control.agency !== me.agency ? 'held-elsewhere' : control.state
  const at = whereaboutsOf(item)
  const custodySince = custodyStays(history).at(-1)?.from
  const controlSince = controlStays(history).at(-1)?.from
  return (
    <div className="triple">
      <Panel
        axis="custody"
        item={item}
        state={words.custodyName(isVoid(item) ? 'void' : custody.state)}
        since={custodySince}
        still
      >
        {custody.state === 'stored' && <PlacePath at={custody} />}
        {(custody.state === 'with-officer' || custody.state === 'out') && <p>{custody.holderName}</p>}
        {custody.state === 'in-transit' && (
          <p>
            {t('item.transit', { from: custody.from.pathNames[0], to: custody.toSiteName, by: custody.carrierName })}
          </p>
        )}
        {isOffShelf(custody) && <p>{keptElsewhereAt(custody)}</p>}
        {custody.state === 'left' && (
          <p>{custody.how === 'joined' ? <Code code={custody.to} to={`/items/${custody.to}`} /> : custody.to}</p>
        )}
        {custody.state !== 'stored' && at && (
          <p className="quiet">
            {t('item.belongsAt')} <PlacePath at={at} />
          </p>
        )}
        <p className="quiet">
          {t('item.lastSeen')} <Time at={item.lastSeenAt} />
        </p>
      </Panel>
      <Panel axis="control" item={item} state={words.controlName(stands)} since={controlSince}>
        <p>
          <ControlWords control={control} />
        </p>
        <p className="quiet">{words.controlStageName(control.stage)}</p>
      </Panel>
      <Panel
        axis="disposition"
        item={item}
        state={disposition(item.disposition)}
        since={item.disposition.state === 'none' ? undefined : item.disposition.at}
      >
        {item.objection && <p className="triple-bad">{t('item.objection', { objector: item.objection.objector })}</p>}
      </Panel>
      {(item.clocks.length > 0 || item.open.discrepancy) && (
        <div className="triple-below">
          {item.clocks.map((due) => (
            <p key={due.deadline}>
              <span className="quiet">{words.deadlineName(due.deadline)}</span> <Clock due={due} />{' '}
              <span className="quiet">
                <Time at={due.at} />
              </span>
            </p>
          ))}
          {item.open.discrepancy && <OpenDocketLine item={item} axis="discrepancy" />}
        </div>
      )}
    </div>
  )
}

type PanelProps = {
  axis: 'custody' | 'control' | 'disposition'
  item: Card
  state: string
  since?: string
  still?: boolean
  children?: ReactNode
}

function Panel({ axis, item, state, since, still = false, children }: PanelProps) {
  const { t } = useTranslation('screens-chain')
  const words = useWords()
  return (
    <section className={still ? 'triple-panel triple-still' : 'triple-panel'} aria-labelledby={`axis-${axis}`}>
      <h2 id={`axis-${axis}`}>{words.axisName(axis)}</h2>
      <p className="triple-state">{state}</p>
      {children}
      {since && (
        <p className="quiet">
          {t('item.since')} <Time at={since} />
        </p>
      )}
      <OpenDocketLine item={item} axis={axis} />
    </section>
  )
}

const nameOfHolder = ({ custody }: Card, login: string): string | undefined =>
  'holder' in custody && custody.holder === login ? custody.holderName : undefined

/** The docket that is open on the axis: its stage, and for whom it waits. */
function OpenDocketLine({ item, axis }: { item: Card; axis: DocketAxis }) {
  const { t } = useTranslation('screens-chain')
  const words = useWords()
  const nameOf = useNames()
  const open = item.open[axis]
  if (!open) return null
  return (
    <p className="triple-docket">
      <span>
        {words.procedureName(open.procedure)} · {words.stageName(open.procedure, open.stage)}{' '}
        <Code code={open.docket} to={`/dockets/${open.docket}`} />
      </span>
      {open.waitsFor.length > 0 && (
        <span className="quiet">
          {t('docket.waitsFor')}{' '}
          {open.waitsFor
            .map((desk) => words.deskName(desk, (id) => nameOf(id) ?? nameOfHolder(item, id)))
            .join(t('listSeparator'))}
        </span>
      )}
    </p>
  )
}
