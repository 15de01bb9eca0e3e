// What the item is, as its list and its class describe it.

import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Card } from '../../../server/contract/cards.ts'
import { currencyOf } from '../../../server/custody/currencies.ts'
import { useNames } from '../../data/use-names.ts'
import { Time } from '../../ui/time.tsx'
import { useWords } from '../../ui/words.ts'
import { FieldLines } from './field-lines.tsx'
import { linesOf } from './fields-of-entry.ts'
import type { Episode } from './history.ts'

export function Particulars({ item, history }: { item: Card; history: Episode[] }) {
  const { t } = useTranslation('screens-chain')
  const words = useWords()
  const knownName = useNames()
  // People of another agency are known from what they signed here.
  const nameOf = (login: string) =>
    knownName(login) ??
    history.flatMap(({ entry }) => [entry.by, ...entry.countersigners]).find((each) => each.login === login)?.name
  const of = (name: string) => words.fieldName('intake.register', name)
  const rows: [string, ReactNode][] = [
    [of('items.features'), item.features],
    [of('items.serials'), item.serials.length > 0 && <span className="code item-wrap">{item.serials.join('  ')}</span>],
    [of('items.seal'), item.seal && <span className="code">{item.seal}</span>],
    [of('items.weight'), item.weight && t('grams', { weight: item.weight })],
    [of('items.value'), item.value && words.amountText(item.value, currencyOf(item))],
    [of('items.source'), item.source],
    [of('items.takenFrom'), item.takenFrom],
    [of('items.witness'), item.witness],
    [of('items.extractedAt'), <Time key="at" at={item.extractedAt} />],
    [of('measure'), words.valueName('intake.register', 'measure', item.measure)],
    [
      of('document'),
      <>
        {item.document.kind} {item.document.no} <span className="item-nowrap">{item.document.date}</span>
      </>,
    ],
    [of('items.externalNo'), item.externalNo],
    [
      t('item.formerCaseNos'),
      item.formerCaseNos?.length && <span className="code item-wrap">{item.formerCaseNos.join('  ')}</span>,
    ],
    [t('item.owner'), nameOf(item.owningUnit) ?? item.owningUnit],
    [t('item.officers'), item.officers.map((login) => nameOf(login) ?? login).join(t('listSeparator'))],
  ]
  const details = linesOf(item.details, 'items.details.')
  return (
    <section className="panel" aria-labelledby="item-particulars">
      <h2 id="item-particulars">{t('item.particulars')}</h2>
      <dl className="item-fields">
        {rows
          .filter(([, value]) => value)
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        <FieldLines step="intake.register" lines={details} currency={currencyOf(item)} />
      </dl>
    </section>
  )
}
