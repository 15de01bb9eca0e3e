// The command as people run it: what it prints and its exit code; logs at an address, proofs of items, receipts.

import { execFile } from 'node:child_process'
import { access, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect } from 'chai'
import { hashOfEntry } from '../../server/ledger/entry.ts'
import { bundleFormat } from '../../server/proof/bundle.ts'
import { pathOf, rootOver } from '../support/reference-log.ts'
import { bodies, entryOf, folders, key, origin, otherKey, positionOf } from '../support/written-log.ts'

const program = new URL('../../scripts/stillpoint-verify.mjs', import.meta.url).pathname

const run = (...words: string[]) =>
  new Promise<{ code: number; out: string; err: string }>((resolve) => {
    execFile(process.execPath, [program, ...words], (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err })
    })
  })

describe('stillpoint-verify', () => {
  const { empty, written, remove } = folders()
  const trust = ['--key', key.vkey]
  let log: { folder: string; note: string }
  before(async () => {
    log = await written(bodies())
  })
  after(remove)

  it('tells how it is used', async () => {
    expect(await run('--help')).to.deep.include({ code: 0, err: '' })
    expect((await run()).code).to.equal(2)
  })

  it('says 0 for a sound log, and what it has read', async () => {
    const { code, out } = await run('log', log.folder, ...trust)
    expect(code).to.equal(0)
    expect(out)
      .to.include(`${bodies().length} entries read`)
      .and.match(/Sound\.\n$/)
  })

  it('says 1 for a broken one, in words or in JSON', async () => {
    const seen = join(await empty(), 'seen')
    await writeFile(seen, (await written([...bodies(), bodies()[0]!])).note)
    const words = await run('log', log.folder, ...trust, '--seen', seen)
    expect(words.code).to.equal(1)
    expect(words.out).to.match(/entries were cut off\.\nNOT SOUND: 1 problem\.\n$/)
    const { code, out } = await run('log', log.folder, ...trust, '--seen', seen, '--json')
    expect(code).to.equal(1)
    expect(JSON.parse(out)).to.deep.include({ format: 'stillpoint-verify@1', sound: false, size: bodies().length })
  })

  const unusable: [string, () => string[], RegExp][] = [
    ['an unknown option', () => ['log', log.folder, '--fast'], /--fast.*--help/],
    ['nothing to check', () => ['log', ...trust], /takes one thing/],
    ['something else to check', () => ['logs', log.folder, ...trust], /no "logs"/],
    ['nobody to trust', () => ['log', log.folder], /--policy or --key/],
    ['a key that is none', () => ['log', log.folder, '--key', 'x'], /A key is written as/],
    ['a policy that is not there', () => ['log', log.folder, '--policy', '/nowhere'], /cannot be read/],
    ['a folder that is not there', () => ['log', '/nowhere', ...trust], /no folder/],
    ['threads that are no number', () => ['log', log.folder, ...trust, '--threads', 'many'], /--threads/],
    [
      'a seen checkpoint that is not there',
      () => ['log', log.folder, ...trust, '--seen', '/nowhere'],
      /cannot be read/,
    ],
    ['nobody who answers', () => ['log', 'http://127.0.0.1:1/log', ...trust], /127\.0\.0\.1:1/],
    ['a receipt that is none', () => ['receipt', 'x', '--log', log.folder, ...trust], /not the code of a receipt/],
    ['a receipt without its log', () => ['receipt', 'x', ...trust], /--log/],
    ['a proof that is none', () => ['bundle', program], /holds no proof/],
  ]
  for (const [what, words, sentence] of unusable)
    it(`says 2 for ${what}`, async () => {
      const { code, out, err } = await run(...words())
      expect(err).to.match(sentence)
      expect([code, out]).to.deep.equal([2, ''])
    })

  describe('at an address', () => {
    let server: Server
    let address: string
    let asked: { path: string; cookie: string | undefined }[] = []
    let failures = 0
    before(async () => {
      server = createServer(async (request, response) => {
        asked.push({ path: request.url!, cookie: request.headers.cookie })
        if (failures > 0) {
          failures -= 1
          response.writeHead(503).end()
          return
        }
        const file = await readFile(join(log.folder, request.url!.slice('/log/'.length))).catch(() => undefined)
        if (!file) response.writeHead(404).end()
        else response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(file))
      })
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/log`
    })
    after(() => server.close())
    beforeEach(() => {
      asked = []
    })

    it('is fetched, kept, and need not be fetched again', async () => {
      const folder = join(await empty(), 'kept')
      failures = 2
      const first = await run('log', address, ...trust, '--download', folder, '--cookie', 'session=1')
      expect([first.code, first.err]).to.deep.equal([0, ''])
      expect(asked.every(({ cookie }) => cookie === 'session=1')).to.equal(true)
      await access(join(folder, 'tile/entries/001'))
      expect((await run('log', folder, ...trust)).code).to.equal(0)
      asked = []
      expect((await run('log', address, ...trust, '--download', folder)).code).to.equal(0)
      expect(asked.map(({ path }) => path)).to.deep.equal(['/log/checkpoint'])
    })

    it('is no log when it has no checkpoint, and broken when a piece is missing', async () => {
      expect(await run('log', `${address}/tile`, ...trust)).to.deep.include({ code: 2, out: '' })
      const bundle = join(log.folder, 'tile/entries/001')
      const bytes = await readFile(bundle)
      await rm(bundle)
      const { code, out } = await run('log', address, ...trust)
      await writeFile(bundle, bytes)
      expect(code).to.equal(1)
      expect(out).to.match(/entry 256, tile\/entries\/001: The entries are missing/)
    })
  })

  describe('a receipt', () => {
    const size = 600
    const position = 300
    const codeOf = (over: { position?: number; size?: number; hash?: string; root?: string } = {}) => {
      const leaves = bodies().map((body) => hashOfEntry(body))
      const at = over.position ?? position
      const root = over.root ?? Buffer.from(rootOver(leaves.slice(0, over.size ?? size))).toString('hex')
      const hash = over.hash ?? leaves[at]!.toString('hex')
      const said = `o=${encodeURIComponent(origin)}&s=${over.size ?? size}&r=${root}&p=${at}&h=${hash}`
      return `https://custody.example/r/${at}-${'a'.repeat(22)}#${said}`
    }
    const check = (code: string) => run('receipt', code, '--log', log.folder, ...trust)

    it('is held against the log', async () => {
      expect((await check(codeOf())).code).to.equal(0)
      const last = bodies().length - 1
      expect((await check(codeOf({ position: last, size: last + 1 }))).code).to.equal(0)
      const other = await check(codeOf({ hash: 'ab'.repeat(32) }))
      expect(other.code).to.equal(1)
      expect(other.out).to.match(/Another entry stands there/)
      const fork = await check(codeOf({ root: 'ab'.repeat(32) }))
      expect(fork.code).to.equal(1)
      expect(fork.out).to.match(/does not continue/)
    })
  })

  describe('the proof of an item', () => {
    const proof = () => {
      const at = positionOf('ItemReturned')
      const { id } = entryOf(bodies()[at]!).subject
      const leaves = bodies().map((body) => hashOfEntry(body))
      const entries = bodies().flatMap((body, position) => {
        if (entryOf(body).subject.id !== id) return []
        const inclusion = pathOf(position, leaves).map((hash) => Buffer.from(hash).toString('base64'))
        return [{ position, body: body.toString('base64'), inclusion }]
      })
      const policy = `log ${key.vkey}\nquorum none\n`
      const said = { format: bundleFormat, item: id, origin, entries, checkpoint: log.note }
      return { ...said, keys: [key.vkey], policy, files: [] }
    }
    const fileOf = async (text: string) => {
      const file = join(await empty(), 'proof')
      await writeFile(file, text)
      return file
    }

    it('is read from JSON and from its page, with the keys of the reader or its own', async () => {
      const json = JSON.stringify(proof())
      const page = `<!doctype html><script type="application/json" id="proof">${json.replaceAll('<', '\\u003c')}</script>`
      for (const text of [json, page]) {
        expect((await run('bundle', await fileOf(text), ...trust)).code).to.equal(0)
        const own = await run('bundle', await fileOf(text))
        expect(own.code).to.equal(0)
        expect(own.out).to.match(/only --policy or --key can tell/)
      }
    })

    it('is refused when an entry is left out, or when another key has signed', async () => {
      const whole = proof()
      const left = { ...whole, entries: whole.entries.toSpliced(1, 1) }
      const broken = await run('bundle', await fileOf(JSON.stringify(left)), ...trust)
      expect(broken.code).to.equal(1)
      expect(broken.out).to.match(/Version 3 stands after version 1/)
      const stranger = await run('bundle', await fileOf(JSON.stringify(whole)), '--key', otherKey.vkey)
      expect([stranger.code, stranger.out]).to.deep.equal([1, 'No key that is trusted has signed this.\nNOT SOUND.\n'])
    })
  })
})
