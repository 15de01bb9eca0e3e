// The code on a receipt, as a camera gives it.

import { expect } from 'chai'
import { parseReceipt } from '../../server/proof/index.ts'
import { codeOf } from '../support/reference-log.ts'

const [root, leaf] = ['0123456789abcdef'.repeat(4), 'f'.repeat(64)]
const token = `41-${'aB3_-'.repeat(5).slice(0, 22)}`
const members = { o: 'police.example%2Flog', s: '42', r: root, p: '41', h: leaf }
const written = (change: Partial<typeof members> = {}, at = `https://case.example:8443/x/r/${token}`) =>
  `${at}#${Object.entries({ ...members, ...change })
    .map(([name, value]) => `${name}=${value}`)
    .join('&')}`

describe('the code on a receipt', () => {
  it('names its entry and the log as it was', () => {
    const receipt = parseReceipt(written())
    expect(receipt).to.deep.include({
      address: `https://case.example:8443/x/r/${token}`,
      token,
      origin: 'police.example/log',
      size: 42n,
      position: 41n,
    })
    expect(Buffer.from(receipt.root).toString('hex')).to.equal(root)
    expect(Buffer.from(receipt.leafHash).toString('hex')).to.equal(leaf)
  })

  const refused: [string, string][] = [
    ['nothing behind #', `https://case.example/r/${token}`],
    ['another kind of address', written({}, `javascript://case.example/r/${token}`)],
    ['no address', written({}, `/r/${token}`)],
    ['an address of something else', written({}, `https://case.example/items/${token}`)],
    ['a token of another entry', written({ p: '40' })],
    ['a short token', written({}, `https://case.example/r/${token.slice(0, -1)}`)],
    ['an entry beyond the log', written({ s: '41' })],
    ['a number that begins with 0', written({ s: '042' })],
    ['a number in other digits', written({ s: '４２' })],
    ['a short hash', written({ r: root.slice(1) })],
    ['a hash in capitals', written({ h: leaf.toUpperCase() })],
    ['no log', written({ o: '' })],
    ['a cut name', written({ o: 'police%2' })],
    ['a member twice', `${written()}&p=41`],
    ['a member of another name', `${written()}&q=1`],
    ['no leaf', written().replace(/&h=.*/, '')],
    ['a space behind it', `${written()} `],
  ]
  for (const [what, text] of refused)
    it(`is refused with ${what}`, () => expect(codeOf(() => parseReceipt(text))).to.equal('wrong-receipt'))
})
