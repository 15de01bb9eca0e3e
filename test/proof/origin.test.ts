// Which names of a log continue which.

import { expect } from 'chai'
import { isContinuedBy } from '../../server/proof/index.ts'

describe('the name of a log', () => {
  const log = 'police.example/custody'
  for (const [earlier, later, continued] of [
    [log, log, true],
    [log, `${log}/epoch-2`, true],
    [`${log}/epoch-2`, `${log}/epoch-10`, true],
    [`${log}/epoch-2`, log, false],
    [`${log}/epoch-3`, `${log}/epoch-2`, false],
    [log, 'court.example/custody', false],
    [log, 'court.example/custody/epoch-2', false],
    [log, `${log}/epoch-`, false],
    [log, `${log}/epoch-02`, false],
    [log, `${log}/epoch-1`, false],
    [log, `${log}/epoch-2/more`, false],
    [log, `${log}/epoch-2/epoch-2`, false],
  ] as const)
    it(`${earlier} ${continued ? 'is' : 'is not'} continued by ${later}`, () => {
      expect(isContinuedBy(earlier, later)).to.equal(continued)
    })
})
