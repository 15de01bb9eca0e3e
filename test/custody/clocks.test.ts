/** Clocks run beside each other: one begins or ends and the others go on. */
import { expect } from 'chai'
import { ended, started } from '../../server/custody/clocks.ts'

const handIn = { deadline: 'D01', at: '2026-03-03T00:00:00.000Z' }
const loan = { deadline: 'D03', at: '2026-03-01T00:00:00.000Z' }

describe('the clocks of a thing', () => {
  it('stand with the soonest first', () => {
    const { clocks } = started(started({ clocks: [] }, handIn), loan)
    expect(clocks).to.deep.equal([loan, handIn])
  })

  it('hold one of each kind: a later term takes the place of the earlier', () => {
    const longer = { ...loan, at: '2026-03-09T00:00:00.000Z' }
    expect(started({ clocks: [loan, handIn] }, longer).clocks).to.deep.equal([handIn, longer])
  })

  it('go on when another ends', () => {
    expect(ended({ clocks: [loan, handIn], due: loan }, 'D03')).to.deep.equal({ clocks: [handIn], due: undefined })
    expect(ended({ clocks: [loan, handIn], due: loan }, 'D08')).to.deep.equal({ clocks: [loan, handIn], due: loan })
  })
})
