// Balances as a table: where each sum came from, what has become of it, what is left; a row opens onto its lines.

import { DownOutlined, RightOutlined } from '@ant-design/icons'
import { Fragment, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Balance, Total } from '../../../server/contract/money.ts'
import { bookingKinds } from '../../../server/custody/bookings.ts'
import { useWords } from '../../ui/words.ts'
import { MoneyLines } from './lines.tsx'
import './money.css'

const kinds = [...bookingKinds, 'balance'] as const

/** The name of an account: its number and its bank, or the safe. */
export function useAccountName(): (at: { account: string; institution: string }) => string {
  const { t } = useTranslation('money')
  return ({ account, institution }) => (account ? `${account} · ${institution}` : t('page.safe'))
}

/** What came and went; nothing where nothing did. */
function Figures({ sums }: { sums: Balance | Total }) {
  const { t } = useTranslation('money')
  return kinds.map((kind) => (
    <td
      key={kind}
      className={kind === 'balance' ? 'figures money-balance' : 'figures'}
      data-name={t(`page.kind.${kind}`)}
      data-empty={sums[kind] === '0' && kind !== 'balance'}
    >
      {sums[kind] === '0' && kind !== 'balance' ? '–' : sums[kind]}
    </td>
  ))
}

function Heads({ first }: { first: string[] }) {
  const { t } = useTranslation('money')
  return (
    <thead>
      <tr>
        {first.map((name) => (
          <th key={name} scope="col">
            {t(`page.${name}`)}
          </th>
        ))}
        {kinds.map((kind) => (
          <th key={kind} scope="col" className="figures">
            {t(`page.kind.${kind}`)}
          </th>
        ))}
      </tr>
    </thead>
  )
}

export function Totals({ totals }: { totals: Total[] }) {
  const { t } = useTranslation('money')
  const words = useWords()
  const nameOf = useAccountName()
  return (
    <div className="money-table">
      <table>
        <caption>{t('page.totals')}</caption>
        <Heads first={['account', 'currency']} />
        <tbody>
          {totals.map((total) => (
            <tr key={`${total.currency} ${total.account}`}>
              <th scope="row">{nameOf(total)}</th>
              <td data-name={t('page.currency')}>{words.currencyName(total.currency)}</td>
              <Figures sums={total} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

type Props = { balances: Balance[] /** The page says the case. */; ofOneCase?: boolean }

export function Balances({ balances, ofOneCase = false }: Props) {
  const { t } = useTranslation('money')
  const words = useWords()
  const nameOf = useAccountName()
  const [open, setOpen] = useState<string>()
  const first = [...(ofOneCase ? [] : ['case']), 'account', 'currency']
  return (
    <div className="money-table">
      <table>
        <caption>{t(ofOneCase ? 'page.ofCase' : 'page.byCase')}</caption>
        <Heads first={first} />
        <tbody>
          {balances.map((balance) => {
            const { caseNo, currency, account } = balance
            const key = `${caseNo} ${currency} ${account}`
            const isOpen = open === key
            return (
              <Fragment key={key}>
                <tr>
                  {!ofOneCase && (
                    <td data-name={t('page.case')}>
                      <Link to={`/cases/${encodeURIComponent(caseNo)}`} className="code">
                        {caseNo}
                      </Link>
                    </td>
                  )}
                  <th scope="row">
                    <button
                      type="button"
                      className="link-button"
                      aria-expanded={isOpen}
                      onClick={() => setOpen(isOpen ? undefined : key)}
                    >
                      {isOpen ? <DownOutlined /> : <RightOutlined />} {nameOf(balance)}
                    </button>
                  </th>
                  <td data-name={t('page.currency')}>{words.currencyName(currency)}</td>
                  <Figures sums={balance} />
                </tr>
                {isOpen && (
                  <tr className="money-opened">
                    <td colSpan={first.length + kinds.length}>
                      <MoneyLines caseNo={caseNo} currency={currency} account={account} />
                    </td>
                  </tr>
                )}
              </Fragment>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
