// A seizure under construction: common words reach each item, faults land where they are mended, pasted rows become items.

import { expect } from 'chai'
import { inputOf, nextLine, placed } from '../../client/pages/register/draft.ts'
import { itemsFromPaste } from '../../client/pages/register/pasted.ts'
import { checked } from '../../client/steps/checked.ts'
import { pruned, withValue } from '../../client/steps/value.ts'
import { catalogue } from '../../server/custody/catalogue.ts'

const schema = catalogue.steps['intake.register']!.input
const photo = 'a'.repeat(64)
const common = {
  source: 'car',
  extractedAt: '2026-11-20T10:00:00.000Z',
  takenFrom: { name: 'Wang' },
  witness: { absentBecause: 'night' },
}
const item = {
  line: '1',
  name: 'phone',
  class: 'general',
  quantity: '1',
  unit: 'piece',
  features: 'black',
  photos: [photo],
}
const seizure = {
  caseNo: 'A4401030000002026110001',
  document: { kind: 'decision', no: '1', date: '2026-11-20' },
  measure: 'seize',
}

describe('a seizure under construction', () => {
  it('gives each item what is common, unless the item says otherwise', () => {
    const own = { ...item, line: '2', source: 'flat', takenFrom: { note: 'found' } }
    const { input, faults } = checked(schema, inputOf({ ...seizure, common, items: [item, own] }))
    expect(faults).to.deep.equal({})
    const [first, second] = input.items as Record<string, unknown>[]
    expect(first).to.include({ source: 'car' })
    expect(second).to.include({ source: 'flat', extractedAt: common.extractedAt })
    expect(second!.takenFrom).to.deep.equal({ note: 'found' })
  })

  it('shows a fault of what is common where it is common, and one of an item at the item', () => {
    const items = [
      { ...item, name: '' },
      { ...item, line: '2', witness: { name: '' } },
    ]
    const { faults } = checked(
      schema,
      inputOf({ ...seizure, common: { ...common, source: undefined, witness: undefined }, items }),
    )
    expect(Object.keys(placed(faults, items))).to.include.members(['items.0.name', 'common.source', 'common.witness'])
    expect(Object.keys(placed(faults, items)).some((path) => path.startsWith('items.1.witness'))).to.equal(false)
  })

  it('asks for photographs and for nothing that may stay empty', () => {
    const { faults } = checked(
      schema,
      inputOf({ ...seizure, common, items: [{ ...item, photos: [], seal: ' ', details: { vin: '' } }] }),
    )
    expect(Object.keys(faults)).to.deep.equal(['items.0.photos'])
    expect(faults['items.0.photos']).to.deep.include({ reason: 'least-array', params: { limit: 1 } })
  })

  it('makes rows of a table items, numbered on from those that are there', () => {
    const classNamed = (word: string) => (word === '现金' ? 'cash' : undefined)
    const pasted = itemsFromPaste(
      '7\tcash\t现金\t1,250.50\tyuan\r\n\ndisk\telectronic\t２\tpiece\t4T\tWD-1, WD-2\n',
      [item],
      classNamed,
    )
    expect(pasted).to.deep.equal([
      { line: '7', name: 'cash', class: 'cash', quantity: '1250.50', unit: 'yuan', features: '' },
      {
        line: '8',
        name: 'disk',
        class: 'electronic',
        quantity: '2',
        unit: 'piece',
        features: '4T',
        serials: ['WD-1', 'WD-2'],
      },
    ])
    expect(nextLine([{ line: 'A' }, { line: '12' }])).to.equal('13')
  })

  it('changes a tree by path without touching the old one, and leaves out what was not said', () => {
    const before = { items: [{ a: '1' }] }
    const after = withValue(before, ['items', 1, 'b', 'c'], 'x')
    expect(before).to.deep.equal({ items: [{ a: '1' }] })
    expect(after).to.deep.equal({ items: [{ a: '1' }, { b: { c: 'x' } }] })
    expect(pruned({ a: ' ', b: { c: '' }, d: [], e: false, f: 0 })).to.deep.equal({ d: [], e: false, f: 0 })
  })
})
