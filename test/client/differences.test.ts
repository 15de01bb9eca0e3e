/** What a form says before it is sent: what is not as it was recorded, and what comes of it. */
import { expect } from 'chai'
import { differencesIn } from '../../client/steps/differences.ts'
import { lineFaults, lineFieldsOf } from '../../client/steps/line-fields.ts'
import { linePresets } from '../../client/steps/presets.ts'
import type { Card } from '../../server/contract/cards.ts'

const card = (code: string, more: object = {}) =>
  ({ code, name: `账册${code}`, class: 'general', quantity: '1', labels: [], details: {}, ...more }) as unknown as Card
const sealed = [card('1', { seal: '封-1' }), card('2', { seal: '封-2', weight: '10' }), card('3')]

describe('a form over several things', () => {
  it('begins with what was recorded of each, and that differs in nothing', () => {
    const { own } = lineFieldsOf('retrieval.give-back', sealed)!
    const lines = linePresets('retrieval.give-back', own, sealed, '完好')
    expect(lines).to.deep.equal([
      { code: '1', seal: '封-1', condition: 'intact' },
      { code: '2', seal: '封-2', weight: '10', condition: 'intact' },
      { code: '3', condition: 'intact' },
    ])
    expect(differencesIn('retrieval.give-back', sealed, { lines })).to.deep.equal([])
    const receipt = linePresets('intake.receive', lineFieldsOf('intake.receive', sealed)!.own, sealed, '完好')
    expect(receipt[1]).to.deep.equal({
      code: '2',
      quantityReceived: '1',
      seal: '封-2',
      weight: '10',
      condition: '完好',
    })
  })

  it('says what is said once and what of each; photographs either way', () => {
    const { common, own } = lineFieldsOf('intake.receive', sealed)!
    expect(common.map(({ name }) => name)).to.deep.equal(['place', 'checked', 'photos', 'counted'])
    expect(common.find(({ name }) => name === 'checked')!.shape).to.deep.include({ type: 'object' })
    expect(own.map(({ name }) => name)).to.include.members(['quantityReceived', 'seal', 'condition', 'photos'])
    expect(lineFieldsOf('retrieval.give-back', sealed.slice(0, 1)), 'one thing needs no rows').to.equal(undefined)
    expect(lineFieldsOf('retrieval.approve', sealed)).to.equal(undefined)
  })

  it('misses photographs where neither all nor the one has any', () => {
    const fields = lineFieldsOf('retrieval.release', sealed)!
    const lines = [
      { code: '1', condition: '完好', photos: ['a'] },
      { code: '2', condition: '完好' },
    ]
    const faults = lineFaults(fields, sealed.slice(0, 2), { lines })
    expect(Object.keys(faults)).to.deep.equal(['lines.1.photos'])
    expect(lineFaults(fields, sealed.slice(0, 2), { lines, photos: ['b'] })).to.deep.equal({})
  })
})

describe('differences', () => {
  const of = (step: string, line: object, more: object = {}) =>
    differencesIn(step, sealed, { ...more, lines: [{ code: '2', ...line }] }).filter(({ code }) => code === '2')
  const kinds = (step: string, line: object) => of(step, line).map(({ field, consequence }) => [field, consequence])

  it('become a discrepancy where the step compares, and a refusal where it does not', () => {
    expect(of('retrieval.give-back', { seal: '封-9' })).to.deep.equal([
      { code: '2', name: '账册2', field: 'seal', is: '封-9', was: '封-2', consequence: 'discrepancy' },
    ])
    expect(kinds('retrieval.release', { seal: '封-9' })).to.deep.equal([['seal', 'refused']])
    expect(kinds('intake.receive', { seal: '封-9' })).to.deep.equal([['seal', 'refused']])
    expect(kinds('intake.receive', { seal: '封-9', faults: ['seal-broken'] })).to.deep.equal([
      ['seal', 'discrepancy'],
      ['faults', 'discrepancy'],
    ])
    expect(of('retrieval.approve', { seal: '封-9' })).to.deep.equal([])
  })

  it('count weights only outside of the tolerance, less what was lawfully used', () => {
    expect(kinds('retrieval.give-back', { seal: '封-2', weight: '9.95' })).to.deep.equal([])
    expect(kinds('retrieval.give-back', { seal: '封-2', weight: '9.4' })).to.deep.equal([['weight', 'discrepancy']])
    expect(kinds('retrieval.give-back', { seal: '封-2', weight: '9.4', sampled: { used: '0.6' } })).to.deep.equal([])
    expect(kinds('retrieval.give-back', { seal: '封-2', weight: '十' })).to.deep.equal([])
  })

  it('tell a thing that is damaged, gone, without its seal, or not all there', () => {
    expect(kinds('retrieval.give-back', { seal: '封-2', condition: 'damaged' })).to.deep.equal([
      ['condition', 'discrepancy'],
    ])
    expect(kinds('retrieval.give-back', { condition: 'lost' })).to.deep.equal([['condition', 'discrepancy']])
    expect(kinds('relocation.arrive', { condition: 'other' })).to.deep.equal([
      ['seal-gone', 'discrepancy'],
      ['condition', 'discrepancy'],
    ])
    expect(kinds('intake.receive', { seal: '封-2', quantityReceived: '0.5' })).to.deep.equal([['quantity', 'rest']])
  })

  it('are found in the form of one thing as well', () => {
    const [one] = differencesIn('relocation.arrive', [sealed[0]!], { checked: { condition: 'intact', seal: '封-8' } })
    expect(one).to.include({ field: 'seal', is: '封-8', was: '封-1' })
  })
})
