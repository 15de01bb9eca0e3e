/** The lines of a docket by what they wait for, and which of them the counter takes. */
import { expect } from 'chai'
import { chosenAtFirst, desksAt, groupedLines, waitingAt } from '../../client/pages/docket/lines.ts'
import { counterStep } from '../../client/pages/scan/counter-step.ts'
import type { Card, DocketCard } from '../../server/contract/cards.ts'
import type { OfferedStep } from '../../server/contract/steps.ts'

const line = (code: string, stage?: string, ...waitsFor: string[]) => ({ code, name: code, stage, waitsFor })
const docket = {
  procedure: 'retrieval',
  items: [
    line('1', 'requested', 'head@crim'),
    line('2', 'approved', 'keeper@S1'),
    line('3', 'approved', 'keeper@S2'),
    line('4', 'approved', 'keeper@S1'),
    line('5'),
  ],
} as unknown as DocketCard
const cards = [{ code: '4', open: { discrepancy: { docket: 'D9' } } }] as unknown as Card[]
const desks = (role: string, scope: string) => desksAt({ login: 'somebody', grants: [{ role, scope }] })

describe('the lines of a docket', () => {
  it('stand by their stages; what is under discrepancy stands aside', () => {
    expect(groupedLines(docket, cards)).to.deep.equal({
      groups: [
        { stage: 'requested', waitsFor: ['head@crim'], codes: ['1'] },
        { stage: 'approved', waitsFor: ['keeper@S1', 'keeper@S2'], codes: ['2', '3'] },
      ],
      aside: ['4'],
      ended: ['5'],
    })
    const own = { ...docket, procedure: 'discrepancy' }
    expect(groupedLines(own, cards).aside, 'on the docket of the discrepancy itself they go on').to.deep.equal([])
  })

  it('are chosen at first where they wait for the reader', () => {
    const lines = groupedLines(docket, cards)
    expect(chosenAtFirst(lines, desks('keeper', 'S1'))).to.deep.equal(['2', '3'])
    expect(chosenAtFirst(lines, desks('head', 'crim'))).to.deep.equal(['1'])
    expect(chosenAtFirst(lines, desks('legal', 'psb'))).to.deep.equal(['1'])
  })

  it('are counted for each desk', () => {
    expect(waitingAt(docket, desks('keeper', 'S1'))).to.equal(2)
    expect(waitingAt(docket, desks('legal', 'psb'))).to.equal(0)
  })
})

describe('a docket scanned at the counter', () => {
  const refusal = { code: 'item.discrepancy-open' } as OfferedStep['refusal'] & object
  const offered: OfferedStep[] = [
    { step: 'retrieval.approve', possible: true, signers: [] },
    {
      step: 'retrieval.give-back',
      possible: false,
      refusal,
      signers: [],
      aside: [
        { code: '1', refusal },
        { code: '2', refusal },
      ],
    },
    { step: 'retrieval.release', possible: false, refusal, signers: [], aside: [{ code: '2', refusal }] },
    { step: 'retrieval.other', possible: false, refusal, signers: [] },
  ]
  const isPhysical = (step: string) => step !== 'retrieval.approve'

  it('is for the step that most of its lines can take, and says why the others cannot', () => {
    const step = counterStep(offered, ['1', '2', '3'], isPhysical)!
    expect(step).to.deep.include({ step: 'retrieval.release', able: ['1', '3'] })
    expect([...step.reasons.keys()]).to.deep.equal(['2'])
    expect(counterStep(offered, ['2'], isPhysical), 'nothing can go on').to.equal(undefined)
  })
})
