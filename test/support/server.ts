// A server for tests: the real app on a fresh database, with a small world made by steps, and browsers to talk to it.

import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { io, type Socket } from 'socket.io-client'
import { type App, newLog, partsOf, startApp } from '../../server/app.ts'
import type { Config } from '../../server/config.ts'
import type { Movement } from '../../server/contract/movements.ts'
import type { Problem, StepAnswer } from '../../server/contract/steps.ts'
import type { Catalogue } from '../../server/custody/catalogue.ts'
import type { Role } from '../../server/custody/subjects.ts'
import { storeFile } from '../../server/files/store.ts'
import { setPassword } from '../../server/people/passwords.ts'
import { establish, type Parts, perform } from '../../server/perform.ts'
import { personByLogin } from '../../server/views/people.ts'
import { freshDatabase, type TestDatabase } from './database.ts'

export const password = 'a password for tests'
export const caseNo = 'A3301020000002026030001'
export const otherCaseNo = 'A3301020000002026030002'
export const procCaseNo = 'A3301020000002026030003'
/** Of an outsider: may stand in no entry, no line and no log. */
export const idNumber = '330102199001010012'

export type TestServer = {
  /** What browsers are told; the server itself is on 127.0.0.1 at `port`. */
  url: string
  port: number
  config: Config
  database: TestDatabase
  parts: Parts
  app: App
  /** Every line of the log so far, as written. */
  log: string[]
  close(): Promise<void>
}

export function testConfig(
  database: Pick<TestDatabase, 'adminUrl'>,
  dataDir: string,
  changed: Partial<Config> = {},
): Config {
  return {
    port: 0,
    host: '127.0.0.1',
    databaseUrl: database.adminUrl,
    dataDir,
    demo: false,
    publicUrl: 'http://127.0.0.1:0',
    logOrigin: 'test.example/ledger',
    logKeyFile: join(dataDir, 'keys', 'log-key'),
    logPublic: false,
    logPolicyFile: undefined,
    timeZone: 'Asia/Shanghai',
    locale: 'zh-CN',
    ...changed,
  }
}

