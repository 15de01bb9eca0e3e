// The check of a chain in the browser, against a log that answers truly and against every way in which it may lie.

import { expect } from 'chai'
import { type Known, trusting } from '../../client/data/log-keys.ts'
import { type Source, type Verdict, verifyShown } from '../../client/data/verify-chain.ts'
import { cardOf } from '../../server/contract/cards.ts'
import type { ChainEntry } from '../../server/contract/movements.ts'
import { given } from '../support/custody.ts'
import { approved, received, registered, released, requested } from '../support/custody-histories.ts'
import { newKey } from '../support/reference-log.ts'
import { bodiesOf, bundleOf, chainIn, newKeys, policyOf, servedLog, sourceOf } from '../support/served-log.ts'

const at = '2026-11-24T08:00:00.000Z'
const story = given(registered({}, {}), received(), requested(), approved(), released())
const { code } = story.item
const keys = newKeys()
/** More than a bundle of entries of others before the item's, so that its own lie in a second one. */
const bodies = bodiesOf(story, 253)
const truth = servedLog(bodies, keys)
const chain = chainIn(bodies, code)
const positions = chain.map(({ position }) => position)
const lastBundle = [...truth.pieces.keys()].findLast((path) => path.startsWith('tile/entries/'))!

const check = (falsely: Partial<Source> = {}, known?: Known) =>
  verifyShown(sourceOf(story, bodies, keys, falsely), known)
const knownAfter = (verdict: Verdict): Known => ({ ...verdict.seen!, since: at, at })
const codes = ({ faults }: Verdict) => faults.map((fault) => fault.code)
const where = ({ faults }: Verdict) => faults.map(({ code: word, position }) => [word, position])
const brokenIn = ({ entries }: Verdict) => entries.filter(({ ok }) => !ok).map(({ position }) => position)

/** A server that serves one piece otherwise. */
const withPiece = (path: string, piece: Uint8Array | undefined): Partial<Source> => ({
  piece: async (asked) => (asked === path ? piece : truth.pieces.get(asked)),
})
/** A server whose page shows one entry otherwise. */
const showing = (change: (entries: ChainEntry[]) => ChainEntry[]): Partial<Source> => ({
  shown: async () => {
    const entries = change(chainIn(bodies, code))
    return { item: { ...cardOf(story.item, story.now), version: entries.at(-1)!.version }, entries }
  },
})
/** A bundle with its entries changed, as long as they were. */
const bundleWith = (change: (bundled: Buffer[]) => Buffer[]) =>
  withPiece(lastBundle, bundleOf(change(bodies.slice(256).map((body) => Buffer.from(body)))))

