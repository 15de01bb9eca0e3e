// What is wrong with an input, and what would do there.

import { expect } from 'chai'
import { z } from 'zod'
import { exampleOf } from '../../server/contract/examples.ts'
import { faultsOf, pathOfPointer, pointerTo } from '../../server/contract/faults.ts'
import { catalogue } from '../../server/custody/catalogue.ts'
import * as field from '../../server/custody/fields.ts'

const Schema = z.strictObject({
  weight: field.weight(),
  purpose: z.enum(['court', 'other']).optional(),
  rows: z
    .array(z.strictObject({ count: z.number().int().min(1).max(9), owner: z.strictObject({ name: field.text(60) }) }))
    .min(1),
  basis: z.union([
    z.strictObject({ no: field.text(20), date: field.date() }),
    z.strictObject({ because: field.text(9) }),
  ]),
})
const good = {
  weight: '12.5',
  rows: [{ count: 2, owner: { name: '王某' } }],
  basis: { because: '无' },
}
const faultsIn = (value: object) => faultsOf(Schema.safeParse(value).error?.issues ?? [], Schema)

describe('faults of an input', () => {
  it('are none where it will do', () => {
    expect(faultsIn(good)).to.deep.equal([])
  })

  it('say where, why, and what would do: type, range, allowed values and an example', () => {
    expect(faultsIn({ ...good, rows: [{ ...good.rows[0], count: 12 }] })).to.deep.equal([
      {
        path: ['rows', 0, 'count'],
        reason: 'most-number',
        params: { limit: 9 },
        expected: { type: 'integer', minimum: 1, maximum: 9, example: 1 },
      },
    ])
    expect(faultsIn({ ...good, purpose: 'fun' })[0]!.expected).to.deep.equal({
      type: 'string',
      enum: ['court', 'other'],
      example: 'court',
    })
    expect(faultsIn({ ...good, weight: 'heavy' })[0]).to.deep.include({
      reason: 'decimal',
      expected: { type: 'string', kind: 'weight', example: '12.5' },
    })
    expect(faultsIn({ ...good, rows: [] })[0]!.expected).to.deep.equal({ type: 'array', minItems: 1 })
  })

  it('show a person where a person is asked for', () => {
    const [fault] = faultsIn({ ...good, rows: [{ count: 1, owner: { name: '' } }] })
    expect(fault!.expected!.example).to.equal('王五')
  })

  it('are those of the form that fits best, where there are several', () => {
    const [fault, ...rest] = faultsIn({ ...good, basis: { no: '1', date: 'soon' } })
    expect(fault).to.deep.include({ path: ['basis', 'date'], reason: 'date' })
    expect(fault!.expected).to.include({ kind: 'date', example: '2026-03-01' })
    expect(rest).to.deep.equal([])
  })

  it('name their place by a pointer that leads back', () => {
    const path = ['input', 'a/b', 'c~d', '0']
    expect(pointerTo(path)).to.equal('/input/a~1b/c~0d/0')
    expect(pathOfPointer(pointerTo(path))).to.deep.equal(path)
    expect(pointerTo([])).to.equal('')
  })
})

describe('examples', () => {
  it('are good for the step that they are of', () => {
    for (const [name, { input }] of Object.entries(catalogue.steps))
      expect(input.safeParse(exampleOf(input)).error?.issues ?? [], name).to.deep.equal([])
  })
})
