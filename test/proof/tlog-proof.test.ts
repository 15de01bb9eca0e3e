// The proof of one entry as a file.

import { expect } from 'chai'
import { parsePolicy, parseTlogProof, verifyTlogProof } from '../../server/proof/index.ts'
import { checkpointOf, codeOf, leavesOf, newKey, pathOf, rootOver } from '../support/reference-log.ts'

const log = newKey('log.example')
const witness = newKey('w.example', 4)
const leaves = leavesOf(11)
const text = checkpointOf(log.name, 11, rootOver(leaves))
const hashes = pathOf(6, leaves).map((hash) => Buffer.from(hash).toString('base64'))
const head = 'c2sp.org/tlog-proof@v1'
const written = (lines: string[], cosigned = witness.cosign(text)) =>
  `${lines.join('\n')}\n\n${text}\n${log.sign(text)}${cosigned}`
const policy = parsePolicy(Buffer.from(`log ${log.vkey}\nwitness w ${witness.vkey}\nquorum w\n`))

describe('a tlog-proof', () => {
  it('is verified for its entry, with extra data and without', () => {
    const proof = parseTlogProof(written([head, 'index 6', ...hashes]))
    expect(proof).to.include.keys('index', 'proof', 'note').and.not.include.keys('extra')
    expect(verifyTlogProof(proof, leaves[6]!, policy)).to.deep.include({ cosignedBy: ['w'] })
    const more = parseTlogProof(Buffer.from(written([head, 'extra YWJj', 'index 6', ...hashes])))
    expect(Buffer.from(more.extra!).toString()).to.equal('abc')
    expect(verifyTlogProof(more, leaves[6]!, policy).checkpoint.size).to.equal(11n)
  })

  it('needs no hashes in a log of one entry', () => {
    const one = checkpointOf(log.name, 1, leaves[0]!)
    const proof = parseTlogProof(`${head}\nindex 0\n\n${one}\n${log.sign(one)}${witness.cosign(one)}`)
    expect(verifyTlogProof(proof, leaves[0]!, policy).checkpoint.size).to.equal(1n)
  })

  it('fails for another entry, another index, another path, and without its quorum', () => {
    const verify =
      (proof: string, leaf = leaves[6]!) =>
      () =>
        verifyTlogProof(parseTlogProof(proof), leaf, policy)
    expect(codeOf(verify(written([head, 'index 6', ...hashes]), leaves[5]!))).to.equal('wrong-root')
    expect(codeOf(verify(written([head, 'index 5', ...hashes])))).to.equal('wrong-root')
    expect(codeOf(verify(written([head, 'index 11', ...hashes])))).to.equal('beyond-size')
    expect(codeOf(verify(written([head, 'index 6', ...hashes.slice(1)])))).to.equal('wrong-proof')
    expect(codeOf(verify(written([head, 'index 6', ...hashes], '')))).to.equal('no-quorum')
  })

  const refused: [string, string[], string][] = [
    ['another version', ['c2sp.org/tlog-proof@v2', 'index 6', ...hashes], 'wrong-tlog-proof'],
    ['no index', [head, ...hashes], 'wrong-tlog-proof'],
    ['extra data after the index', [head, 'index 6', 'extra YWJj', ...hashes], 'wrong-base64'],
    ['extra data that is not base64', [head, 'extra ???', 'index 6', ...hashes], 'wrong-base64'],
    ['an index that begins with 0', [head, 'index 06', ...hashes], 'wrong-tlog-proof'],
    ['a negative index', [head, 'index -6', ...hashes], 'wrong-tlog-proof'],
    ['a short hash', [head, 'index 6', 'AAAA'], 'wrong-tlog-proof'],
    ['64 hashes', [head, 'index 6', ...Array.from({ length: 64 }, () => hashes[0]!)], 'wrong-tlog-proof'],
  ]
  for (const [what, lines, code] of refused)
    it(`is refused with ${what}`, () => expect(codeOf(() => parseTlogProof(written(lines)))).to.equal(code))

  it('is refused without a checkpoint', () =>
    expect(codeOf(() => parseTlogProof(`${head}\nindex 6\n`))).to.equal('wrong-tlog-proof'))
})
