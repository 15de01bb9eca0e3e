// Rows pasted from a spreadsheet or a seizure list: tab between columns, a line each. Pure.

import { type ItemClass, itemClasses } from '../../../server/custody/classes.ts'
import { asDecimal } from '../../steps/fields/texts.tsx'
import { type Value, withValue } from '../../steps/value.ts'
import { type ItemDraft, nextLine } from './draft.ts'

/** Where a column goes, and what it is called at the head of people's lists. */
const columns: Record<string, readonly string[]> = {
  line: ['序号', '项号', '编号', '行号', 'line', 'no', 'no.', '#'],
  name: ['名称', '物品名称', '财物名称', '品名', 'name', 'item'],
  class: ['类别', '类型', '种类', '物品类别', 'class', 'category', 'type'],
  quantity: ['数量', 'quantity', 'qty'],
  unit: ['单位', '计量单位', 'unit'],
  features: ['特征', '特征描述', '物品特征', '规格型号', '描述', 'features', 'description'],
  serials: ['序列号', '串号', '机身号', '枪号', 'imei', 'serial', 'serials', 'serial number', 'serial no.'],
  seal: ['封条', '封条号', '封条编号', 'seal', 'seal number'],
  source: ['来源', '提取地点', 'source'],
  value: ['价值', '金额', '估价', 'value', 'amount'],
  weight: ['重量', '重量（克）', 'weight'],
  externalNo: ['外部编号', '对方编号', 'external number'],
  'takenFrom.name': ['持有人', '物品持有人', 'holder'],
  'witness.name': ['见证人', 'witness'],
  'details.vin': ['车架号', '车辆识别代号', 'vin'],
  'details.plate': ['号牌', '车牌', '车牌号', 'plate'],
  'details.mileage': ['里程', '里程（公里）', 'mileage'],
  'details.hash': ['哈希值', 'hash'],
  'details.calibre': ['口径', 'calibre'],
  'details.carriedBy': ['转运人', 'carried by'],
}
/** Without a head, and without the number of the line where the row does not begin with one. */
const usual = ['name', 'class', 'quantity', 'unit', 'features', 'serials']

export type PastedRow = {
  item: ItemDraft
  /** The word for a class that is none. */
  strangeClass?: string
}
export type Pasted = {
  rows: PastedRow[]
  /** Heads of columns that nobody knows: what stands in them is left out. */
  strange: string[]
}

const cellsOf = (row: string) => row.split('\t').map((cell) => cell.trim().replace(/^"(.*)"$/s, '$1'))
const bareHead = (cell: string) =>
  cell
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s:：*]/g, '')
const columnOf = (cell: string): string | undefined =>
  Object.entries(columns).find(([, names]) => names.some((name) => bareHead(name) === bareHead(cell)))?.[0]

/** A row of names is the head: two of them at least, and the name of the thing among them. */
function headIn(cells: string[]): (string | undefined)[] | undefined {
  const head = cells.map(columnOf)
  return head.includes('name') && head.filter(Boolean).length >= 2 ? head : undefined
}

export function itemsFromPaste(
  text: string,
  before: readonly ItemDraft[],
  classNamed: (word: string) => ItemClass | undefined,
): Pasted {
  const table = text
    .split(/\r?\n/)
    .map(cellsOf)
    .filter((cells) => cells.some((cell) => cell !== ''))
  const head = headIn(table[0] ?? [])
  const rows: PastedRow[] = []
  for (const cells of head ? table.slice(1) : table) {
    const numbered = /^\d{1,6}$/.test(cells[0]?.normalize('NFKC') ?? '') && cells.length > 1
    const order = head ?? (numbered ? ['line', ...usual] : usual)
    const said = Object.fromEntries(order.flatMap((column, at) => (column && cells[at] ? [[column, cells[at]]] : [])))
    const line = said.line ?? nextLine([...before, ...rows.map(({ item }) => item)])
    rows.push(rowOf({ ...said, line }, classNamed))
  }
  const strange = head ? (table[0] ?? []).filter((cell, at) => cell !== '' && head[at] === undefined) : []
  return { rows, strange }
}

function rowOf(
  { class: word = '', ...said }: Record<string, string>,
  classNamed: (word: string) => ItemClass | undefined,
): PastedRow {
  const of = classNamed(word) ?? itemClasses.find((each) => each === word.toLowerCase())
  let item: ItemDraft = { quantity: '1', class: of ?? 'general' }
  for (const [column, cell] of Object.entries(said))
    item = withValue(item, column.split('.'), cellAs(column, cell)) as ItemDraft
  return { item, ...(word !== '' && !of ? { strangeClass: word } : {}) }
}

function cellAs(column: string, cell: string): Value {
  switch (column) {
    case 'quantity':
    case 'value':
    case 'weight':
      return asDecimal(cell)
    case 'serials':
      return cell.split(/\s*[,，;；、]\s*/).filter(Boolean)
    case 'details.mileage':
      return /^\d{1,8}$/.test(asDecimal(cell)) ? Number(asDecimal(cell)) : cell
    default:
      return cell
  }
}
