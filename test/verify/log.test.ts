// A whole log, checked from its folder: sound as it was written, and told apart from whatever might be done to it.

import { cp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'chai'
import { liveThrough } from '../../scripts/bench/log/history.ts'
import type { LogReport } from '../../scripts/verify/log.ts'
import { NotChecked } from '../../scripts/verify/problem.ts'
import { stateIn } from '../../scripts/verify/state.ts'
import { policyOf } from '../../scripts/verify/trust.ts'
import { hashOfEntry } from '../../server/ledger/entry.ts'
import { newKey } from '../support/reference-log.ts'
import {
  bodies,
  chained,
  entryOf,
  folders,
  key,
  origin,
  otherKey,
  positionOf,
  recorded,
  rewritten,
  verified,
} from '../support/written-log.ts'

describe('checking a whole log', () => {
  const { empty, written, remove } = folders()
  let sound: { folder: string; note: string }
  before(async () => {
    sound = await written(bodies())
  })
  after(remove)

  const copied = async () => {
    const folder = await empty()
    await cp(sound.folder, folder, { recursive: true })
    return folder
  }
  const told = ({ problems }: LogReport) => problems.map(({ code, position }) => [code, position])
  /** Changes a piece of a copy. */
  const changed = async (path: string, change: (bytes: Buffer) => Uint8Array) => {
    const folder = await copied()
    await writeFile(join(folder, path), change(await readFile(join(folder, path))))
    return folder
  }

  for (const threads of [0, 1, 2])
    it(`finds nothing in what was written, with ${threads} threads`, async () => {
      const report = await verified(sound.folder, { threads })
      expect(report.problems).to.deep.equal([])
      const commands = new Set(bodies().map((body) => entryOf(body).command.id)).size
      expect(report).to.deep.include({ sound: true, origin, size: bodies().length, entries: bodies().length, commands })
    })

  it('tells the same of a broken log, with one thread or several', async () => {
    const at = positionOf('RetrievalApproved')
    const { folder } = await written(rewritten(at, ({ actor }) => ({ actor: { ...actor, role: 'principal' } })))
    const alone = await verified(folder, { threads: 0 })
    expect(alone.sound).to.equal(false)
    expect(await verified(folder, { threads: 2 })).to.deep.equal(alone)
  })

  it('finds one changed bit in an entry', async () => {
    const position = positionOf('ItemReceived')
    const before = Math.floor(position / 256) * 256
    const bundle = join('tile/entries', String(Math.floor(position / 256)).padStart(3, '0'))
    const at = bodies()
      .slice(before, position)
      .reduce((sum, body) => sum + 2 + body.length, 2)
    const word = bodies()[position]!.indexOf('完好')
    const folder = await changed(bundle, (bytes) => {
      bytes[at + word + 2]! ^= 1
      return bytes
    })
    const report = await verified(folder)
    expect(told(report)).to.deep.include(['wrong-leaf', position])
    expect(report.sound).to.equal(false)
  })

  it('finds entries that have changed places', async () => {
    const swapped = [...bodies()]
    const at = positionOf('RetrievalApproved')
    ;[swapped[at], swapped[at - 1]] = [swapped[at - 1]!, swapped[at]!]
    const { folder } = await written(swapped)
    await cp(join(sound.folder, 'checkpoint'), join(folder, 'checkpoint'))
    const report = await verified(folder)
    expect(report.problems[0]).to.deep.include({ code: 'wrong-root' })
  })

  it('finds a tile that is missing, and one with another hash, on every level', async () => {
    for (const path of ['tile/0/001', 'tile/1/000.p/3']) {
      const folder = await copied()
      await rm(join(folder, path))
      expect((await verified(folder)).problems).to.deep.equal([
        { code: 'missing-tile', message: 'The tile is missing.', path },
      ])
    }
    const leaf = await verified(await changed('tile/0/001', (bytes) => bytes.fill(7, 0, 1)))
    expect(told(leaf)).to.deep.include(['wrong-leaf', 256])
    const above = await verified(await changed('tile/1/000.p/3', (bytes) => bytes.fill(7, 32, 33)))
    expect(told(above)).to.deep.equal([['wrong-tile', 256]])
    expect(above.problems[0]!.message).to.match(/entries 256 to 511/)
  })

  it('finds entries that are missing or cut off, and judges nothing after them', async () => {
    const folder = await copied()
    await truncate(join(folder, 'tile/entries/001'), 1000)
    expect(told(await verified(folder))).to.deep.equal([['wrong-entries', 256]])
    await rm(join(folder, 'tile/entries/001'))
    expect(told(await verified(folder))).to.deep.equal([['missing-entries', 256]])
  })

  it('finds another root in the checkpoint', async () => {
    const { note } = await written(bodies().slice(1))
    const root = note.split('\n')[2]!
    const text = `${origin}\n${bodies().length}\n${root}\n`
    const folder = await changed('checkpoint', () => Buffer.from(`${text}\n${key.signatureOver(text)}\n`))
    expect(told(await verified(folder))).to.deep.equal([['wrong-root', undefined]])
  })

  it('finds a checkpoint that is not signed by the log', async () => {
    const forged = await changed('checkpoint', (bytes) => {
      const line = bytes.toString().trimEnd()
      const [signature] = line.split(' ').slice(-1)
      const other = Buffer.from(signature!, 'base64')
      other[10]! ^= 1
      return Buffer.from(`${line.slice(0, -signature!.length)}${other.toString('base64')}\n`)
    })
    expect(told(await verified(forged))).to.deep.equal([['wrong-signature', undefined]])
    const stranger = await written(bodies(), { by: otherKey })
    expect(told(await verified(stranger.folder))).to.deep.equal([['unsigned', undefined]])
  })

  it('asks for the cosignatures that the policy asks for', async () => {
    const witness = newKey('witness.example/w', 4)
    const policy = (await policyOf({ keys: [key.vkey, witness.vkey] }))!
    expect(told(await verified(sound.folder, { policy }))).to.deep.equal([['no-quorum', undefined]])
    const good = await written(bodies(), { sign: (text) => [witness.cosign(text).trimEnd()] })
    expect(await verified(good.folder, { policy })).to.deep.include({ sound: true, cosignedBy: ['witness 1'] })
    const wrong = await written(bodies(), { sign: (text) => [witness.cosign(`${text}x\n`).trimEnd()] })
    expect(told(await verified(wrong.folder, { policy }))).to.deep.equal([['wrong-cosignature', undefined]])
  })

  it('finds a broken chain', async () => {
    const at = positionOf('ItemReceived')
    const entries = [...bodies()]
    entries[at] = Buffer.from(
      entries[at]!.toString().replace(/"previous":"[0-9a-f]{4}/, (text) => `${text.slice(0, -4)}0000`),
    )
    const report = await verified((await written(entries)).folder)
    expect(report.problems[0]).to.deep.include({ code: 'broken-chain', position: at })
    expect(report.problems[0]!.message).to.match(/another one as the one before it/)
  })

  it('finds a rule that was broken, in a history written anew and signed, and says which', async () => {
    const at = positionOf('RetrievalApproved')
    const { actor, countersigners } = entryOf(bodies()[positionOf('RetrievalRequested')]!)
    const { folder } = await written(rewritten(at, () => ({ actor, countersigners })))
    const { problems } = await verified(folder)
    expect(problems).to.have.length(1)
    expect(problems[0]).to.deep.include({ code: 'refused', position: at, step: 'retrieval.approve' })
    expect(problems[0]!.refusal).to.deep.include({ code: 'step.no-role' })
    expect(problems[0]!.refusal!.sentence!.en).to.match(/[A-Z].*\.$/)
    expect(problems[0]!.refusal!.sentence!['zh-CN']).to.match(/。$/)
    expect(problems[0]!.message).to.include(problems[0]!.refusal!.sentence!.en)
  })

  it('finds what is dated back', async () => {
    const at = positionOf('ItemReleased')
    const before = '2026-01-01T00:00:00.000Z'
    const clock = await verified((await written(rewritten(at, () => ({ recordedAt: before })))).folder)
    expect(told(clock)).to.deep.include(['wrong-clock', at])
    const said = await verified((await written(rewritten(at, () => ({ occurredAt: before })))).folder)
    expect(said.problems[0]).to.deep.include({ code: 'refused', position: at })
  })

  it('finds bytes that are not canonical, whatever they say', async () => {
    const at = positionOf('ItemReceived')
    const spellings: [string, (text: string) => string][] = [
      ['a blank', (text) => text.replace('":', '": ')],
      ['names in another order', (text) => text.replace(/^\{(.*),"version":(\d+)\}$/, '{"version":$2,$1}')],
      ['a needless escape', (text) => text.replace('完', '\\u5b8c')],
      ['a number in other digits', (text) => text.replace(/"version":(\d+)/, '"version":$1.0')],
      ['a member twice', (text) => text.replace(/"version":(\d+)/, '"version":$1,"version":$1')],
    ]
    for (const [what, respell] of spellings) {
      const entries = [...bodies()]
      entries[at] = Buffer.from(respell(entries[at]!.toString()))
      expect(entries[at]!.equals(bodies()[at]!), what).to.equal(false)
      expect(told(await verified((await written(entries)).folder)), what).to.deep.include(['not-canonical', at])
    }
  })

  it('finds an entry that cannot be read, and says no more of what follows', async () => {
    const entries = [...bodies()]
    entries[500] = Buffer.from('{"format":1}')
    entries[501] = Buffer.from('no JSON')
    const { problems } = await verified((await written(entries)).folder)
    expect(problems.map(({ code, position }) => [code, position])).to.deep.equal([
      ['wrong-entry', 500],
      ['not-json', 501],
    ])
  })

  it('finds entries of another log', async () => {
    const one = await verified((await written(rewritten(700, () => ({ origin: 'other.example/log' })))).folder)
    expect(told(one)).to.deep.equal([
      ['wrong-origin', 700],
      ['wrong-origin', 701],
    ])
    const all = bodies().map((body) => Buffer.from(body.toString().replaceAll(origin, 'else.example/log')))
    expect(told(await verified((await written(all)).folder))).to.deep.include(['wrong-origin', all.length - 1])
  })

  it('takes entries of an earlier log up to the one that opens the epoch, and no others', async () => {
    const before = { origin: 'old.example/log', size: 900, root: 'ab'.repeat(32), checkpoint: 'lost' }
    let kept = 0
    const history = recorded((clerk) => {
      liveThrough(clerk, 700, 4)
      kept = clerk.size
      clerk.system('ledger.open-epoch', { origin, before, kept, reason: '磁盘损坏' })
      clerk.take({ actor: 'admin', step: 'unit.add', input: { id: 'more', name: '新中队', agency: 'psb' } })
    })
    const named = (name: string) =>
      written(chained(history, (_entry, at) => (at < kept ? { origin: name } : {}))).then(({ folder }) => folder)
    expect((await verified(await named(before.origin))).problems).to.deep.equal([])
    expect(told(await verified(await named('else.example/log')))).to.deep.equal([['wrong-origin', kept]])
  })

  it('holds the log against checkpoints that were seen earlier', async () => {
    const note = (entries: Buffer[], by = key) => written(entries, { by }).then((log) => Buffer.from(log.note))
    const early = await note(bodies().slice(0, 300))
    const late = await note([...bodies(), bodies()[0]!])
    const other = await note(bodies().slice(1, 300))
    const forged = await note(bodies().slice(0, 300), otherKey)
    const seen = [
      { file: 'early', note: early },
      { file: 'late', note: late },
      { file: 'other', note: other },
      { file: 'forged', note: forged },
      { file: 'same', note: Buffer.from(sound.note) },
    ]
    const report = await verified(sound.folder, { seen })
    expect(report.seen.filter(({ ok }) => ok).map(({ file }) => file)).to.deep.equal(['early', 'same'])
    expect(report.problems.map(({ code, path }) => [code, path])).to.have.deep.members([
      ['cut-off', 'late'],
      ['fork', 'other'],
      ['unsigned', 'forged'],
    ])
  })

  it('does not judge a command that goes on after the checkpoint', async () => {
    const at = positionOf('ItemRegistered')
    const { folder } = await written(bodies().slice(0, at + 3))
    expect(await verified(folder)).to.deep.include({ sound: true, cut: { position: at, entries: 3 } })
  })

  it('reads an empty log', async () => {
    expect(await verified((await written([])).folder)).to.deep.include({ sound: true, size: 0, entries: 0 })
  })

  it('cannot check what is not there', async () => {
    const refused = async (log: Promise<string>) => verified(await log).catch((error) => error)
    expect(await refused(Promise.resolve('/nowhere'))).to.be.instanceOf(NotChecked)
    expect(await refused(empty())).to.be.instanceOf(NotChecked)
  })

  describe('in parts', () => {
    /** Checks until so many entries are done, then is interrupted. */
    const interrupted = async (folder: string, file: string, entries: number, threads = 0) => {
      const stop = new AbortController()
      const onProgress = (done: number) => {
        if (done >= entries) stop.abort()
      }
      const state = stateIn(file)
      const ended = await verified(folder, { state, signal: stop.signal, onProgress, threads }).catch((error) => error)
      expect(ended).to.be.instanceOf(NotChecked)
      expect((await state.read(origin))!.size).to.be.within(256, bodies().length - 1)
    }

    for (const threads of [0, 2])
      it(`tells the same as in one go, with ${threads} threads`, async () => {
        const early = positionOf('RetrievalApproved', 1)
        const bad = rewritten(early, ({ actor }) => ({ actor: { ...actor, role: 'principal' } }))
        for (const entries of [bodies(), bad]) {
          const { folder } = await written(entries)
          const file = join(await empty(), 'state')
          await interrupted(folder, file, 256, threads)
          expect(await verified(folder, { state: stateIn(file), threads })).to.deep.equal(await verified(folder))
        }
      })

    it('judges what has been added, and the command that was cut', async () => {
      const file = join(await empty(), 'state')
      const cut = positionOf('ItemRegistered') + 3
      await verified((await written(bodies().slice(0, cut))).folder, { state: stateIn(file) })
      const grown = await verified(sound.folder, { state: stateIn(file) })
      expect(grown).to.deep.equal(await verified(sound.folder))
      const at = positionOf('RetrievalApproved', 3)
      const bad = rewritten(at, ({ actor }) => ({ actor: { ...actor, role: 'principal' } }))
      await verified((await written(bodies().slice(0, cut))).folder, { state: stateIn(file) })
      expect(told(await verified((await written(bad)).folder, { state: stateIn(file) }))).to.deep.include(['fork', 0])
    })

    it('finds out that what was checked has been changed or cut off', async () => {
      const file = join(await empty(), 'state')
      await verified(sound.folder, { state: stateIn(file) })
      const at = positionOf('RetrievalApproved')
      const bad = rewritten(at, ({ actor }) => ({ actor: { ...actor, role: 'principal' } }))
      expect(told(await verified((await written(bad)).folder, { state: stateIn(file) }))).to.deep.include(['fork', 0])
      const short = await written(bodies().slice(0, 300))
      expect(told(await verified(short.folder, { state: stateIn(file) }))).to.deep.equal([['cut-off', undefined]])
    })

    it('takes no state of another log, and none that is no state', async () => {
      const file = join(await empty(), 'state')
      await writeFile(file, '{}')
      expect(await verified(sound.folder, { state: stateIn(file) }).catch((error) => error)).to.be.instanceOf(
        NotChecked,
      )
      const saved = {
        origin: 'other',
        size: 1,
        root: hashOfEntry(bodies()[0]!).toString('hex'),
        commands: 1,
        findings: [],
      }
      await stateIn(file).keep(saved)
      const refused = await verified(sound.folder, { state: stateIn(file) }).catch((error) => error)
      expect(refused.message).to.match(/about the log other/)
    })
  })
})