/** Starts the app on a port of its own; closing it also drops the database that it was given none. */
export async function startServer(
  given: { database?: TestDatabase; config?: Partial<Config>; catalogue?: Catalogue } = {},
): Promise<TestServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'stillpoint-server-'))
  const database = given.database ?? (await freshDatabase())
  const config = testConfig(database, dataDir, given.config)
  const log: string[] = []
  const app = await startApp(config, database.database, {
    log: newLog({ write: (line) => void log.push(line) }, 'info'),
    print: () => {},
    catalogue: given.catalogue,
  })
  return {
    url: app.address,
    port: app.port,
    config,
    database,
    parts: await partsOf(config, database),
    app,
    log,
    close: async () => {
      await app.close()
      if (!given.database) await database.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** Takes a step without HTTP, with the countersignatures of `signedBy`. */
export function taking(parts: Parts) {
  return (
    actor: string,
    step: string,
    input: unknown,
    items: string[] = [],
    signedBy: string[] = [],
  ): Promise<StepAnswer> =>
    perform(parts, {
      step,
      commandId: randomUUID(),
      items,
      input,
      actor,
      authenticated: { by: 'password', at: new Date().toISOString() },
      claim: async () => signedBy,
    })
}

// biome-ignore lint/suspicious/noExplicitAny: a test says what it expects of an answer.
type Anything = any
export type Answer<Body = Anything> = { status: number; body: Body; text: string; headers: Headers }
export type Sent = { headers?: Record<string, string>; raw?: string | Buffer | FormData }

/** Something like a browser: keeps its cookie and says where it comes from. */
export class Browser {
  cookie = ''
  constructor(
    readonly url: string,
    readonly login = '',
  ) {}

  async ask<Body = Anything>(method: string, path: string, body?: unknown, sent: Sent = {}): Promise<Answer<Body>> {
    const response = await fetch(this.url + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(this.cookie ? { cookie: this.cookie } : {}),
        ...(method === 'GET' ? {} : { origin: this.url }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...sent.headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(sent.raw === undefined ? {} : { body: sent.raw as never }),
    })
    const set = response.headers.getSetCookie().find((cookie) => cookie.includes('stillpoint='))
    if (set) this.cookie = set.split(';', 1)[0]!
    const bytes = Buffer.from(await response.arrayBuffer())
    const text = bytes.toString()
    const isJson = /json/.test(response.headers.get('content-type') ?? '')
    return {
      status: response.status,
      body: isJson ? JSON.parse(text) : (bytes as Body),
      text,
      headers: response.headers,
    }
  }

  get = <Body = Anything>(path: string, sent?: Sent) => this.ask<Body>('GET', path, undefined, sent)
  post = <Body = Anything>(path: string, body: unknown = {}, sent?: Sent) => this.ask<Body>('POST', path, body, sent)
  delete = (path: string) => this.ask('DELETE', path)

  step = (step: string, input: unknown, items: string[] = [], more: object = {}) =>
    this.post<StepAnswer & Problem>(`/api/steps/${step}`, { commandId: randomUUID(), items, input, ...more })

  async signIn(as = this.login, secret = password): Promise<Answer> {
    return this.post('/api/session', { login: as, password: secret })
  }

  /** A token of a second person for a command of this one. */
  async countersign(login: string, step: string, input: unknown, items: string[] = []): Promise<string> {
    const { body } = await this.post('/api/countersignatures', { login, password, step, items, input })
    return body.token
  }

  /** A socket with this browser's cookie, from this server's page or from elsewhere. */
  socket(headers: Record<string, string> = {}): Socket {
    const extraHeaders = { cookie: this.cookie, origin: this.url, ...headers }
    return io(this.url, { transports: ['websocket'], forceNew: true, reconnection: false, extraHeaders })
  }
}

/** A browser in which somebody is signed in. */
export async function signedIn(server: { url: string }, login: string): Promise<Browser> {
  const browser = new Browser(server.url, login)
  const { status, text } = await browser.signIn()
  if (status !== 200) throw new Error(`${login} could not sign in: ${text}`)
  return browser
}

/** Lines a socket receives, and waiting for them. */
export function linesOf(socket: Socket): { lines: Movement[]; upTo: (position: number) => Promise<void> } {
  const lines: Movement[] = []
  socket.on('movement', (line: Movement) => lines.push(line))
  const upTo = (position: number) => until(() => (lines.at(-1)?.position ?? -1) >= position, `a line at ${position}`)
  return { lines, upTo }
}

export async function until(holds: () => boolean | Promise<boolean>, what: string, withinMs = 30_000): Promise<void> {
  const end = Date.now() + withinMs
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 15))
  }
}

/** Login → unit or agency, role, scope (places by their names in `World`). Every role is there in both agencies. */
export const staff: Record<string, [home: string, role: Role, scope: string]> = {
  officer: ['crim', 'officer', 'crim'],
  officer2: ['crim', 'officer', 'crim'],
  econofficer: ['econ', 'officer', 'econ'],
  head: ['crim', 'head', 'crim'],
  econhead: ['econ', 'head', 'econ'],
  keeper: ['psb', 'keeper', 'site'],
  keeper2: ['psb', 'keeper', 'site'],
  eastkeeper: ['psb', 'keeper', 'east'],
  storehead: ['psb', 'storehead', 'psb'],
  legal: ['psb', 'legal', 'psb'],
  leader: ['psb', 'leader', 'psb'],
  principal: ['psb', 'principal', 'psb'],
  finance: ['psb', 'finance', 'psb'],
  inspector: ['psb', 'inspector', 'psb'],
  procurator: ['proc', 'casemanager', 'proc'],
  procofficer: ['dept', 'officer', 'dept'],
  prochead: ['dept', 'head', 'dept'],
  prockeeper: ['proc', 'keeper', 'procsite'],
  procstorehead: ['proc', 'storehead', 'proc'],
  procleader: ['proc', 'leader', 'proc'],
  procprincipal: ['proc', 'principal', 'proc'],
  procfinance: ['proc', 'finance', 'proc'],
  procinspector: ['proc', 'inspector', 'proc'],
}
export const logins = ['admin', 'procadmin', ...Object.keys(staff)]

