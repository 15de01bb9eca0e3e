// Where a case stands to others: merged into one, split off from one, known under other numbers before.

import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { CaseCard } from '../../../server/contract/cards.ts'
import { Verdict } from '../../steps/verdict.tsx'

const CaseLink = ({ no }: { no: string }) => (
  <Link className="code" to={`/cases/${encodeURIComponent(no)}`}>
    {no}
  </Link>
)

/** Under the title: earlier numbers, and the case it comes from. */
export function CaseOrigin({ it: { formerNos = [], splitFrom } }: { it: CaseCard }) {
  const { t } = useTranslation('screens-chain')
  return (
    <>
      {formerNos.length > 0 && (
        <p className="quiet">
          {t('case.formerNos')} <span className="code">{formerNos.join('  ')}</span>
        </p>
      )}
      {splitFrom !== undefined && (
        <p className="quiet">
          {t('case.splitFrom')} <CaseLink no={splitFrom} />
        </p>
      )}
    </>
  )
}

/** A case that was merged is read, and leads to the one that goes on. */
export function MergedCase({ it: { mergedInto } }: { it: CaseCard }) {
  const { t } = useTranslation('screens-chain')
  if (mergedInto === undefined) return null
  return (
    <Verdict kind="info" title={t('case.merged')}>
      <CaseLink no={mergedInto} />
    </Verdict>
  )
}
