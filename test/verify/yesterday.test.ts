// The log that version 1 left behind: today's program finds it as sound as it was, entry by entry and command by command.

import { execFile } from 'node:child_process'
import { expect } from 'chai'
import { catalogue } from '../../server/custody/catalogue.ts'
import type { LoggedFact } from '../../server/custody/replay.ts'
import { hashOfEntry } from '../../server/ledger/entry.ts'
import { commandsIn, replayOver } from '../support/custody.ts'
import { bodiesOfVersion1, hashesOfVersion1, rowsOfVersion1, version1 } from '../support/version-1.ts'

const program = new URL('../../scripts/stillpoint-verify.mjs', import.meta.url).pathname

describe('the log of version 1', () => {
  const logged = () =>
    bodiesOfVersion1().map((body, position): LoggedFact => ({ position, ...JSON.parse(body.toString()) }))

  it('is sound', async () => {
    const words = ['log', version1.log, '--policy', version1.policyFile, '--json']
    const { code, report } = await new Promise<{ code: number; report: object }>((resolve) =>
      execFile(process.execPath, [program, ...words], (error, out) =>
        resolve({ code: error ? Number(error.code) : 0, report: JSON.parse(out) }),
      ),
    )
    const { origin, size, commands, root } = version1
    expect(report).to.deep.include({ origin, size, entries: size, commands, root, problems: [], more: 0, sound: true })
    expect(report).to.deep.include({ cosignedBy: ['police', 'procuratorate', 'court'], quorum: true })
    expect(code).to.equal(0)
  })

  it('has the hashes that it had', () => {
    const hashes = bodiesOfVersion1().map((body) => hashOfEntry(body).toString('hex'))
    expect(hashes).to.deep.equal(hashesOfVersion1())
    expect(hashes).to.deep.equal(rowsOfVersion1('ledger').map(({ hash }) => String(hash).slice(2)))
  })

  it('is what the rules that held then decide when they are asked once more', () => {
    const entries = logged()
    const replay = replayOver(entries)
    const commands = commandsIn(entries)
    expect(commands.length).to.equal(version1.commands)
    expect(commands.flatMap((command) => replay.take(command))).to.deep.equal([])
    const versions = [...replay.memory.items.values()].map(({ code, version }) => [code, version])
    const then = rowsOfVersion1('items').map(({ code, version }) => [code, version])
    expect(Object.fromEntries(versions)).to.deep.equal(Object.fromEntries(then))
  })

  it('is told in facts that are still known, of every kind there was but the opening of an epoch', () => {
    const facts = new Set(logged().map(({ fact }) => fact))
    expect([...facts].filter((fact) => !Object.hasOwn(catalogue.facts, fact))).to.deep.equal([])
    expect(facts.size).to.equal(69)
  })
})
