// The books of money: what came in, what has become of it and what is left, per case, currency and account.

import { DownloadOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { type Balance, inTheSafe } from '../../server/contract/money.ts'
import { bookingKinds } from '../../server/custody/bookings.ts'
import { useMoney } from '../data/use-money.ts'
import { csvOf, saveFile } from '../ui/csv.ts'
import { Empty } from '../ui/empty.tsx'
import { Failed } from '../ui/failed.tsx'
import { MoreOnSight } from '../ui/more-on-sight.tsx'
import { RowsSkeleton } from '../ui/skeletons.tsx'
import { day } from '../ui/times.ts'
import { useNarrowing } from '../ui/use-narrowing.ts'
import { useWords } from '../ui/words.ts'
import { Balances, Totals, useAccountName } from './money/balances.tsx'

const names = ['case', 'account', 'currency'] as const

export default function MoneyBooks() {
  const { t } = useTranslation('money')
  const words = useWords()
  const nameOf = useAccountName()
  const [narrowed, narrow] = useNarrowing(names)
  const { balances, totals, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useMoney({
    ...narrowed,
    limit: 100,
  })
  // What one can choose does not shrink by what was chosen.
  const all = useMoney({ limit: 1 }).totals ?? []
  const accounts = new Map(all.map((total) => [total.account || inTheSafe, nameOf(total)]))
  const currencies = [...new Set(all.map(({ currency }) => currency))]

  const lineOf = (balance: Balance) => [
    balance.caseNo,
    balance.account ? balance.institution : t('page.safe'),
    balance.account,
    balance.currency,
    ...bookingKinds.map((kind) => balance[kind]),
    balance.balance,
  ]
  const keep = () => {
    const kinds = [...bookingKinds, 'balance'].map((kind) => t(`page.kind.${kind}`))
    const head = [t('page.case'), t('field.institution'), t('page.account'), t('page.currency'), ...kinds]
    const lines = (balances ?? []).map(lineOf)
    saveFile(`money-${day(new Date().toISOString())}.csv`, 'text/csv;charset=utf-8', csvOf([head, ...lines]))
  }
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('page.title')}</h1>
        <Select
          allowClear
          aria-label={t('page.account')}
          placeholder={t('page.account')}
          popupMatchSelectWidth={false}
          value={narrowed.account}
          options={[...accounts].map(([value, label]) => ({ value, label }))}
          onChange={(value?: string) => narrow({ account: value })}
        />
        <Select
          allowClear
          aria-label={t('page.currency')}
          placeholder={t('page.currency')}
          popupMatchSelectWidth={false}
          value={narrowed.currency}
          options={currencies.map((value) => ({ value, label: words.currencyName(value) }))}
          onChange={(value?: string) => narrow({ currency: value })}
        />
        {narrowed.case && <Button onClick={() => narrow({ case: undefined })}>{narrowed.case} ✕</Button>}
        <Button icon={<DownloadOutlined />} onClick={keep} disabled={!balances?.length} title={t('page.exportHint')}>
          {t('page.export')}
        </Button>
      </div>
      {error && <Failed error={error} onRetry={() => void refetch()} />}
      {!balances && !error && (
        <div className="panel">
          <RowsSkeleton rows={6} />
        </div>
      )}
      {balances?.length === 0 && (
        <div className="panel">
          <Empty title={t('page.none')} hint={t('page.noneHint')} />
        </div>
      )}
      {totals && totals.length > 0 && <Totals totals={totals} />}
      {balances && balances.length > 0 && <Balances balances={balances} />}
      <MoreOnSight
        more={hasNextPage}
        loading={isFetchingNextPage}
        onMore={() => void fetchNextPage()}
        label={t('screens-chain:more')}
      />
    </div>
  )
}
