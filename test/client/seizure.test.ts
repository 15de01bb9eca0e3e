// A seizure under construction: common words reach each item, faults land where they are mended, pasted rows become items.

import { expect } from 'chai'
import { twinKey } from '../../client/data/use-twins.ts'
import { inputOf, nextLine, placed, withCommon } from '../../client/pages/register/draft.ts'
import { itemsFromPaste } from '../../client/pages/register/pasted.ts'
import { classFaults, lineFaults } from '../../client/pages/register/row-faults.ts'
import { toldIn } from '../../client/pages/register/told.ts'
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
    const { rows } = itemsFromPaste(
      '7\tcash\t现金\t1,250.50\tyuan\r\n\ndisk\telectronic\t２\tpiece\t4T\tWD-1, WD-2\n',
      [item],
      classNamed,
    )
    expect(rows.map((row) => row.item)).to.deep.equal([
      { line: '7', name: 'cash', class: 'cash', quantity: '1250.50', unit: 'yuan' },
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

  it('understands the names of columns, and says what it does not understand', () => {
    const classNamed = (word: string) => (word === '车辆' ? 'vehicle' : undefined)
    const { rows, strange } = itemsFromPaste(
      [
        '物品名称\t数量\t序号\t类别\t颜色\t车架号\t持有人\t串号',
        '轿车\t１\t03\t车辆\t白\tLSVAA4187E2184847\t林某\t',
        '刀\t2\t04\t刀具\t黑\t\t\tSN 12 34；B-7',
      ].join('\n'),
      [],
      classNamed,
    )
    expect(strange).to.deep.equal(['颜色'])
    expect(rows).to.deep.equal([
      {
        item: {
          name: '轿车',
          quantity: '1',
          line: '03',
          class: 'vehicle',
          details: { vin: 'LSVAA4187E2184847' },
          takenFrom: { name: '林某' },
        },
      },
      {
        item: { name: '刀', quantity: '2', line: '04', class: 'general', serials: ['SN 12 34', 'B-7'] },
        strangeClass: '刀具',
      },
    ])
  })

  it('shows everything that a class asks for at once, each at its field', () => {
    const faults = classFaults({ ...item, class: 'firearms', photos: [photo] }, 3, (code) => code)
    expect(Object.entries(faults).map(([path, { said }]) => [path, said])).to.deep.equal([
      ['items.3.details.safeCleared', 'intake.firearm-not-cleared'],
      ['items.3.serials', 'intake.firearm-undescribed'],
      ['items.3.details.calibre', 'intake.firearm-undescribed'],
      ['items.3.details.rounds', 'intake.firearm-undescribed'],
    ])
    expect(Object.keys(classFaults({ ...item, class: 'vehicle', quantity: '0.5' }, 0, (code) => code))).to.have.length(
      3,
    )
    const whole = { vin: 'LSVAA4187E2184847', plate: '江A12345', mileage: 1 }
    const half = classFaults({ ...item, class: 'vehicle', quantity: '0.5', details: whole }, 0, (code) => code)
    expect(half).to.have.all.keys('items.0.quantity')
    expect(
      classFaults(
        { ...item, class: 'cash', value: 'ten', details: { denominations: [{ face: '1', count: 1 }] } },
        0,
        (code) => code,
      ),
    ).to.deep.equal({})
  })

  it('knows a line again that is written otherwise, and a number that is told already', () => {
    const say = (code: string) => code
    expect(lineFaults([{ line: '1' }, { line: '01' }, { line: '2' }], '7', say)).to.have.all.keys('items.1.line')
    const items = [
      { ...item, serials: ['35 4123'] },
      { ...item, line: '2', serials: ['354123'], seal: 'F-1' },
    ]
    const twin = { kind: 'seal' as const, value: 'F-1', code: 'E1', name: '刀', agency: '局' }
    const told = toldIn(items, new Map([[twinKey(twin), twin]]))
    expect(told.map((each) => each.map(({ code }) => code))).to.deep.equal([
      [],
      ['intake.told-in-this-list', 'intake.told-twice'],
    ])
  })

  it('gives chosen items what is said for all, and one photograph to those without their own', () => {
    const given = withCommon(
      { ...item, source: 'flat' },
      { ...common, photos: ['b'.repeat(64)], witness: { name: ' ' } },
    )
    expect(given).to.deep.include({ source: 'car', takenFrom: { name: 'Wang' }, photos: ['b'.repeat(64)] })
    expect(given).not.to.have.property('witness')
    const { items } = inputOf({ common: { photos: ['c'] }, items: [item, { ...item, photos: [] }] })
    expect(items.map(({ photos }) => photos)).to.deep.equal([[photo], ['c']])
  })

  it('changes a tree by path without touching the old one, and leaves out what was not said', () => {
    const before = { items: [{ a: '1' }] }
    const after = withValue(before, ['items', 1, 'b', 'c'], 'x')
    expect(before).to.deep.equal({ items: [{ a: '1' }] })
    expect(after).to.deep.equal({ items: [{ a: '1' }, { b: { c: 'x' } }] })
    expect(pruned({ a: ' ', b: { c: '' }, d: [], e: false, f: 0 })).to.deep.equal({ d: [], e: false, f: 0 })
  })
})
