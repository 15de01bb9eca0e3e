// The items on a docket: how far each has come, and where each lies.

import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Card, DocketCard } from '../../../server/contract/cards.ts'
import { Code } from '../../ui/code.tsx'
import { Mark } from '../../ui/mark.tsx'
import { useWords } from '../../ui/words.ts'
import { Clock, CustodyTag, DiscrepancyTag, Where } from '../items/standing.tsx'

export function DocketItems({ docket, items }: { docket: DocketCard; items: Card[] }) {
  const { t } = useTranslation('screens-chain')
  const words = useWords()
  return (
    <ul className="row-list docket-items">
      {items.map((item) => {
        const stage = docket.items.find(({ code }) => code === item.code)?.stage
        return (
          <li key={item.code}>
            <div>
              <Link className="items-name" to={`/items/${item.code}`}>
                {item.name}
              </Link>
              <DiscrepancyTag item={item} />
              <p className="quiet">
                <Code code={item.code} /> · {words.className(item.class)} · {item.quantity} {item.unit}
              </p>
            </div>
            <div>
              <CustodyTag custody={item.custody} /> <Where custody={item.custody} />
            </div>
            <div>
              <Mark kind={stage ? 'accent' : 'plain'}>
                {stage ? words.stageName(docket.procedure, stage) : t('docket.itemDone')}
              </Mark>
              {item.clocks.length > 0 && <Clock due={item.clocks[0]} />}
            </div>
          </li>
        )
      })}
    </ul>
  )
}
