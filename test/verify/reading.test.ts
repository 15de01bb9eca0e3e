// The quick reading of entries: it takes nothing that the strict checks would not, and reads the same as they do.

import { expect } from 'chai'
import fc from 'fast-check'
import { Reader } from '../../scripts/verify/reading.ts'
import { Scan, wanted } from '../../scripts/verify/scan.ts'
import { canonicalText } from '../../server/ledger/canonical.ts'
import { checkCanonical } from '../../server/proof/canonical.ts'
import { readEntry } from '../../server/proof/entry.ts'
import { bodies, entryOf, positionOf } from '../support/written-log.ts'

const nothing = wanted({}).wanted
const isCanonical = (bytes: Buffer) => new Scan().isCanonical(bytes, nothing)
const passes = (check: () => unknown) => {
  try {
    check()
    return true
  } catch {
    return false
  }
}

describe('the quick reading of entries', () => {
  it('takes every entry of a log, and reads in it what is there', () => {
    const reader = new Reader()
    for (const [position, body] of bodies().entries()) {
      const quick = reader.read(body, position, true)
      const { digest: _digest, ...command } = entryOf(body).command
      const { subject, version, previous, origin, step, fact, data, docket, recordedAt, occurredAt } = entryOf(body)
      const { actor, countersigners } = entryOf(body)
      const said = { position, subject, version, previous, origin, step, fact, data, recordedAt, occurredAt }
      expect(quick).to.deep.equal({ ...said, actor, countersigners, ...(docket ? { docket } : {}), command })
    }
  })

  it('takes no changed entry that the strict checks refuse', () => {
    const reader = new Reader()
    const signs = [...'"\\{}[],:0123456789.-eE \n\u0000tfnu/aZ~'].map((sign) => sign.charCodeAt(0))
    const someByte = fc.oneof(fc.constantFrom(...signs), fc.integer({ min: 0, max: 255 }))
    let taken = 0
    fc.assert(
      fc.property(fc.nat(), fc.nat(), someByte, fc.constantFrom('put', 'add', 'drop'), (which, where, byte, how) => {
        const body = bodies()[which % bodies().length]!
        const at = where % body.length
        const rest = body.subarray(how === 'add' ? at : at + 1)
        const changed = Buffer.concat([body.subarray(0, at), how === 'drop' ? Buffer.alloc(0) : Buffer.of(byte), rest])
        if (!reader.read(changed, 0, true)) return
        taken += 1
        checkCanonical(changed)
        readEntry(changed)
      }),
      { numRuns: 20_000 },
    )
    expect(taken).to.be.greaterThan(1000)
  })

  it('knows canonical text, and takes none that has another spelling', () => {
    const values = fc.dictionary(
      fc.string(),
      fc.jsonValue().filter((value) => passes(() => canonicalText(value))),
    )
    fc.assert(
      fc.property(values, fc.nat(), fc.constantFrom(' ', '0', '"', '\\', ',', '-'), (value, where, sign) => {
        if (!passes(() => canonicalText(value))) return
        const text = canonicalText(value)
        const odd = Buffer.from(`${text.slice(0, where % text.length)}${sign}${text.slice(where % text.length)}`)
        for (const bytes of [Buffer.from(text), odd]) if (isCanonical(bytes)) checkCanonical(bytes)
      }),
      { numRuns: 3000 },
    )
  })

  it('is sure of plain objects only', () => {
    const sure = ['{}', '{"a":[],"b":{"c":-1,"d":"\\n\\"完"},"e":null}', '{"a":0,"a1":false,"b":123456789012345}']
    const unsure = [
      '',
      '[]',
      '{',
      '{"a":1}x',
      '{"b":1,"a":1}',
      '{"a":1,"a":1}',
      '{"a":01}',
      '{"a":-0}',
      '{"a":1.5}',
      '{"a":1e3}',
      '{"a":1234567890123456}',
      '{"a": 1}',
      '{"a":"\\u0041"}',
      '{"a":"\\/"}',
      '{"a":nul}',
      '{"a":"\n"}',
      '{"完":1}',
      `{"a":${'['.repeat(40)}${']'.repeat(40)}}`,
    ]
    for (const text of sure) expect(isCanonical(Buffer.from(text)), text).to.equal(true)
    for (const text of unsure) expect(isCanonical(Buffer.from(text)), text).to.equal(false)
  })

  it('is not sure of a shape that the strict check refuses', () => {
    const reader = new Reader()
    const body = bodies()[positionOf('ItemReceived')]!
    const odd = [
      { format: 2 },
      { origin: '' },
      { version: 0 },
      { previous: null },
      { previous: 'ab' },
      { recordedAt: '2026-02-30T00:00:00.000Z' },
      { recordedAt: 'today' },
      { step: 1 },
      { subject: { kind: 'item', id: '' } },
      { command: { id: 'x', ordinal: 2, of: 2, asked: '' } },
      { files: ['x'] },
      { files: 'x' },
      { docket: 5 },
    ]
    for (const change of odd) {
      const text = canonicalText({ ...entryOf(body), ...change })
      expect(reader.read(Buffer.from(text), 0, true), JSON.stringify(change)).to.equal(undefined)
    }
  })
})
