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
    expect(ended({ clocks: [loan, handIn], due: loan }, 'D03')).to.deep.include({ clocks: [handIn], due: undefined })
    expect(ended({ clocks: [loan, handIn], due: loan }, 'D08')).to.deep.include({ clocks: [loan, handIn], due: loan })
  })

  it('remember that a later one hid that of the hand-in, until it is handed in', () => {
    const notice = { deadline: 'D08', at: '2026-09-01T00:00:00.000Z' }
    const hidden = started(started({ clocks: [] }, handIn), notice)
    expect(hidden).to.deep.include({ clocks: [handIn, notice], handInHidden: true })
    expect(ended(hidden, 'D08')).to.deep.include({ clocks: [handIn], handInHidden: true })
    expect(ended(hidden, 'D01').handInHidden).to.equal(undefined)
    expect(started(started({ clocks: [] }, notice), handIn).handInHidden, 'begun beside it').to.equal(undefined)
  })
})