export type World = {
  /** Codes of places by name. */
  place: Record<'site' | 'slot' | 'slot2' | 'east' | 'eastslot' | 'procsite' | 'procslot', string>
  /** Hash of a photograph that `officer` uploaded. */
  photo: string
  /** What is signed and taken when a thing is handed to its owner's agent; a file each. */
  papers: Record<'authority' | 'signature' | 'photo', string>
  /** Codes of items by what has become of them. */
  item: Record<'waiting' | 'stored' | 'out' | 'cash' | 'offered' | 'accepted' | 'econ' | 'proc', string>
}

export const newItem = (line: string, photo: string, more: object = {}) => ({
  line,
  name: `黑色手机 ${line}`,
  class: 'general',
  quantity: '1',
  unit: '部',
  features: '屏幕有裂痕',
  source: '现场扣押',
  extractedAt: '2026-03-01T01:00:00.000Z',
  takenFrom: { name: '测试甲', idNumber },
  witness: { absentBecause: '无见证人在场' },
  photos: [photo],
  ...more,
})

export const receiving = (place: string, photo: string) => ({
  place,
  checked: { documents: true, quantity: true, condition: '完好' },
  photos: [photo],
  quantityReceived: '1',
})

export const requesting = () => ({
  purpose: 'inspection',
  reason: '侦查实验',
  usedAt: new Date(Date.now() + 3_600_000).toISOString(),
  dueAt: new Date(Date.now() + 5 * 86_400_000).toISOString(),
})

