// Items as lines of a table to keep: the head and the cells, in the language spoken.

import { useTranslation } from 'react-i18next'
import type { Card } from '../../../server/contract/cards.ts'
import { printCode } from '../../../server/custody/codes.ts'
import { currencyOf } from '../../../server/custody/currencies.ts'
import { newestLabel } from '../../../server/custody/item.ts'
import { clock } from '../../ui/times.ts'
import { useWords } from '../../ui/words.ts'
import { useDispositionWords, whereOf } from './standing.tsx'

const columns = [
  'code',
  'caseNo',
  'line',
  'name',
  'class',
  'quantity',
  'unit',
  'value',
  'currency',
  'serials',
  'seal',
  'custody',
  'where',
  'control',
  'disposition',
  'due',
  'overdue',
  'discrepancy',
  'lastAt',
] as const

export function useItemLines(): (items: Card[]) => string[][] {
  const { t } = useTranslation('screens-chain')
  const words = useWords()
  const disposition = useDispositionWords()
  const yes = (is: boolean) => (is ? t('yes') : '')
  const cells = (item: Card): Record<(typeof columns)[number], string> => ({
    code: printCode(newestLabel(item)),
    caseNo: item.caseNo,
    line: item.line,
    name: item.name,
    class: words.className(item.class),
    quantity: item.quantity,
    unit: item.unit,
    value: item.value ?? '',
    currency: item.value ? currencyOf(item) : '',
    serials: item.serials.join('; '),
    seal: item.seal ?? '',
    custody: words.custodyName(item.custody.state),
    where: whereOf(item.custody),
    control:
      item.control.state === 'held' ? item.control.agencyName : `${item.control.agencyName} → ${item.control.toName}`,
    disposition: disposition(item.disposition),
    due: item.clocks[0] ? clock(item.clocks[0].at) : '',
    overdue: yes(item.overdue),
    discrepancy: yes(item.open.discrepancy !== undefined),
    lastAt: clock(item.lastAt),
  })
  return (items) => [
    columns.map((name) => t(`column.${name}`)),
    ...items.map((item) => columns.map((name) => cells(item)[name])),
  ]
}
