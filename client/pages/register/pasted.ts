// Rows pasted from a spreadsheet or a seizure list: tab between columns, a line each. Pure.

import { type ItemClass, itemClasses } from '../../../server/custody/classes.ts'
import { asDecimal } from '../../steps/fields/texts.tsx'
import { type ItemDraft, nextLine } from './draft.ts'

/** Name, class, quantity, unit, features, serials – after the number of the line if it begins with one. */
export function itemsFromPaste(
  text: string,
  before: ItemDraft[],
  classNamed: (word: string) => ItemClass | undefined,
): ItemDraft[] {
  const items: ItemDraft[] = []
  for (const row of text.split(/\r?\n/)) {
    const cells = row.split('\t').map((cell) => cell.trim())
    if (cells.every((cell) => cell === '')) continue
    const numbered = /^\d{1,6}$/.test(cells[0] ?? '') && cells.length > 1
    const [name = '', of = '', quantity = '', unit = '', features = '', serials = ''] = numbered
      ? cells.slice(1)
      : cells
    items.push({
      line: numbered ? cells[0] : nextLine([...before, ...items]),
      name,
      class: classNamed(of) ?? itemClasses.find((each) => each === of) ?? 'general',
      quantity: asDecimal(quantity) || '1',
      unit,
      features,
      ...(serials ? { serials: serials.split(/[,，;；、\s]+/).filter(Boolean) } : {}),
    })
  }
  return items
}
