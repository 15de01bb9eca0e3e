// The proof of an item: what it shows when it is whole, and that nothing can be done to it without being seen.

import { expect } from 'chai'
import fc from 'fast-check'
import {
  type Bundle,
  type BundleReport,
  bundleFormat,
  ProofError,
  parsePolicy,
  verifyBundle,
} from '../../server/proof/index.ts'
import { checkpointOf, codeOf, leafOf, leavesOf, newKey, pathOf, rootOver } from '../support/reference-log.ts'
import { bodyOf, chainOf, type SampleEntry, type SampleLink } from '../support/sample-chain.ts'

const log = newKey('log.example')
const [police, court] = [newKey('police.example', 4), newKey('court.example', 4)]
const item = 'E4F7Q2M8K3X7'
const file = { sha256: 'f'.repeat(64), bytes: 12, type: 'image/jpeg' }
const policyText = `log ${log.vkey}\nwitness police ${police.vkey}\nwitness court ${court.vkey}\ngroup g 2 police court\nquorum g\n`
const policy = parsePolicy(Buffer.from(policyText))

/** The bundle of a chain in a log of 20 entries; `sign` may sign otherwise than log and witnesses do. */
function bundleOf(
  chain: SampleLink[],
  sign = (text: string) => log.sign(text) + police.cosign(text) + court.cosign(text),
): Bundle {
  const leaves: Uint8Array[] = leavesOf(20)
  for (const { position, body } of chain) leaves[Number(position)] = leafOf(body)
  const text = checkpointOf(log.name, 20, rootOver(leaves))
  return {
    format: bundleFormat,
    item,
    origin: log.name,
    entries: chain.map(({ position, body }) => ({
      position: Number(position),
      body: Buffer.from(body).toString('base64'),
      inclusion: pathOf(Number(position), leaves).map((hash) => Buffer.from(hash).toString('base64')),
    })),
    checkpoint: `${text}\n${sign(text)}`,
    keys: [log.vkey],
    policy: policyText,
    files: [file],
  }
}

const chain = chainOf(5)
const whole = bundleOf(chain)
const copy = (): Bundle => structuredClone(whole)
const problemsOf = ({ problems }: BundleReport) => problems.map(({ code, position }) => [code, position])

describe('the proof of an item', () => {
  it('shows its entries, and who has witnessed the log that holds them', () => {
    const report = verifyBundle(whole, policy)
    expect(report).to.deep.include({
      item,
      origin: log.name,
      size: 20n,
      cosignedBy: ['police', 'court'],
      quorum: true,
      trusting: 'reader',
      problems: [],
      ok: true,
    })
    expect(report.entries).to.deep.equal(
      chain.map(({ position, said }) => ({ position, fact: said.fact, recordedAt: said.recordedAt, ok: true })),
    )
  })

  it('is the same as text', () =>
    expect(verifyBundle(JSON.stringify(whole), policy)).to.deep.equal(verifyBundle(whole, policy)))

  it('without a policy is held against its own word, and says so', () => {
    expect(verifyBundle(whole)).to.deep.include({ trusting: 'bundle', quorum: true, ok: true })
    expect(verifyBundle({ ...whole, policy: 'quorum none\n' })).to.deep.include({
      trusting: 'bundle',
      cosignedBy: [],
      ok: true,
    })
  })

  it('is not ok before enough witnesses have cosigned', () => {
    const report = verifyBundle(
      bundleOf(chain, (text) => log.sign(text) + court.cosign(text)),
      policy,
    )
    expect(report).to.deep.include({ cosignedBy: ['court'], quorum: false, ok: false })
    expect(problemsOf(report)).to.deep.equal([['no-quorum', undefined]])
    expect(report.entries.every(({ ok }) => ok)).to.equal(true)
  })

  it('may go by the code of a later label', () => {
    const labelled = chainOf(3, {
      change: (said, n) =>
        n === 1 ? { ...said, fact: 'LabelReplaced', data: { old: item, new: 'E0000000000Z' } } : said,
    })
    expect(verifyBundle({ ...bundleOf(labelled), item: 'E0000000000Z' }, policy).ok).to.equal(true)
    const elsewhere = chainOf(3, { change: (said, n) => (n === 1 ? { ...said, data: { new: 'E0000000000Z' } } : said) })
    expect(problemsOf(verifyBundle({ ...bundleOf(elsewhere), item: 'E0000000000Z' }, policy))).to.deep.equal([
      ['wrong-item', undefined],
    ])
  })
})

