// Things of the demonstration as rows of a table in plain text, and what a seizure list says of them.

import { worthOf } from '../custody/amounts.ts'
import { type ItemClass, itemClasses } from '../custody/classes.ts'
import { imeiFrom, vinFrom } from './numbers.ts'

/**
 * One row. `group` is how its case's later acts call it. `place` is where it is put away, empty while it has not been
 * handed in.
 */
export type Thing = {
  line: string
  group: string
  name: string
  class: ItemClass
  quantity: string
  unit: string
  place: string
  /** The line of the first of its row: what stands in one row was photographed together. */
  pictured: number
  /** A drawing of drawings.ts and the colour of the thing. */
  drawing: string
  colour: string
  features: string
  seal?: string
  weight?: string
  value?: string
  serials?: string[]
  details: Record<string, unknown>
}

/**
 * Reads a table: a line is `group | class | name | quantity | place | drawing colour | marks | features`, and one that
 * begins with `3×` is three things, in whose name and marks `#` becomes 1, 2, 3. Marks are separated by spaces:
 * `seal`, `serial=…`, `imei=` and the first eight digits, `vin=` with `*` for its check digit, `value=`, `gross=`,
 * `net=`, `notes=100x28,50x4` and so on. `seals` gives the numbers of seals by line.
 */
export function thingsIn(table: string, seals: (line: number) => string): Thing[] {
  const rows = table
    .split('\n')
    .map((row) => row.trim())
    .filter((row) => row !== '')
  const things: Thing[] = []
  for (const row of rows) {
    const first = things.length + 1
    for (const cells of repeated(row)) things.push(thingOf(cells, things.length + 1, first, seals))
  }
  return things
}

function repeated(row: string): string[][] {
  const [, count = '1', rest = ''] = row.match(/^(?:(\d+)×\s*)?(.*)$/)!
  const cells = rest.split('|').map((cell) => cell.trim())
  return Array.from({ length: Number(count) }, (_, n) =>
    Number(count) === 1 ? cells : cells.map((cell) => cell.replaceAll('#', String(n + 1))),
  )
}

function thingOf(cells: string[], line: number, pictured: number, seals: (line: number) => string): Thing {
  const [group, kind, name, amount, place, look, marks, features] = cells
  const found = itemClasses.find((one) => one === kind)
  const quantity = amount?.match(/^([\d.]+)(.+)$/)
  if (!found || !quantity || cells.length !== 8) throw new Error(`No row of things: ${cells.join(' | ')}`)
  const [drawing, colour] = look!.split(' ')
  const said = marksIn(marks!, line)
  return {
    line: String(line),
    group: group!,
    name: name!,
    class: found,
    quantity: quantity[1]!,
    unit: quantity[2]!,
    place: place!,
    pictured,
    drawing: drawing!,
    colour: colour ?? '灰',
    features: features!,
    ...(/\bseal\b/.test(marks!) ? { seal: seals(line) } : {}),
    ...said,
  }
}

type Said = Partial<Pick<Thing, 'weight' | 'value' | 'serials'>> & { details?: Record<string, unknown> }

const detail = (name: string) => (value: string) => ({ details: { [name]: value } })
const whole = (name: string) => (value: string) => ({ details: { [name]: Number(value) } })

const readings: Record<string, (value: string, line: number) => Said> = {
  seal: () => ({}),
  serial: (value) => ({ serials: value.split(',') }),
  imei: (value, line) => ({ serials: [`IMEI ${imeiFrom(value, line)}`] }),
  weight: (value) => ({ weight: value }),
  value: (value) => ({ value }),
  notes: (value) => {
    // A question mark behind the count: they are counterfeit.
    const denominations = value.split(',').map((each) => {
      const [, face, count, counterfeit] = each.match(/^([\d.]+)x(\d+)(\?)?$/)!
      return { face: face!, count: Number(count), ...(counterfeit ? { counterfeit: true } : {}) }
    })
    return { value: worthOf(denominations), details: { denominations } }
  },
  currency: detail('currency'),
  gross: detail('grossWeight'),
  net: detail('netWeight'),
  packages: (value) => ({ details: { packages: value.split(',') } }),
  vin: (value) => ({ details: { vin: vinFrom(value) } }),
  plate: detail('plate'),
  mileage: whole('mileage'),
  contents: detail('contents'),
  hash: detail('hash'),
  calibre: detail('calibre'),
  rounds: (value) => ({ details: { rounds: Number(value), safeCleared: true } }),
  carrier: detail('carriedBy'),
}

function marksIn(marks: string, line: number): Said & { details: Record<string, unknown> } {
  let said: Said & { details: Record<string, unknown> } = { details: {} }
  for (const mark of marks.split(/\s+/).filter(Boolean)) {
    const [name, value = ''] = mark.split('=')
    const read = readings[name!]
    if (!read) throw new Error(`No mark of a thing: ${mark}`)
    const more = read(value, line)
    said = { ...said, ...more, details: { ...said.details, ...more.details } }
  }
  return said
}
