// Checkpoints and the cosignatures under them.

import { expect } from 'chai'
import {
  cosignedMessage,
  fromUtf8,
  openCheckpoint,
  parseCheckpoint,
  parseNote,
  parseVerifierKey,
  verifyCosignatures,
} from '../../server/proof/index.ts'
import { checkpointOf, codeOf, leavesOf, newKey, rootOver } from '../support/reference-log.ts'

const log = newKey('log.example/evidence')
const police = newKey('police.example/w', 4)
const court = newKey('court.example/w', 4)
const root = rootOver(leavesOf(7))
const text = checkpointOf(log.name, 7, root)
const keyOf = (key: { vkey: string }) => parseVerifierKey(key.vkey)

describe('a checkpoint', () => {
  it('is read as the specification writes it', () => {
    const read = parseCheckpoint(
      'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n',
    )
    expect(read.origin).to.equal('example.com/behind-the-sofa')
    expect(read.size).to.equal(20_852_163n)
    expect(Buffer.from(read.root).toString('base64')).to.equal('CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=')
    expect(parseCheckpoint(`${text}more\nand more\n`).extensions).to.deep.equal(['more', 'and more'])
    expect(parseCheckpoint(checkpointOf('o', 2n ** 63n - 1n, root)).size).to.equal(2n ** 63n - 1n)
  })

  const base64 = Buffer.from(root).toString('base64')
  const refused: [string, string][] = [
    ['no origin', `\n7\n${base64}\n`],
    ['no root', `o\n7\n`],
    ['no end', `o\n7\n${base64}`],
    ['a size that begins with 0', `o\n07\n${base64}\n`],
    ['a negative size', `o\n-7\n${base64}\n`],
    ['a size with a sign', `o\n+7\n${base64}\n`],
    ['a size in hex', `o\n0x7\n${base64}\n`],
    ['a size beyond 63 bits', `o\n${2n ** 63n}\n${base64}\n`],
    ['a size in other digits', `o\n７\n${base64}\n`],
    ['a short root', `o\n7\n${Buffer.from(root).subarray(1).toString('base64')}\n`],
    ['an empty line', `o\n7\n${base64}\n\n`],
    ['an empty line before an extension', `o\n7\n${base64}\n\nx\n`],
    ['nothing', ''],
  ]
  for (const [what, wrong] of refused)
    it(`is refused with ${what}`, () => expect(codeOf(() => parseCheckpoint(wrong))).to.equal('wrong-checkpoint'))

  it('is refused when its root has bits that belong to no byte', () => {
    const loose = `${base64.slice(0, -2)}${String.fromCharCode(base64.charCodeAt(42) + 1)}=`
    expect(codeOf(() => parseCheckpoint(`o\n7\n${loose}\n`))).to.equal('wrong-base64')
  })

  it('is opened by a key of the name that it gives', () => {
    const note = `${text}\n${log.sign(text)}`
    const opened = openCheckpoint(note, [keyOf(log), keyOf(newKey('other'))])
    expect(opened.checkpoint).to.deep.include({ origin: log.name, size: 7n, root: new Uint8Array(root) })
    expect(opened.signedBy.map(({ name }) => name)).to.deep.equal([log.name])
  })

  it('is not opened by a trusted key of another name', () => {
    const other = newKey('other.example')
    const note = `${text}\n${other.sign(text)}`
    expect(codeOf(() => openCheckpoint(note, [keyOf(other)]))).to.equal('unknown-log')
    expect(codeOf(() => openCheckpoint(note, [keyOf(other), keyOf(log)]))).to.equal('unsigned')
  })
})

describe('cosignatures', () => {
  const witnesses = [police, court].map(keyOf)
  const cosignatures = (...lines: string[]) => verifyCosignatures(parseNote(`${text}\n${lines.join('')}`), witnesses)

  it('are over the message of the specification', () => {
    const body = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n'
    expect(fromUtf8(cosignedMessage(body, 1_679_315_147n))).to.equal(`cosignature/v1\ntime 1679315147\n${body}`)
  })

  it('say who and when', () => {
    const found = cosignatures(log.sign(text), court.cosign(text, 5n), police.cosign(text, 2n ** 63n - 1n))
    expect(found.map(({ name, timestamp }) => [name, timestamp])).to.deep.equal([
      [court.name, 5n],
      [police.name, 2n ** 63n - 1n],
    ])
  })

  it('may be none, or of witnesses that are not known', () => {
    expect(cosignatures(log.sign(text), newKey(police.name, 4).cosign(text))).to.deep.equal([])
  })

  it('are refused when a known one belongs to another checkpoint or another time', () => {
    const other = police.cosign(checkpointOf(log.name, 8, root))
    expect(codeOf(() => cosignatures(court.cosign(text), other))).to.equal('wrong-cosignature')
    const bytes = Buffer.from(police.cosign(text).split(' ')[2]!, 'base64').subarray(4)
    bytes[7]! ^= 1
    expect(codeOf(() => cosignatures(police.line(bytes)))).to.equal('wrong-cosignature')
    expect(codeOf(() => cosignatures(police.line(bytes.subarray(1))))).to.equal('wrong-cosignature')
    expect(codeOf(() => cosignatures(police.cosign(text, 2n ** 63n)))).to.equal('wrong-cosignature')
    expect(codeOf(() => cosignatures(police.sign(text)))).to.equal('wrong-cosignature')
  })

  it('are not those of a key for notes', () => {
    expect(codeOf(() => verifyCosignatures(parseNote(`${text}\n${log.sign(text)}`), [keyOf(log)]))).to.equal(
      'wrong-key-type',
    )
  })
})