/** Two agencies with everybody in them and items in every state that these tests look at. */
export async function populate({ parts, config, database }: TestServer): Promise<World> {
  const take = taking(parts)
  const made = async (actor: string, step: string, input: object) =>
    (await take(actor, step, input)).entries[0]!.subject.id
  await establish(parts, {
    agency: { id: 'psb', name: '江城市公安局', type: 'police' },
    admin: { login: 'admin', name: '管理员', number: '000001' },
  })
  await take('admin', 'unit.add', { id: 'crim', name: '刑侦大队' })
  await take('admin', 'unit.add', { id: 'econ', name: '经侦大队' })
  await take('admin', 'agency.add', { id: 'proc', name: '江城市人民检察院', type: 'procuratorate' })
  await take('admin', 'person.add', { login: 'procadmin', name: '检察院管理员', number: 'p0', unit: 'proc' })
  await take('admin', 'person.grant', { login: 'procadmin', role: 'admin', scope: 'proc' })
  await take('procadmin', 'unit.add', { id: 'dept', name: '第二检察部' })

  const store = async (actor: string, name: string) => {
    const site = await made(actor, 'place.add', { kind: 'site', name })
    const room = await made(actor, 'place.add', { kind: 'room', parent: site, name: '一号库' })
    const rack = await made(actor, 'place.add', { kind: 'rack', parent: room, name: 'A 架' })
    const slot = await made(actor, 'place.add', { kind: 'slot', parent: rack, name: 'A-01' })
    return { site, rack, slot }
  }
  const main = await store('admin', '涉案财物管理中心')
  const slot2 = await made('admin', 'place.add', { kind: 'slot', parent: main.rack, name: 'A-02' })
  const east = await store('admin', '东区库房')
  const procs = await store('procadmin', '检察院库房')
  const place = {
    site: main.site,
    slot: main.slot,
    slot2,
    east: east.site,
    eastslot: east.slot,
    procsite: procs.site,
    procslot: procs.slot,
  }
  for (const [login, [unit, role, scope]] of Object.entries(staff)) {
    const admin = ['proc', 'dept'].includes(unit) ? 'procadmin' : 'admin'
    await take(admin, 'person.add', { login, name: `某${login}`, number: `n-${login}`, unit })
    await take(admin, 'person.grant', { login, role, scope: (place as Record<string, string>)[scope] ?? scope })
  }
  await giveEverybodyAPassword(parts)

  const pictured = async (background: string) => {
    const picture = await sharp({ create: { width: 64, height: 48, channels: 3, background } })
      .png()
      .toBuffer()
    const stored = await storeFile(database.pool, config.dataDir, picture, { name: '照片.png', uploadedBy: 'officer' })
    return stored.sha256
  }
  const photo = await pictured('#556677')
  const papers = { authority: await pictured('#eeeeee'), signature: await pictured('#222222'), photo }

  const openCase = (actor: string, no: string, unit: string) =>
    take(actor, 'case.open', {
      caseNo: no,
      title: `盗窃案 ${no.slice(-1)}`,
      kind: 'criminal',
      acceptedAt: '2026-02-01T00:00:00.000Z',
      unit,
      officers: [actor],
    })
  const register = async (actor: string, no: string, items: object[]) => {
    const document = { kind: '扣押清单', no: `扣 ${no.slice(-3)}`, date: '2026-03-01' }
    return (await take(actor, 'intake.register', { caseNo: no, document, measure: 'seize', items })).items.map(
      ({ code }) => code,
    )
  }
  await openCase('officer', caseNo, 'crim')
  await openCase('econofficer', otherCaseNo, 'econ')
  await openCase('procofficer', procCaseNo, 'dept')
  const cash = {
    class: 'cash',
    name: '现金',
    unit: '元',
    quantity: '1',
    value: '100',
    details: { denominations: [{ face: '100', count: 1 }] },
  }
  const [waiting, stored, out, money, offered, accepted] = (await register('officer', caseNo, [
    newItem('1', photo),
    newItem('2', photo),
    newItem('3', photo),
    newItem('4', photo, cash),
    newItem('5', photo),
    newItem('6', photo),
  ])) as [string, string, string, string, string, string]
  const [econ] = (await register('econofficer', otherCaseNo, [newItem('1', photo)])) as [string]
  const [proc] = (await register('procofficer', procCaseNo, [newItem('1', photo)])) as [string]
  await take('keeper', 'intake.receive', receiving(main.slot, photo), [stored, out, offered, accepted], ['officer'])
  await take('keeper', 'intake.receive', receiving(main.slot, photo), [money], ['officer', 'keeper2'])
  await take('eastkeeper', 'intake.receive', receiving(east.slot, photo), [econ], ['econofficer'])
  await take('prockeeper', 'intake.receive', receiving(procs.slot, photo), [proc], ['procofficer'])
  await take('officer', 'retrieval.request', requesting(), [out])
  await take('head', 'retrieval.approve', {}, [out])
  await take('keeper', 'retrieval.release', { condition: '完好', photos: [photo] }, [out], ['officer'])
  for (const code of [offered, accepted])
    await take(
      'officer',
      'transfer.offer',
      {
        to: 'proc',
        stage: 'prosecution',
        document: { kind: '起诉意见书', no: `起 ${code}`, date: '2026-03-05' },
        items: [{ code, proposal: '随案移送' }],
      },
      [code],
    )
  await take('legal', 'transfer.endorse', {}, [accepted])
  const verified = { record: true, photos: true, sealNo: true, lastSeenAt: true }
  await take('procurator', 'transfer.accept', { items: [{ code: accepted, verified }] }, [accepted])
  return { place, photo, papers, item: { waiting, stored, out, cash: money, offered, accepted, econ, proc } }
}

/** One hash for all, since making it takes a while. */
async function giveEverybodyAPassword({ pool }: Parts): Promise<void> {
  const first = await personByLogin(pool, 'admin')
  await setPassword(pool, first!.id, password)
  await pool.query(
    `INSERT INTO credentials (person_id, hash)
     SELECT people.id, first.hash FROM people, credentials AS first WHERE first.person_id = $1 AND people.id <> $1`,
    [first!.id],
  )
}