describe('a proof of an item that was tampered with', () => {
  it('is not signed by the log any more', () => {
    const forger = newKey(log.name)
    const signed = (sign: (text: string) => string) => () => verifyBundle(bundleOf(chain, sign), policy)
    expect(codeOf(signed((text) => forger.sign(text) + police.cosign(text) + court.cosign(text)))).to.equal('unsigned')
    expect(
      codeOf(signed((text) => log.sign(text) + police.cosign(checkpointOf(log.name, 21, leafOf(Buffer.from(text)))))),
    ).to.equal('wrong-cosignature')
    expect(
      codeOf(() => verifyBundle({ ...whole, checkpoint: whole.checkpoint.replace('\n20\n', '\n21\n') }, policy)),
    ).to.equal('wrong-signature')
  })

  it('with keys and policy of the forger convinces only who trusts the bundle', () => {
    const forger = newKey(log.name)
    const forged = { ...bundleOf(chain, forger.sign), keys: [forger.vkey], policy: `log ${forger.vkey}\nquorum none\n` }
    expect(verifyBundle(forged)).to.deep.include({ trusting: 'bundle', ok: true })
    expect(codeOf(() => verifyBundle(forged, policy))).to.equal('unsigned')
  })

  it('shows any bit that was turned in an entry, at that entry', () => {
    fc.assert(
      fc.property(fc.nat(4), fc.nat(), (n, any) => {
        const bundle = copy()
        const body = Buffer.from(bundle.entries[n]!.body, 'base64')
        const bit = any % (body.length * 8)
        body[bit >> 3]! ^= 1 << (bit & 7)
        bundle.entries[n]!.body = body.toString('base64')
        const report = verifyBundle(bundle, policy)
        expect(report.ok).to.equal(false)
        expect(report.entries[n]!.ok).to.equal(false)
      }),
      { numRuns: 150 },
    )
  }).timeout(60_000)

  it('shows any bit that was turned in a path, at that entry alone', () => {
    fc.assert(
      fc.property(fc.nat(4), fc.nat(), fc.nat(255), (n, any, bit) => {
        const bundle = copy()
        const { inclusion } = bundle.entries[n]!
        const at = any % inclusion.length
        const hash = Buffer.from(inclusion[at]!, 'base64')
        hash[bit >> 3]! ^= 1 << (bit & 7)
        inclusion[at] = hash.toString('base64')
        const report = verifyBundle(bundle, policy)
        expect(report.entries.map(({ ok }) => ok)).to.deep.equal(chain.map((_, entry) => entry !== n))
        expect(problemsOf(report)).to.deep.equal([['wrong-root', chain[n]!.position]])
      }),
      { numRuns: 60 },
    )
  }).timeout(60_000)

  it('shows where entries are missing, except the last, which only the log can tell', () => {
    for (let n = 0; n < 4; n++) {
      const report = verifyBundle({ ...whole, entries: whole.entries.toSpliced(n, 1), files: [] }, policy)
      expect(problemsOf(report)).to.deep.equal([['wrong-version', chain[n + 1]!.position]])
      expect(report.entries[n]!.ok).to.equal(false)
    }
    expect(verifyBundle({ ...whole, entries: whole.entries.slice(0, -1) }, policy).ok).to.equal(true)
  })

  it('shows an entry that stands there twice', () => {
    const report = verifyBundle({ ...whole, entries: whole.entries.toSpliced(2, 0, whole.entries[1]!) }, policy)
    expect(problemsOf(report)).to.deep.include(['repeated-entry', 5n])
    expect(report.entries.map(({ ok }) => ok)).to.deep.equal([true, true, false, true, true, true])
  })

  it('shows an entry at another position', () => {
    const bundle = copy()
    bundle.entries[3]!.position = 10
    expect(problemsOf(verifyBundle(bundle, policy))).to.deep.equal([['wrong-root', 10n]])
    bundle.entries[3]!.position = 20
    expect(verifyBundle(bundle, policy).problems.map(({ code }) => code)).to.include('beyond-size')
  })

  /** What a log would show that itself wrote a wrong chain and signed it. */
  const dishonest: [string, SampleLink[], [string, bigint | undefined][]][] = [
    ['an entry that is not in canonical form', loose(2), [['not-canonical', 8n]]],
    [
      'entries that all name another log',
      chainOf(2, { origin: 'other.example' }),
      [
        ['wrong-origin', 2n],
        ['wrong-origin', 5n],
      ],
    ],
    ['an entry of another log', changed(4, { origin: 'other.example' }), [['wrong-origin', 14n]]],
    ['an entry about another item', changed(4, { subject: { kind: 'item', id: 'other' } }), [['wrong-subject', 14n]]],
    ['an entry that names another one before it', changed(4, { previous: 'a'.repeat(64) }), [['wrong-previous', 14n]]],
    ['an entry that was written later under the next', changed(3, { fact: 'Lost' }), [['wrong-previous', 14n]]],
    ['a clock that goes back', changed(4, { recordedAt: '2026-01-01T00:00:00.000Z' }), [['wrong-clock', 14n]]],
    ['an entry that is no entry', changed(4, { step: '' }), [['wrong-entry', 14n]]],
    [
      'entries about a case',
      chainOf(2, { change: (said) => ({ ...said, subject: { kind: 'case', id: item } }) }),
      [
        ['wrong-item', 2n],
        ['wrong-item', 5n],
      ],
    ],
  ]
  for (const [what, entries, problems] of dishonest)
    it(`shows ${what}, though the log has signed it`, () => {
      const report = verifyBundle(bundleOf(entries), policy)
      expect(problemsOf(report)).to.deep.equal(problems)
      expect(report.ok).to.equal(false)
    })

  it('shows an unreadable entry once, and goes on after it', () => {
    const bundle = copy()
    bundle.entries[1]!.body = '????'
    const report = verifyBundle(bundle, policy)
    expect(problemsOf(report)).to.deep.equal([['wrong-base64', 5n]])
    expect(report.entries[1]).to.deep.equal({ position: 5n, ok: false })
    expect(report.entries.map(({ ok }) => ok)).to.deep.equal([true, false, true, true, true])
  })

  it('shows another item, another log, no entry at all, and a file that nothing names', () => {
    expect(problemsOf(verifyBundle({ ...whole, item: 'E1111111111A' }, policy))).to.deep.equal([
      ['wrong-item', undefined],
    ])
    expect(problemsOf(verifyBundle({ ...whole, origin: 'other.example' }, policy))).to.deep.equal([
      ['wrong-origin', undefined],
    ])
    expect(problemsOf(verifyBundle({ ...whole, entries: [], files: [] }, policy))).to.deep.equal([
      ['no-entries', undefined],
    ])
    const files = [file, { ...file, sha256: 'e'.repeat(64) }, { ...file, sha256: 'd'.repeat(64) }]
    const twice = [
      ['wrong-file', undefined],
      ['wrong-file', undefined],
    ]
    expect(problemsOf(verifyBundle({ ...whole, files }, policy))).to.deep.equal(twice)
  })

  it('of another shape is refused', () => {
    const entry = whole.entries[0]!
    const wrong: unknown[] = [
      '',
      'null',
      [],
      { ...whole, format: 'stillpoint-proof@2' },
      { ...whole, item: 1 },
      { ...whole, entries: {} },
      { ...whole, entries: [{ ...entry, position: -1 }] },
      { ...whole, entries: [{ ...entry, position: '1' }] },
      { ...whole, entries: [{ ...entry, inclusion: [1] }] },
      { ...whole, entries: [null] },
      { ...whole, keys: 'x' },
      { ...whole, files: [{ ...file, sha256: 'x' }] },
      { ...whole, checkpoint: undefined },
      { ...whole, policy: null },
    ]
    for (const bundle of wrong) expect(codeOf(() => verifyBundle(bundle, policy))).to.equal('wrong-bundle')
  })

  it('never makes the checker fail otherwise than with a reason', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(255), (any, value) => {
        const text = Buffer.from(JSON.stringify(whole))
        text[any % text.length] = value
        try {
          verifyBundle(text.toString('utf8'), policy)
        } catch (error) {
          expect(error).to.be.instanceOf(ProofError)
        }
      }),
      { numRuns: 300 },
    )
  }).timeout(60_000)
})

/** The chain with entry `n` written otherwise; what follows still names what stood there. */
function changed(n: number, change: Partial<SampleEntry>): SampleLink[] {
  const said = { ...chain[n]!.said, ...change }
  return chain.with(n, { ...chain[n]!, said, body: bodyOf(said) })
}

/** A chain up to entry `n`, which has a space in its bytes. */
function loose(n: number): SampleLink[] {
  const { body, ...rest } = chain[n]!
  return [
    ...chain.slice(0, n),
    { ...rest, body: Buffer.concat([body.subarray(0, 1), Buffer.from(' '), body.subarray(1)]) },
  ]
}
