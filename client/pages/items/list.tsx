// Items as a list: for narrow screens.

import { Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Card } from '../../../server/contract/cards.ts'
import { Code } from '../../ui/code.tsx'
import { useWords } from '../../ui/words.ts'
import { Clock, ControlWords, CustodyTag, DiscrepancyTag, DispositionTag, whereOf } from './standing.tsx'

type Props = { items: Card[]; chosen?: string[]; onChoose?: (codes: string[]) => void }

export function ItemList({ items, chosen = [], onChoose }: Props) {
  const { t } = useTranslation('screens-chain')
  const words = useWords()
  const toggle = (code: string) =>
    onChoose?.(chosen.includes(code) ? chosen.filter((each) => each !== code) : [...chosen, code])
  return (
    <ul className="panel row-list items-list">
      {items.map((item) => (
        <li key={item.code}>
          <div className="items-list-head">
            <Link to={`/items/${item.code}`} className="items-name">
              {item.name}
            </Link>
            {onChoose && (
              <Checkbox
                aria-label={t('items.choose', { name: item.name })}
                checked={chosen.includes(item.code)}
                onChange={() => toggle(item.code)}
              />
            )}
          </div>
          <p className="quiet">
            <Code code={item.code} /> · {words.className(item.class)} · {words.quantityText(item)}
          </p>
          <p>
            <CustodyTag custody={item.custody} /> {whereOf(item.custody)}
          </p>
          <p>
            <span className="quiet">{t('column.control')}</span> <ControlWords control={item.control} />
          </p>
          {(item.disposition.state !== 'none' || item.clocks.length > 0 || item.open.discrepancy) && (
            <p className="items-list-marks">
              <DiscrepancyTag item={item} />
              {item.disposition.state !== 'none' && <DispositionTag disposition={item.disposition} />}
              {item.clocks.length > 0 && <Clock due={item.clocks[0]} />}
            </p>
          )}
        </li>
      ))}
    </ul>
  )
}
