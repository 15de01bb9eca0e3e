// Dockets as rows: which procedure over which things, at what stage, for whom it waits.

import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { DocketCard } from '../../../server/contract/cards.ts'
import { useMe } from '../../data/session.ts'
import { useNames } from '../../data/use-names.ts'
import { Code } from '../../ui/code.tsx'
import { Mark } from '../../ui/mark.tsx'
import { Time } from '../../ui/time.tsx'
import { useWords } from '../../ui/words.ts'
import { desksAt, waitingAt } from './lines.ts'
import { nameOnDocket } from './name-on-docket.ts'

const NAMES = 2

export function DocketRows({ dockets }: { dockets: DocketCard[] }) {
  const { t } = useTranslation('screens-chain')
  const words = useWords()
  const nameOf = useNames()
  const desks = desksAt(useMe())
  return (
    <ul className="row-list row-links docket-rows">
      {dockets.map((docket) => (
        <li key={docket.code}>
          <div>
            <Link className="items-name" to={`/dockets/${docket.code}`}>
              {words.procedureName(docket.procedure)}
            </Link>
            {docket.stages.map((stage) => (
              <Mark key={stage} kind="accent">
                {words.stageName(docket.procedure, stage)}
              </Mark>
            ))}
            {!docket.open && <Mark>{t('docket.closed')}</Mark>}
            <p className="quiet">
              <Code code={docket.code} />
            </p>
          </div>
          <div>
            {docket.items
              .slice(0, NAMES)
              .map(({ name }) => name)
              .join(t('listSeparator'))}
            {docket.items.length > NAMES && (
              <span className="quiet items-nowrap"> {t('docket.andMore', { count: docket.items.length })}</span>
            )}
            {waitingAt(docket, desks) > 0 && waitingAt(docket, desks) < docket.items.length && (
              <p>{t('docket.waitingHere', { count: waitingAt(docket, desks) })}</p>
            )}
            <p className="quiet code">{docket.caseNos.join(t('listSeparator'))}</p>
          </div>
          <div>
            {docket.open && (
              <span>
                <span className="quiet">{t('docket.waitsFor')}</span>{' '}
                {docket.waitsFor
                  .map((desk) => words.deskName(desk, (id) => nameOf(id) ?? nameOnDocket(docket, id)))
                  .join(t('listSeparator')) || t('docket.nobody')}
              </span>
            )}
            <p className="quiet">
              {docket.openedBy.name} · <Time at={docket.openedAt} />
            </p>
          </div>
        </li>
      ))}
    </ul>
  )
}
