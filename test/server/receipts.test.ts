// Receipts: the paper of every fact that has one, its code read back from the paper, and the public page's checks.

import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import fc from 'fast-check'
import pg from 'pg'
import { type Checked, checkReceipt, paperIn } from '../../client/data/check-receipt.ts'
import { type PublicReceipt, receiptFacts, standingOf } from '../../server/contract/receipts.ts'
import { agenciesUnder, keysOf } from '../../server/custody/audience.ts'
import { catalogue } from '../../server/custody/catalogue.ts'
import type { Item } from '../../server/custody/item.ts'
import { clockIn } from '../../server/custody/local-time.ts'
import { contentOf } from '../../server/documents/receipt/content.ts'
import { receiptToken } from '../../server/documents/receipt/token.ts'
import type { ReceiptContent } from '../../server/documents/receipt.ts'
import { readSentences } from '../../server/http/sentences.ts'
import { secretOf } from '../../server/installation.ts'
import { keepCosignature, newestCheckpoint } from '../../server/ledger/checkpoints.ts'
import { headOf } from '../../server/ledger/read.ts'
import { logKey, noteOf } from '../../server/ledger/sign.ts'
import { cosignedMessage, formatVerifierKey, keyId, parseNote, toBase64 } from '../../server/proof/index.ts'
import { personByLogin, readUnits } from '../../server/views/people.ts'
import { readReceipt } from '../../server/views/receipts.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import {
  covered as coveredIn,
  linkTo as linkIn,
  pagesOf,
  positionOf as positionIn,
  codeOn as readCode,
} from '../support/receipts.ts'
import {
  Browser,
  caseNo,
  idNumber,
  newItem,
  populate,
  receiving,
  requesting,
  signedIn,
  startServer,
  type TestServer,
  taking,
  type World,
} from '../support/server.ts'

/** Whoever holds it makes checkpoints, see followers/tree.ts. */
const leaderLock = 7_305_003
const recipientNumber = '330102198505050056'
const outsider = '孟领取'

type Witness = ReturnType<typeof witness>
const agencies = ['police', 'procuratorate', 'court']
const witnesses = agencies.map((name) => witness(`${name}.example/witness`))
/** Only one has an address, and nobody is there. */
const policy = [
  '# Of the inside of the house.',
  ...agencies.map((name, n) => `witness ${name} ${witnesses[n]!.vkey}`),
  `witness spare ${witness('spare.example').vkey} http://127.0.0.1:9/inside`,
  'group agencies 2 police procuratorate court',
  'quorum agencies',
  '',
].join('\n')

