// The head of an item's page: its name, its code, what marks it, its labels to print.

import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Card } from '../../../server/contract/cards.ts'
import { Code } from '../../ui/code.tsx'
import { useWords } from '../../ui/words.ts'
import { DiscrepancyTag } from '../items/standing.tsx'
import { PrintLabels } from '../labels/print-labels.tsx'
import { OtherLives } from './other-lives.tsx'

export function ItemHead({ item }: { item: Card }) {
  const { t } = useTranslation('screens-chain')
  const words = useWords()
  const label = item.labels.at(-1)
  return (
    <header className="item-head">
      <div>
        <p className="item-code">
          <Code code={item.code} />
        </p>
        <h1>
          {item.name} <DiscrepancyTag item={item} />
        </h1>
        <p className="quiet">
          {words.className(item.class)} · {words.quantityText(item)} ·{' '}
          <Link to={`/cases/${encodeURIComponent(item.caseNo)}`} className="code">
            {item.caseNo}
          </Link>{' '}
          · {t('items.line', { line: item.line })}
          {label && (
            <>
              {' '}
              · {t('item.labelNow')} <Code code={label} />
            </>
          )}
          {item.parent && (
            <>
              {' '}
              · {t('item.parent')} <Code code={item.parent} to={`/items/${item.parent}`} />
            </>
          )}
        </p>
        <OtherLives item={item} />
      </div>
      <PrintLabels codes={[item.code]} />
    </header>
  )
}
