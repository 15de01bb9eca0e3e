// Items as a table: for wide screens.

import { Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Card } from '../../../server/contract/cards.ts'
import { Code } from '../../ui/code.tsx'
import { Time } from '../../ui/time.tsx'
import { useWords } from '../../ui/words.ts'
import { Clock, ControlWords, CustodyTag, DiscrepancyTag, DispositionTag, Where } from './standing.tsx'

type Props = {
  items: Card[]
  /** Codes that are ticked; without `onChoose` nothing can be ticked. */
  chosen?: string[]
  onChoose?: (codes: string[]) => void
  /** The page says the case; the lines are said with the items. */
  ofOneCase?: boolean
  /** By which column they stand, `-name` for the other way round; without `onSort` nobody can change it. */
  sort?: string
  onSort?: (sort: string) => void
}

export function ItemTable({ items, chosen = [], onChoose, ofOneCase = false, sort, onSort }: Props) {
  const { t } = useTranslation('screens-chain')
  const words = useWords()
  const all = items.every(({ code }) => chosen.includes(code))
  const toggle = (code: string) =>
    onChoose?.(chosen.includes(code) ? chosen.filter((each) => each !== code) : [...chosen, code])
  return (
    <div className="items-table">
      <table>
        <thead>
          <tr>
            {onChoose && (
              <th scope="col">
                <Checkbox
                  aria-label={t('items.chooseAll')}
                  checked={all}
                  indeterminate={!all && chosen.length > 0}
                  onChange={() => onChoose(all ? [] : items.map(({ code }) => code))}
                />
              </th>
            )}
            {(['item', 'case', 'custody', 'control', 'disposition', 'due', 'lastAt'] as const)
              .filter((name) => !ofOneCase || name !== 'case')
              .map((name) => (
                <th
                  key={name}
                  scope="col"
                  aria-sort={sort === name ? 'ascending' : sort === `-${name}` ? 'descending' : undefined}
                >
                  {onSort ? (
                    <button
                      type="button"
                      className="items-sort"
                      onClick={() => onSort(sort === name ? `-${name}` : name)}
                    >
                      {t(`column.${name}`)}
                      {sort === name && ' ↑'}
                      {sort === `-${name}` && ' ↓'}
                    </button>
                  ) : (
                    t(`column.${name}`)
                  )}
                </th>
              ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.code} className={chosen.includes(item.code) ? 'items-chosen' : undefined}>
              {onChoose && (
                <td>
                  <Checkbox
                    aria-label={t('items.choose', { name: item.name })}
                    checked={chosen.includes(item.code)}
                    onChange={() => toggle(item.code)}
                  />
                </td>
              )}
              <th scope="row">
                <Link to={`/items/${item.code}`} className="items-name">
                  {item.name}
                </Link>
                <DiscrepancyTag item={item} />
                <div className="quiet items-under">
                  <Code code={item.code} /> ·{' '}
                  <span className="items-nowrap">
                    {words.className(item.class)} · {words.quantityText(item)}
                    {ofOneCase && ` · ${t('items.line', { line: item.line })}`}
                  </span>
                </div>
              </th>
              {!ofOneCase && (
                <td>
                  <Link to={`/cases/${encodeURIComponent(item.caseNo)}`} className="code items-case">
                    {item.caseNo}
                  </Link>
                  <div className="quiet items-under">{t('items.line', { line: item.line })}</div>
                </td>
              )}
              <td>
                <CustodyTag custody={item.custody} />
                <div className="quiet items-under">
                  <Where custody={item.custody} />
                </div>
              </td>
              <td>
                <ControlWords control={item.control} />
                <div className="quiet items-under">{words.controlStageName(item.control.stage)}</div>
              </td>
              <td>
                <DispositionTag disposition={item.disposition} />
              </td>
              <td>
                <Clock due={item.clocks[0]} />
              </td>
              <td className="quiet">
                <Time at={item.lastAt} as="day" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
