// What one balance is made of: each sum that came or went, with its thing, its voucher and its docket.

import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { inTheSafe } from '../../../server/contract/money.ts'
import { useMoneyLines } from '../../data/use-money.ts'
import { Code } from '../../ui/code.tsx'
import { Failed } from '../../ui/failed.tsx'
import { MoreOnSight } from '../../ui/more-on-sight.tsx'
import { RowsSkeleton } from '../../ui/skeletons.tsx'
import { Time } from '../../ui/time.tsx'
import { useWords } from '../../ui/words.ts'

type Props = { caseNo: string; currency: string; account: string }

export function MoneyLines({ caseNo, currency, account }: Props) {
  const { t } = useTranslation('money')
  const words = useWords()
  const { rows, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useMoneyLines({
    case: caseNo,
    currency,
    account: account || inTheSafe,
    limit: 50,
  })
  if (error) return <Failed error={error} onRetry={() => void refetch()} />
  if (!rows) return <RowsSkeleton rows={2} />
  return (
    <>
      <ul className="row-list money-lines">
        {rows.map(({ position, item, name, kind, amount, fact, at, voucher, docket }) => (
          <li key={`${position} ${kind} ${amount}`}>
            <span>
              <b>{words.factName(fact)}</b> <Time at={at} />
            </span>
            <span>
              <Link to={`/items/${item}`}>{name}</Link> <Code code={item} />
            </span>
            <span className="quiet">
              {voucher && `${voucher.kind} ${voucher.no}`} {docket && <Code code={docket} to={`/dockets/${docket}`} />}
            </span>
            <span className="figures">{words.amountText(amount, currency)}</span>
          </li>
        ))}
      </ul>
      <MoreOnSight
        more={hasNextPage}
        loading={isFetchingNextPage}
        onMore={() => void fetchNextPage()}
        label={t('screens-chain:more')}
      />
    </>
  )
}