describe('receipts', function () {
  this.timeout(120_000)
  let database: TestDatabase
  let server: TestServer
  let world: World
  let folder: string
  let inspector: Browser
  const nobody = () => new Browser(server.url)
  const take = (...args: Parameters<ReturnType<typeof taking>>) => taking(server.parts)(...args)

  before(async () => {
    database = await freshDatabase()
    folder = await mkdtemp(join(tmpdir(), 'stillpoint-receipts-'))
    const logPolicyFile = join(folder, 'policy')
    await writeFile(logPolicyFile, policy)
    server = await startServer({ database, config: { logPolicyFile } })
    world = await populate(server)
    inspector = await signedIn(server, 'inspector')
  })
  after(async () => {
    await server?.close()
    await database?.close()
    if (folder) await rm(folder, { recursive: true })
  })

  /** Things of the case that are in store. */
  const stored = async (count: number): Promise<string[]> => {
    const document = { kind: '扣押清单', no: `扣 ${Math.random().toString(36).slice(2)}`, date: '2026-03-01' }
    const items = Array.from({ length: count }, (_, n) => newItem(String(n + 1), world.photo))
    const registered = await take('officer', 'intake.register', { caseNo, document, measure: 'seize', items })
    const codes = registered.items.map(({ code }) => code)
    await take('keeper', 'intake.receive', receiving(world.place.slot, world.photo), codes, ['officer'])
    return codes
  }
  const approvedReturn = async (codes: string[]) => {
    const owner = { name: '权利人', idNumber: '330102196001010019', contact: '13800000000' }
    await take('officer', 'return.propose', { ground: 'victim', owner, titleProof: [world.photo] }, codes)
    await take('leader', 'return.approve', {}, codes)
  }
  const handOver = (codes: string[]) => {
    const recipient = { name: outsider, idNumber: recipientNumber, relation: 'agent' }
    const input = { recipient, ...world.papers }
    return take('keeper', 'return.hand-over', input, codes, ['keeper2'])
  }
  const positionOf = (code: string, fact: string) => positionIn(server, code, fact)
  const covered = () => coveredIn(server)
  const linkTo = (position: number) => linkIn(server, position)
  const paperOf = (browser: Browser, position: number) => browser.get(`/api/documents/receipt?position=${position}`)
  /** The text in the code on the paper, read as a camera would. */
  const codeOn = async (position: number): Promise<string> => {
    await covered()
    const { status, body } = await paperOf(inspector, position)
    expect(status).to.equal(200)
    return readCode(body)
  }
  const told = async (link: string): Promise<PublicReceipt> => {
    const paper = paperIn(link)
    const { pathname } = new URL(link)
    const size = paper && paper !== 'damaged' ? `?size=${paper.size}` : ''
    const { status, body, text } = await nobody().get(`${pathname.replace('/r/', '/api/receipts/')}${size}`)
    expect(status, text).to.equal(200)
    return body
  }
  /** What the page makes of the code on a paper. */
  const check = async (link: string): Promise<Checked> => {
    const paper = paperIn(link)
    if (paper === 'damaged') throw new Error('a damaged code')
    return checkReceipt(await told(link), paper)
  }
  const failed = ({ checks }: Checked) => checks.flatMap(({ name, result }) => (result === 'failed' ? [name] : []))

  describe('on paper', () => {
    /** A position of every fact that has a receipt. */
    const positions: Record<string, number> = {}
    /** What the paper says to a reader. */
    const contentFor = async (login: string, position: number): Promise<ReceiptContent | undefined> => {
      const { pool, database: opened } = database
      const person = (await personByLogin(pool, login))!
      const keys = [...keysOf(person, agenciesUnder(person.agency, await readUnits(pool)), new Date().toISOString())]
      const receipt = await readReceipt({ dataSource: opened.dataSource, pool, catalogue }, keys, position)
      const { text, word } = await readSentences(new URL('../../client/locales/', import.meta.url), 'Asia/Shanghai')
      const both = (key: string, params?: object) => ({
        zh: text(key, 'zh-CN', { ...params }),
        en: text(key, 'en', { ...params }),
      })
      const proof = {
        origin: 'o',
        size: 1,
        root: '',
        position,
        leafHash: '',
        cosignedBy: ['court'],
        ownWitnesses: true,
      }
      return (
        receipt &&
        contentOf(receipt, proof, 'https://example.test', { both, word, clock: (at) => clockIn('Asia/Shanghai', at) })
      )
    }

    before(async () => {
      const [returned, disposed, lent] = (await stored(3)) as [string, string, string]
      await approvedReturn([returned])
      await handOver([returned])
      const basis = { kind: 'decision', no: '处 1 号', date: '2026-04-01', document: world.papers.authority }
      await take('officer', 'disposal.propose', { kind: 'destroy', basis, reason: '无价值' }, [disposed])
      await take('legal', 'disposal.review', {}, [disposed])
      await take('leader', 'disposal.approve', {}, [disposed])
      const at = new Date().toISOString()
      const executed = {
        method: '焚烧',
        at,
        site: '环保公司',
        photos: [world.photo],
        vouchers: [{ kind: '销毁证明', no: '销 9' }],
        report: world.photo,
      }
      await take('keeper', 'disposal.execute', executed, [disposed], ['keeper2', 'inspector'])
      await take('officer', 'retrieval.request', requesting(), [lent])
      await take('head', 'retrieval.approve', {}, [lent])
      await take('keeper', 'retrieval.release', { condition: '完好', photos: [world.photo] }, [lent], ['officer'])
      const back = { place: world.place.slot2, condition: 'intact', photos: [world.photo] }
      await take('keeper', 'retrieval.give-back', back, [lent], ['officer'])
      for (const [fact, code] of [
        ['ItemReceived', lent],
        ['ItemReleased', lent],
        ['ItemGivenBack', lent],
        ['TransferAccepted', world.item.accepted],
        ['ItemReturned', returned],
        ['ItemDisposed', disposed],
      ] as const)
        positions[fact] = await positionOf(code, fact)
    })

    for (const [fact, says] of [
      ['ItemReceived', ['A-01', '完好', '某keeper', '某officer', '移交人', 'Handed in by']],
      ['ItemReleased', ['勘验检查', 'Inspection', '某officer', '调用人', 'Borrowed by']],
      ['ItemGivenBack', ['A-02', '完好', 'Intact', '归还人', 'Given back by']],
      ['TransferAccepted', ['江城市公安局', '江城市人民检察院', '审查起诉', 'Prosecution', 'A-01', '实物不动']],
      ['ItemReturned', [outsider, '代领人', 'Agent', '权利人', '某keeper2', '被害人合法财产']],
      ['ItemDisposed', ['销毁', 'Destruction', '焚烧', '环保公司', '销毁证明 销 9', '某inspector']],
    ] as const)
      it(`is given for ${fact}, in Chinese and English, with a code that camera and page read`, async () => {
        const position = positions[fact]!
        const link = await codeOn(position)
        const { headers } = await paperOf(inspector, position)
        expect(headers.get('content-type')).to.equal('application/pdf')
        expect(link).to.match(new RegExp(`^${server.url}/r/\\d+-[\\w-]{22}#`))
        expect((await check(link)).verdict).to.equal('matches')

        const content = JSON.stringify(await contentFor('inspector', position))
        for (const text of says) expect(content).to.include(text)
        // A text that is missing in a language comes out as its key.
        expect(content).not.to.match(/[a-z]:[a-z]+\.[A-Za-z]/)
        for (const secret of [idNumber, recipientNumber, '13800000000']) expect(content).not.to.include(secret)
      })

    it('knows every fact that has one', () => {
      expect(Object.keys(positions).sort()).to.deep.equal([...receiptFacts].sort())
      for (const fact of receiptFacts) expect(catalogue.facts, fact).to.have.property(fact)
    })

    it('lists all items of one command, and its code names the first', async () => {
      const codes = await stored(40)
      const last = await positionOf(codes.at(-1)!, 'ItemReceived')
      const first = await positionOf(codes[0]!, 'ItemReceived')
      const link = await codeOn(last)
      expect(new URL(link).pathname).to.match(new RegExp(`^/r/${first}-`))
      const content = await contentFor('inspector', last)
      const plain = content!.items.rows.map(({ code }) => code.replaceAll('-', ''))
      expect(plain).to.deep.equal(codes)
      expect(pagesOf((await paperOf(inspector, last)).body)).to.equal(2)
      expect(pagesOf((await paperOf(inspector, positions.ItemReturned!)).body)).to.equal(1)
    })

    it('says of each thing how it was, where they were not all alike', async () => {
      const [first, second] = (await stored(2)) as [string, string]
      await take('officer', 'retrieval.request', requesting(), [first, second])
      await take('head', 'retrieval.approve', {}, [first, second])
      const lines = [
        { code: first, seal: '封-1' },
        { code: second, condition: '外壳有划痕' },
      ]
      const out = { condition: '完好', photos: [world.photo], lines }
      await take('keeper', 'retrieval.release', out, [first, second], ['officer'])
      const { rows } = (await contentFor('inspector', await positionOf(first, 'ItemReleased')))!
      const says = rows.map(({ value }) => (typeof value === 'string' ? value : value.zh))
      expect(
        says.some((value) => /完好；.*外壳有划痕/.test(value)),
        says.join(),
      ).to.equal(true)
      expect(says.some((value) => value.endsWith(' 封-1'))).to.equal(true)
    })

    it('bears the newest label of a thing, on paper and on its page', async () => {
      const [code] = (await stored(1)) as [string]
      const position = await positionOf(code, 'ItemReceived')
      const { items } = await take('keeper', 'label.replace', { reason: '破损' }, [code])
      const label = items[0]!.labels.at(-1)!
      expect((await contentFor('inspector', position))!.items.rows[0]!.code.replaceAll('-', '')).to.equal(label)
      expect((await told(await codeOn(position))).item).to.equal(label)
      const { body } = await inspector.get(`/api/documents/receipt/undrawn?position=${position}`)
      expect(body).to.deep.equal({ characters: [] })
    })

    it('shows a reader only the items of the command that are theirs to read', async () => {
      // Four things came in with one command; two of them went to the procuratorate.
      const { stored: kept, accepted, offered, out } = world.item
      const [own] = (await Promise.all([accepted].map((code) => positionOf(code, 'ItemReceived')))) as [number]
      const codesFor = async (login: string) =>
        (await contentFor(login, own))?.items.rows.map(({ code }) => code.replaceAll('-', '')).sort()
      expect(await codesFor('procurator')).to.deep.equal([accepted, offered].sort())
      expect(await codesFor('keeper')).to.deep.equal([kept, out, offered, accepted].sort())
    })

    it('is nobody else’s, and there is none for other entries', async () => {
      const position = positions.ItemReturned!
      await covered()
      for (const login of ['admin', 'econofficer', 'eastkeeper', 'procurator', 'finance', 'prockeeper']) {
        const browser = await signedIn(server, login)
        const { status } = await paperOf(browser, position)
        // Finance sees what is disposed of or returned, see audience.ts.
        expect(status, login).to.equal(login === 'finance' ? 200 : 404)
      }
      expect((await paperOf(nobody(), position)).status).to.equal(401)
      const { size } = await headOf(database.pool)
      for (const none of [0, 1, await positionOf(world.item.waiting, 'ItemRegistered'), size, size + 1_000]) {
        const { status, body } = await paperOf(inspector, none)
        expect([status, body.code], String(none)).to.deep.equal([404, 'receipt.unknown'])
      }
      for (const bad of ['', '-1', '1.5', 'x', '9007199254740993', '1e400'])
        expect((await inspector.get(`/api/documents/receipt?position=${bad}`)).status, bad).to.equal(400)
    })

    it('waits for a checkpoint that covers the entry', async () => {
      const other = await freshDatabase()
      const holder = new pg.Client({ connectionString: other.adminUrl })
      let fresh: TestServer | undefined
      try {
        await holder.connect()
        await holder.query('SELECT pg_advisory_lock($1)', [leaderLock])
        fresh = await startServer({ database: other })
        const there = await populate(fresh)
        const { rows } = await other.pool.query(
          `SELECT position::int FROM ledger WHERE subject_id = $1 AND fact = 'ItemReceived'`,
          [there.item.stored],
        )
        const keeper = await signedIn(fresh, 'keeper')
        const { position } = rows[0]
        const early = await paperOf(keeper, position)
        expect([early.status, early.body.code]).to.deep.equal([409, 'receipt.not-covered'])
        const secret = await secretOf(other.pool, 'receipts')
        const page = await new Browser(fresh.url).get(`/api/receipts/${receiptToken(secret, position)}`)
        expect([page.status, page.body.code]).to.deep.equal([409, 'receipt.not-covered'])

        await holder.query('SELECT pg_advisory_unlock($1)', [leaderLock])
        let late = early
        for (let again = 0; late.status === 409 && again < 10; again += 1) late = await paperOf(keeper, position)
        expect(late.status).to.equal(200)
      } finally {
        await fresh?.close()
        await holder.end()
        await other.close()
      }
    })
  })

  describe('in public', () => {
    it('says where the thing is now, without names and particulars', async () => {
      const codes = await stored(5)
      const [kept, lent, offered, returned, corrected] = codes as [string, string, string, string, string]
      await covered()
      const linkOf = async (code: string) => linkTo(await positionOf(code, 'ItemReceived'))
      const stateOf = async (code: string) => (await told(await linkOf(code))).thing
      await take('officer', 'retrieval.request', requesting(), [lent])
      await take('head', 'retrieval.approve', {}, [lent])
      await take('keeper', 'retrieval.release', { condition: '完好', photos: [world.photo] }, [lent], ['officer'])
      const document = { kind: '起诉意见书', no: '起 77', date: '2026-03-05' }
      const items = [{ code: offered, proposal: '随案移送' }]
      await take('officer', 'transfer.offer', { to: 'proc', stage: 'prosecution', document, items }, [offered])
      await approvedReturn([returned])
      await handOver([returned])
      const correction = {
        position: await positionOf(corrected, 'ItemReceived'),
        field: 'checked.condition',
        right: '有划痕',
        reason: '漏记',
      }
      await take('keeper', 'correction.note', correction, [corrected], ['officer'])
      await covered()

      expect(await stateOf(kept)).to.deep.equal({ state: 'stored', inTransfer: false })
      expect(await stateOf(lent)).to.deep.equal({ state: 'lent-out', inTransfer: false })
      expect(await stateOf(offered)).to.deep.equal({ state: 'stored', inTransfer: true })
      expect(await stateOf(returned)).to.include({ state: 'returned', inTransfer: false })
      expect((await told(await linkOf(kept))).corrected).to.equal(false)
      expect((await told(await linkOf(corrected))).corrected).to.equal(true)

      const { text } = await nobody().get(
        new URL(await linkTo(await positionOf(returned, 'ItemReturned'))).pathname.replace('/r/', '/api/receipts/'),
      )
      for (const secret of [
        outsider,
        recipientNumber,
        idNumber,
        '权利人',
        '测试甲',
        '某',
        '黑色手机',
        caseNo,
        'A-01',
        '公安',
        '127.0.0.1:9',
        'the inside',
      ])
        expect(text, secret).not.to.include(secret)
    })

    it('has a word for every state of custody', () => {
      const item = (custody: object, disposition: object = { state: 'none' }) =>
        standingOf({ custody, disposition, control: { state: 'held' } } as unknown as Item)
      expect(item({ state: 'with-officer' }).state).to.equal('with-officer')
      expect(item({ state: 'in-transit' }).state).to.equal('in-transit')
      const at = '2026-04-01T00:00:00.000Z'
      const gone = { state: 'left' }
      expect(item(gone, { state: 'done', kind: 'auction', at })).to.deep.equal({
        state: 'disposed',
        inTransfer: false,
        kind: 'auction',
        at,
      })
      expect(item(gone, { state: 'done', kind: 'returned', at })).to.deep.equal({
        state: 'returned',
        inTransfer: false,
        at,
      })
    })

    it('opens to the token alone', async () => {
      const position = await positionOf(world.item.stored, 'ItemReceived')
      await covered()
      const secret = await secretOf(database.pool, 'receipts')
      const token = receiptToken(secret, position)
      const status = async (text: string) => (await nobody().get(`/api/receipts/${encodeURIComponent(text)}`)).status
      expect(await status(token)).to.equal(200)

      const other = (character: string) => (character === 'A' ? 'B' : 'A')
      const spoiled = [...token].map((character, at) => token.slice(0, at) + other(character) + token.slice(at + 1))
      const sixth = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
      const last = sixth.indexOf(token.at(-1)!)
      const wrong = [
        ...spoiled,
        // Decodes to the same bytes.
        token.slice(0, -1) + sixth[last ^ 1],
        token.slice(0, -1),
        `${token}A`,
        `0${token}`,
        ` ${token}`,
        token.replace('-', ''),
        String(position),
        `${position}-`,
        `${position + 1}${token.slice(token.indexOf('-'))}`,
        receiptToken('another secret', position),
        // Ours, but no receipt is given for it.
        receiptToken(secret, 0),
        receiptToken(secret, 999_999),
        world.item.stored,
        '__proto__',
      ]
      for (const text of wrong) expect(await status(text), text).to.equal(404)
      expect(await status('x'.repeat(61))).to.be.oneOf([400, 404])
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: fc.constantFrom(...sixth), minLength: 22, maxLength: 22 }), async (mark) => {
          expect(await status(`${position}-${mark}`)).to.equal(mark === token.split('-').slice(1).join('-') ? 200 : 404)
        }),
        { numRuns: 30 },
      )
    })

    it('comes with the checkpoint that most have cosigned', async () => {
      const position = await positionOf(world.item.stored, 'ItemReceived')
      await covered()
      const signer = new pg.Client({ connectionString: database.database.signerUrl })
      await signer.connect()
      try {
        const { origin } = await told(await linkTo(position))
        const cosigned = (await newestCheckpoint(database.pool, origin))!
        const by = witnesses.slice(0, 2)
        const keep = ({ keyName, keyId, cosign }: Witness, { size, note }: { size: number; note: string }) =>
          keepCosignature(signer, { origin, size, keyName, keyId, line: cosign(note).trim(), at: new Date() })
        for (const each of by) await keep(each, cosigned)
        await stored(1)
        await covered()
        const newest = (await newestCheckpoint(database.pool, origin))!
        expect(newest.size).to.be.greaterThan(cosigned.size)
        await keep(by[0]!, newest)

        const token = receiptToken(await secretOf(database.pool, 'receipts'), position)
        const note = async (size: number) => (await nobody().get(`/api/receipts/${token}?size=${size}`)).body.checkpoint
        expect(await note(1)).to.equal(cosigned.note + by.map(({ cosign }) => cosign(cosigned.note)).join(''))
        // A paper printed later must find itself in it.
        expect(await note(newest.size)).to.equal(newest.note + by[0]!.cosign(newest.note))
        expect(new URLSearchParams(new URL(await codeOn(position)).hash.slice(1)).get('s')).to.equal(
          String(cosigned.size),
        )
        const checked = await check(await codeOn(position))
        expect(checked).to.deep.include({ verdict: 'matches', cosignedBy: ['police', 'procuratorate'], quorum: true })
      } finally {
        await signer.end()
      }
    })

    it('takes a size that makes sense', async () => {
      const link = await linkTo(await positionOf(world.item.stored, 'ItemReceived'))
      const path = new URL(link).pathname.replace('/r/', '/api/receipts/')
      for (const size of ['0', '-1', 'x', '1.5'])
        expect((await nobody().get(`${path}?size=${size}`)).status).to.equal(400)
      const { body } = await nobody().get(`${path}?size=99999999`)
      expect(body).not.to.have.property('consistency')
    })
  })

  describe('checked by the page', () => {
    let link: string
    const changed = (name: string, value: string) => link.replace(new RegExp(`([#&]${name}=)[^&]*`), `$1${value}`)
    const hexOf = (name: string) => new RegExp(`[#&]${name}=([^&]*)`).exec(link)![1]!
    const flipped = (hex: string) => (hex[0] === '0' ? '1' : '0') + hex.slice(1)

    before(async () => {
      const [code] = (await stored(1)) as [string]
      link = await codeOn(await positionOf(code, 'ItemReceived'))
      // The log goes on after the paper was printed.
      await stored(2)
      await covered()
    })

    it('matches, also when the log has gone on since', async () => {
      const checked = await check(link)
      expect(checked.verdict).to.equal('matches')
      expect(checked.log!.size > paperOn(link).size).to.equal(true)
      expect(checked.checks.map(({ name, result }) => [name, result])).to.deep.equal([
        ['leaf', 'ok'],
        ['key', 'ok'],
        ['inclusion', 'ok'],
        ['history', 'ok'],
        ['witnesses', 'note'],
      ])
    })

    it('matches in a later epoch of the log too, and not in an earlier one', async () => {
      const answer = await told(link)
      const in2 = `${answer.origin}/epoch-2`
      const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
      const key = logKey(pem, in2, 'a test')
      const text = answer.checkpoint.split('\n\n')[0]!.replace(answer.origin, in2)
      const checkpoint = noteOf(`${text}\n`, [key.signatureOver(`${text}\n`)])
      const later = { ...answer, origin: in2, checkpoint, logKeys: [key.vkey] }
      expect(checkReceipt(later, paperOn(link)).verdict).to.equal('matches')
      expect(failed(await check(changed('o', encodeURIComponent(in2))))).to.deep.equal(['leaf'])
    })

    it('differs when root, leaf, size or log are others', async () => {
      expect(failed(await check(changed('r', flipped(hexOf('r')))))).to.deep.equal(['history'])
      expect(failed(await check(changed('h', flipped(hexOf('h')))))).to.deep.equal(['leaf', 'inclusion'])
      expect(failed(await check(changed('o', 'another.example%2Flog')))).to.deep.equal(['leaf'])
      const { size } = paperOn(link)
      expect(failed(await check(changed('s', String(size + 1n))))).to.deep.equal(['history'])
      const longer = await check(changed('s', '99999999'))
      expect(longer.checks.find(({ name }) => name === 'history')).to.include({ result: 'failed', why: 'log-shorter' })
      expect(longer.verdict).to.equal('differs')
    })

    it('differs when the paper is of another entry', async () => {
      const other = await linkTo(await positionOf(world.item.stored, 'ItemReceived'))
      const mixed = checkReceipt(await told(other), paperOn(link))
      expect(mixed.verdict).to.equal('differs')
      expect(failed(mixed)).to.include('leaf')
    })

    it('differs when the server’s own proof does not hold', async () => {
      const answer = await told(link)
      const paper = paperOn(link)
      const [first, ...rest] = answer.inclusion
      const spoil = (spoiled: Partial<PublicReceipt>) => checkReceipt({ ...answer, ...spoiled }, paper)
      expect(failed(spoil({ inclusion: rest }))).to.deep.equal(['inclusion'])
      expect(
        failed(spoil({ inclusion: [first!.replace(/^./, (at) => (at === 'A' ? 'B' : 'A')), ...rest] })),
      ).to.deep.equal(['inclusion'])
      expect(failed(spoil({ consistency: [] }))).to.deep.equal(['history'])
      expect(failed(spoil({ consistency: undefined }))).to.deep.equal(['history'])
      // With a key that never signed this nothing else is worth looking at.
      const stranger = spoil({ logKeys: [strangerKey(answer.origin)] })
      expect(failed(stranger)).to.deep.equal(['key'])
      expect(stranger).not.to.have.property('log')
      expect(failed(spoil({ checkpoint: answer.checkpoint.replace(/\n\d+\n/, '\n1\n') }))).to.include('key')
      expect(failed(spoil({ policy: 'quorum' }))).to.deep.equal(['witnesses'])
    })

    it('says who cosigned, and whether they are enough', async () => {
      const answer = await told(link)
      const paper = paperOn(link)
      const bare = `${answer.checkpoint.split('\n\n')[0]}\n\n${answer.checkpoint.split('\n\n')[1]!.split('\n')[0]}\n`
      const cosigned = (count: number) =>
        bare +
        witnesses
          .slice(0, count)
          .map(({ cosign }) => cosign(bare))
          .join('')
      const result = (count: number, note = cosigned(count)) => checkReceipt({ ...answer, checkpoint: note }, paper)
      const witnessed = ({ checks }: Checked) => checks.find(({ name }) => name === 'witnesses')!.result
      expect(result(2)).to.deep.include({ verdict: 'matches', cosignedBy: ['police', 'procuratorate'], quorum: true })
      expect(witnessed(result(2))).to.equal('ok')
      expect(result(1)).to.deep.include({ verdict: 'matches', cosignedBy: ['police'], quorum: false })
      expect(witnessed(result(1))).to.equal('note')
      // A cosignature of another checkpoint, under this one.
      const stolen = witnesses[0]!.cosign(bare.replace(/\n\d+\n/, '\n7\n'))
      const forged = result(0, bare + stolen)
      expect(forged.verdict).to.equal('differs')
      expect(failed(forged)).to.deep.equal(['witnesses'])
    })

    it('knows a code that was cut off or altered, and an address without one', () => {
      expect(paperIn(link.slice(0, link.indexOf('#')))).to.equal(undefined)
      expect(paperIn(`${link.slice(0, link.indexOf('#'))}#`)).to.equal(undefined)
      for (const broken of [
        link.slice(0, -1),
        link.slice(0, link.lastIndexOf('&')),
        `${link}&x=1`,
        changed('p', '1'),
        changed('s', '1'),
        changed('r', hexOf('r').toUpperCase()),
        changed('r', ''),
      ])
        expect(paperIn(broken), broken).to.equal('damaged')
    })

    it('checks the log alone when there is no paper', async () => {
      const checked = checkReceipt(await told(link), undefined)
      expect(checked.verdict).to.equal('bare')
      expect(checked.checks.map(({ result }) => result)).to.deep.equal(['skipped', 'ok', 'ok', 'skipped', 'note'])
    })
  })

  const paperOn = (link: string) => {
    const paper = paperIn(link)
    if (!paper || paper === 'damaged') throw new Error(`no code of a receipt: ${link}`)
    return paper
  }
})

function keyPair() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return {
    privateKey: createPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    key: new Uint8Array(Buffer.from(publicKey.export({ format: 'jwk' }).x!, 'base64url')),
  }
}

function vkeyOf(name: string, type: 1 | 4, key: Uint8Array): string {
  return formatVerifierKey({ name, type, key, id: keyId(name, type, key) })
}

const strangerKey = (name: string) => vkeyOf(name, 1, keyPair().key)

/** A witness that cosigns whatever it is given. */
function witness(name: string) {
  const { privateKey, key } = keyPair()
  const cosign = (checkpoint: string): string => {
    const time = 1_795_000_000n
    const stamp = Buffer.alloc(8)
    stamp.writeBigUInt64BE(time)
    const signature = sign(null, cosignedMessage(parseNote(checkpoint).text, time), privateKey)
    return `— ${name} ${toBase64(new Uint8Array(Buffer.concat([keyId(name, 4, key), stamp, signature])))}\n`
  }
  return { keyName: name, keyId: Buffer.from(keyId(name, 4, key)), vkey: vkeyOf(name, 4, key), cosign }
}
