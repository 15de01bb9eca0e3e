// What money there is of a case, by currency and account; nothing where there never was any.

import { useTranslation } from 'react-i18next'
import { useMoney } from '../../data/use-money.ts'
import { Failed } from '../../ui/failed.tsx'
import { Balances } from '../money/balances.tsx'

export function CaseMoney({ caseNo }: { caseNo: string }) {
  const { t } = useTranslation('money')
  const { balances, error, refetch } = useMoney({ case: caseNo, limit: 100 })
  if (error) return <Failed error={error} onRetry={() => void refetch()} />
  if (!balances?.length) return null
  return (
    <section aria-label={t('page.ofCase')}>
      <Balances balances={balances} ofOneCase />
    </section>
  )
}