describe('verifying a chain in the browser', () => {
  it('is told of a log of more than one bundle, with other entries before and between', () => {
    expect(positions[0]).to.be.lessThan(256)
    expect(positions.at(-1)).to.be.greaterThan(256)
    expect(chain.length).to.be.greaterThan(4)
  })

  it('is not alarmed by a place that is called otherwise now, and is by another place', async () => {
    const placed = (change: object): Partial<Source> => ({
      shown: async () => {
        const card = cardOf(story.item, story.now)
        const custody = { ...card.custody, from: { ...(card.custody as { from: object }).from, ...change } } as never
        return { item: { ...card, custody }, entries: chainIn(bodies, code) }
      },
    })
    expect(codes(await check(placed({ placeName: 'B-09', pathNames: ['新名', 'B-09'] })))).to.deep.equal([])
    expect(codes(await check(placed({ place: 'S00000000000' })))).to.deep.equal(['state-differs'])
  })

  it('says what has been checked when all is well', async () => {
    const progress: number[] = []
    const verdict = await verifyShown(sourceOf(story, bodies, keys), undefined, ({ done, of }) =>
      progress.push(done / of),
    )
    expect(verdict.faults).to.deep.equal([])
    expect(verdict.outcome).to.equal('verified')
    expect(verdict.entries).to.deep.equal(positions.map((position) => ({ position, ok: true })))
    expect(verdict.log).to.deep.equal({
      origin: 'test.example/ledger',
      size: bodies.length,
      root: Buffer.from(truth.root).toString('hex'),
    })
    expect(verdict.witnesses.cosigned.map(({ name }) => name)).to.deep.equal(['police', 'court'])
    expect(verdict.witnesses.cosigned[0]!.at).to.equal('2023-03-20T12:25:47.000Z')
    expect(verdict.witnesses.quorum).to.equal(true)
    const later = bodies.length - positions.at(-1)! - 1
    expect(later).to.be.greaterThan(0)
    expect(verdict.later).to.deep.equal({ looked: later, of: later })
    expect([progress[0], progress.at(-1)]).to.deep.equal([0, 1])
  })

  it('fetches each piece once', async () => {
    const asked: string[] = []
    await check({
      piece: async (path) => {
        asked.push(path)
        return truth.pieces.get(path)
      },
    })
    expect(asked).to.have.length(new Set(asked).size)
  })

  for (const byte of ['first', 'last'] as const)
    it(`finds a flipped ${byte} byte of an entry, and blames no other`, async () => {
      const position = positions.at(-1)!
      const verdict = await check(
        bundleWith((bundled) => {
          const body = bundled[position - 256]!
          const flipped = byte === 'first' ? 0 : body.length - 1
          body[flipped] = body[flipped]! ^ 1
          return bundled
        }),
      )
      expect(verdict.outcome).to.equal('broken')
      expect(brokenIn(verdict)).to.deep.equal([position])
      expect(where(verdict)).to.deep.equal([['wrong-root', position]])
    })

  it('finds entries that changed places', async () => {
    const [one, other] = positions.slice(-2).map((position) => position - 256)
    const swapped = (bundled: Buffer[]) => bundled.with(one!, bundled[other!]!).with(other!, bundled[one!]!)
    const verdict = await check(bundleWith(swapped))
    expect(brokenIn(verdict)).to.deep.equal(positions.slice(-2))
    expect(codes(verdict)).to.include('wrong-root')
  })

  it('finds an entry that is left out of the page, between others and after the last', async () => {
    const between = await check(showing((entries) => entries.toSpliced(2, 1)))
    expect(where(between)).to.deep.equal([['wrong-version', positions[3]]])
    const last = await check(showing((entries) => entries.slice(0, -1)))
    expect(codes(last)).to.include('hidden-entry')
    expect(last.faults.find((fault) => fault.code === 'hidden-entry')!.params).to.deep.equal({
      position: positions.at(-1),
    })
    expect(last.outcome).to.equal('broken')
  })

  it('finds that entries are left out together with their hashes', async () => {
    const [first, others] = [bodies.slice(0, 256), bodies.slice(0, 250)]
    // Long enough that the bundle of the hidden ones is whole, and no other proof goes through its hashes.
    const long = servedLog([...bodies, ...others, ...others], keys)
    const hidden = servedLog([...first, ...first, ...others], keys)
    const verdict = await check({
      ...showing((entries) => entries.filter(({ position }) => position < 256)),
      checkpoint: async () => Buffer.from(long.note),
      piece: async (path) => (path.endsWith('/001') ? hidden : long).pieces.get(path),
    })
    expect(codes(verdict)).to.deep.equal(['state-differs', 'wrong-root'])
  })

  it('finds the first entry left out', async () => {
    expect(where(await check(showing((entries) => entries.slice(1))))).to.deep.equal([['wrong-version', positions[1]]])
  })

  it('finds an entry that is shown twice, or out of its order', async () => {
    expect(codes(await check(showing((entries) => entries.toSpliced(2, 0, entries[1]!))))).to.include('wrong-version')
    expect(codes(await check(showing(([one, other, ...rest]) => [other!, one!, ...rest])))).to.include('wrong-version')
  })

  it('finds an entry of another item in the chain', async () => {
    const other = chainIn(bodies, story.itemAt(1).code)[1]!
    expect(where(await check(showing((entries) => entries.with(1, other))))).to.deep.include([
      'wrong-item',
      other.position,
    ])
  })

  it('finds a tile with another hash, and a piece that is missing or of another length', async () => {
    const tile = `tile/0/001.p/${bodies.length - 256}`
    const other = Buffer.from(truth.pieces.get(tile)!)
    other[0] = other[0]! ^ 1
    const wrong = await check(withPiece(tile, other))
    expect(wrong.outcome).to.equal('broken')
    expect(codes(wrong)).to.include('wrong-root')
    expect(codes(await check(withPiece(tile, undefined)))).to.include('missing-piece')
    expect(codes(await check(withPiece(tile, other.subarray(32))))).to.include('wrong-tile')
    expect(codes(await check(withPiece(lastBundle, undefined)))).to.include('missing-piece')
    expect(codes(await check(bundleWith((bundled) => bundled.slice(0, -1))))).to.include('wrong-entries')
  })

  it('finds a checkpoint over another tree', async () => {
    const other = servedLog(bodies.with(3, bodies[4]!), keys)
    const verdict = await check({ checkpoint: async () => Buffer.from(other.note) })
    expect(verdict.outcome).to.equal('broken')
    expect(brokenIn(verdict)).to.deep.equal(positions)
  })

  it('finds entries after the last that are not those of the tree', async () => {
    const verdict = await check(
      bundleWith((bundled) => {
        bundled.at(-1)![20]! ^= 1
        return bundled
      }),
    )
    expect(brokenIn(verdict)).to.deep.equal([])
    expect(codes(verdict)).to.deep.equal(['wrong-entry-later'])
  })

  it('refuses a checkpoint that the log did not sign, or a witness did not cosign', async () => {
    const { text } = truth
    const stranger = newKey('test.example/ledger')
    expect(
      codes(await check({ checkpoint: async () => Buffer.from(`${text}\n${stranger.sign(text)}`) })),
    ).to.deep.equal(['unsigned'])
    const elsewhere = keys.log.sign(text.replace(String(bodies.length), '9'))
    expect(codes(await check({ checkpoint: async () => Buffer.from(`${text}\n${elsewhere}`) }))).to.deep.equal([
      'wrong-signature',
    ])
    const forged = keys.witnesses[0]!.cosign(text.replace(String(bodies.length), '9'))
    const verdict = await check({ checkpoint: async () => Buffer.from(`${text}\n${keys.log.sign(text)}${forged}`) })
    expect(codes(verdict)).to.deep.equal(['wrong-cosignature'])
    expect(verdict.log).to.equal(undefined)
    expect(verdict.seen).to.equal(undefined)
  })

  it('is not green without the witnesses that the policy asks for', async () => {
    const alone = servedLog(bodies, keys, keys.witnesses.slice(0, 1))
    const verdict = await check({ checkpoint: async () => Buffer.from(alone.note) })
    expect(verdict.faults).to.deep.equal([])
    expect(verdict.outcome).to.equal('unwitnessed')
    expect(verdict.witnesses).to.deep.include({ quorum: false })
    const nobodyAsked = await check({
      log: async () => ({ vkey: keys.log.vkey, policy: policyOf(keys, 'quorum none') }),
      checkpoint: async () => Buffer.from(alone.note),
    })
    expect(nobodyAsked.outcome).to.equal('verified')
    expect(nobodyAsked.witnesses.quorum).to.equal(undefined)
  })

  it('waits for the log to sign the newest entry and for witnesses to follow', async () => {
    const upTo = (size: number, cosigners = keys.witnesses) =>
      Buffer.from(servedLog(bodies.slice(0, size), keys, cosigners).note)
    const notes = [upTo(positions.at(-1)!), upTo(bodies.length, []), upTo(bodies.length)]
    let pauses = 0
    const verdict = await check({
      checkpoint: async () => notes[Math.min(pauses, 2)]!,
      pause: async () => {
        pauses += 1
      },
    })
    expect(verdict.outcome).to.equal('verified')
    expect(pauses).to.equal(2)
    const never = await check({ checkpoint: async () => notes[0]! })
    expect(where(never)).to.include.deep.members([['not-covered', positions.at(-1)]])
  })

  for (const [field, change] of Object.entries({
    step: { step: 'intake.receive' },
    fact: { fact: 'ItemDisposed' },
    occurredAt: { occurredAt: '2026-03-02T00:00:00.000Z' },
    recordedAt: { recordedAt: '2026-03-02T00:00:00.000Z' },
    by: { by: { ...chain[2]!.by, name: '别人' } },
    countersigners: { countersigners: [] },
    data: { data: { ...chain[2]!.data, place: 'elsewhere' } },
    docket: { docket: 'D000' },
    files: { files: ['00'] },
    subject: { subject: { kind: 'item', id: 'E0' } },
  }) as [string, Partial<ChainEntry>][])
    it(`finds that the page shows another ${field} than the bytes say`, async () => {
      const signed = chain.findIndex(({ countersigners }) => countersigners.length > 0)
      const index = field === 'countersigners' ? signed : 2
      const verdict = await check(showing((entries) => entries.with(index, { ...entries[index]!, ...change })))
      expect(where(verdict)).to.deep.equal([['view-differs', positions[index]]])
      expect(verdict.faults[0]!.params).to.deep.equal({ fields: [field] })
    })

  it('finds an entry that was signed in another form than the canonical one, or that follows another', async () => {
    const log = (changed: Buffer[]) => {
      const { pieces, note } = servedLog(changed, keys)
      const entries = chainIn(changed, code)
      const checkpoint = async () => Buffer.from(note)
      return check({
        checkpoint,
        piece: async (path) => pieces.get(path),
        shown: async () => ({ item: cardOf(story.item, story.now), entries }),
      })
    }
    const at = positions[2]!
    const spaced = Buffer.from(bodies[at]!.toString().replace('{', '{ '))
    expect(where(await log(bodies.with(at, spaced)))[0]).to.deep.equal(['not-canonical', at])
    const rewritten = Buffer.from(bodies[at]!.toString().replace(/"recordedAt":"\d{4}/, '"recordedAt":"2001'))
    expect(where(await log(bodies.with(at, rewritten)))).to.deep.equal([
      ['wrong-clock', at],
      ['wrong-previous', positions[3]],
    ])
  })

  it('finds that the page shows the thing elsewhere than its entries lead to', async () => {
    const item = cardOf(story.item, story.now)
    const custody = { ...item.custody, state: 'left' as const, how: 'disposed', to: 'nobody' }
    const verdict = await check({ shown: async () => ({ item: { ...item, custody }, entries: chain }) })
    expect(codes(verdict)).to.deep.equal(['state-differs'])
    expect(verdict.faults[0]!.params).to.deep.equal({ fields: ['custody'] })
  })

  it('finds that the page says anything else of the thing than its entries lead to', async () => {
    const item = cardOf(story.item, story.now)
    for (const other of [{ name: 'another' }, { value: '1' }, { version: 99 }, { class: undefined }, { added: true }]) {
      const verdict = await check({ shown: async () => ({ item: { ...item, ...other } as never, entries: chain }) })
      const fault = verdict.faults.find(({ code }) => code === 'state-differs')
      expect(fault?.params).to.deep.equal({ fields: Object.keys(other) })
    }
  })

  describe('with what it saw before', () => {
    let known: Known
    before(async () => {
      const part = servedLog(bodies.slice(0, 200), keys)
      known = { ...knownAfter(await check()), size: '200', root: Buffer.from(part.root).toString('hex') }
    })

    it('finds that the log goes on', async () => {
      const verdict = await check({}, known)
      expect(verdict.outcome).to.equal('verified')
      expect(verdict.continues).to.equal(200)
      expect(verdict.seen!.size).to.equal(String(bodies.length))
      expect((await check({}, knownAfter(verdict))).outcome).to.equal('verified')
    })

    it('alarms at a log that is shorter, whose entries verify', async () => {
      const verdict = await check({}, { ...known, size: '100000' })
      expect(codes(verdict)).to.deep.equal(['log-shorter'])
      expect(verdict.faults[0]!.params).to.deep.equal({ before: 100000, size: bodies.length })
      expect(verdict.outcome).to.equal('broken')
      expect(verdict.seen, 'is not forgotten').to.equal(undefined)
    })

    it('alarms at another history of the same log, whose entries verify', async () => {
      for (const size of ['200', '1', String(bodies.length)]) {
        const verdict = await check({}, { ...known, size, root: '11'.repeat(32) })
        expect(codes(verdict), size).to.deep.equal(['log-different'])
        expect(brokenIn(verdict)).to.deep.equal([])
        expect(verdict.seen).to.equal(undefined)
      }
    })

    it('shows another key of the log, another witness and another quorum, and believes none of them', async () => {
      const others = newKeys()
      const [police, court] = keys.witnesses
      const log = await check({ log: async () => ({ vkey: others.log.vkey, policy: policyOf(keys) }) }, known)
      expect(log.outcome).to.equal('keys-changed')
      expect(log.changes).to.deep.equal([{ what: 'log', was: keys.log.vkey, is: others.log.vkey }])
      const [other] = others.witnesses
      const replaced = policyOf({ ...keys, witnesses: [other!, court!] }, 'quorum none')
      const policy = await check({ log: async () => ({ vkey: keys.log.vkey, policy: replaced }) }, known)
      expect(policy.changes).to.deep.equal([
        { what: 'witness', name: 'police', was: police!.vkey, is: other!.vkey },
        { what: 'witness', name: 'nobody', was: keys.witnesses[2]!.vkey, is: undefined },
        { what: 'quorum', was: 'group agencies 2 police court nobody\nquorum agencies', is: 'quorum none' },
      ])
      expect(policy.entries).to.deep.equal([])
    })

    it('does not mind another address of a witness', async () => {
      const moved = policyOf(keys).replaceAll('127.0.0.1:1', '127.0.0.1:2')
      expect((await check({ log: async () => ({ vkey: keys.log.vkey, policy: moved }) }, known)).outcome).to.equal(
        'verified',
      )
    })

    it('goes on where it was under keys that people have compared, and begins anew with another log', async () => {
      const others = { ...newKeys(), witnesses: keys.witnesses }
      const offered = (await check({ log: async () => ({ vkey: others.log.vkey, policy: policyOf(others) }) }, known))
        .offered
      const trusted = trusting(offered, known, at)
      expect(trusted).to.include({ logKey: others.log.vkey, size: '200', root: known.root })
      const verdict = await verifyShown(sourceOf(story, bodies, others), trusted)
      expect([verdict.outcome, verdict.continues]).to.deep.equal(['verified', 200])
      const elsewhere = newKey('elsewhere.example/ledger')
      expect(trusting({ ...offered, logKey: elsewhere.vkey }, known, at)).to.include({
        size: '0',
        origin: 'elsewhere.example/ledger',
      })
    })
  })

  it('says that nothing is signed yet, and that a policy cannot be read', async () => {
    expect(codes(await check({ log: async () => ({ policy: policyOf(keys) }) }))).to.deep.equal(['unsigned-log'])
    expect(codes(await check({ log: async () => ({ vkey: keys.log.vkey, policy: 'quorum' }) }))).to.deep.equal([
      'wrong-policy',
    ])
  })

  it('passes on that the server was not reached', async () => {
    const unreached = new Error('The server was not reached')
    const verdict = check({ piece: () => Promise.reject(unreached) })
    expect(
      await verdict.then(
        () => undefined,
        (error) => error,
      ),
    ).to.equal(unreached)
  })
})
