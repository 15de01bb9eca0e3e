// What is still held for a case: seen by whoever ends it.

import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { CaseCard } from '../../../server/contract/cards.ts'
import { useItems } from '../../data/use-items.ts'
import { Verdict } from '../../steps/verdict.tsx'
import { Code } from '../../ui/code.tsx'
import { RowsSkeleton } from '../../ui/skeletons.tsx'
import { CustodyTag, whereOf } from '../items/standing.tsx'

const SHOWN = 100

export function HeldItems({ it: { caseNo, held = 0 } }: { it: CaseCard }) {
  const { t } = useTranslation('screens-chain')
  const { rows } = useItems({ case: caseNo, limit: SHOWN })
  if (held === 0) return <Verdict kind="ok" title={t('case.nothingHeld')} />
  const inCustody = rows?.filter(({ custody }) => custody.state !== 'left') ?? []
  return (
    <Verdict kind="warn" title={t('case.held', { count: held })}>
      <p>{t('case.heldHint')}</p>
      {!rows && <RowsSkeleton rows={3} />}
      <ul className="case-held">
        {inCustody.map(({ code, name, custody }) => (
          <li key={code}>
            <Link to={`/items/${code}`}>{name}</Link> <Code code={code} /> <CustodyTag custody={custody} />{' '}
            <span className="quiet">{whereOf(custody)}</span>
          </li>
        ))}
      </ul>
      {rows && inCustody.length < held && <p>{t('case.heldMore', { count: held - inCustody.length })}</p>}
    </Verdict>
  )
}
