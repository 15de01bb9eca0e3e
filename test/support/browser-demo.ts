// One running demonstration for all journeys: the real app with its built screens, a browser, and what was done before.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import sharp from 'sharp'
import { partsOf } from '../../server/app.ts'
import type { Card } from '../../server/contract/cards.ts'
import { chinaTime, dayIn } from '../../server/custody/local-time.ts'
import { loadDemo } from '../../server/demo/load.ts'
import { demoPassword } from '../../server/demo/people.ts'
import { storeFile } from '../../server/files/store.ts'
import { launchBrowser } from './browser.ts'
import { type Look, Person } from './browser-person.ts'
import { buildScreens } from './browser-screens.ts'
import { closeAtTheEnd, freshDatabase } from './database.ts'
import { startServer, type TestServer, taking, testConfig } from './server.ts'

export const password = demoPassword
const hourMs = 3_600_000

export type Demo = {
  server: TestServer
  browser: Browser
  /** Somebody of the demonstration, signed in at `path`. */
  person(login: string, path: string, look?: Look): Promise<Person>
  take: ReturnType<typeof taking>
  /** The code of a place by its name. */
  place(name: string): Promise<string>
  card(code: string): Promise<Card>
  /** A moment as it is typed, on the clock of Shanghai. */
  daysAgo(days: number): string
  /** A picture in the store of files, by its hash; as a signature is drawn when asked for. */
  picture(of?: 'signature'): Promise<string>
  /** A case of `officer`, and its number. */
  newCase(title: string): Promise<string>
  /** A thing that `officer` registered in the case. */
  registered(caseNo: string, name: string, more?: object): Promise<string>
  /** The same, and `keeper` took it in. */
  stored(caseNo: string, name: string, place: string, more?: object): Promise<string>
}

let open: Promise<Demo> | undefined
let cases = 0
let lists = 0

/** The same for everybody who asks; closed when the run ends. */
export function openDemo(): Promise<Demo> {
  open ??= start()
  return open
}

async function start(): Promise<Demo> {
  const [database, browser] = await Promise.all([freshDatabase(), launchBrowser(), buildScreens()])
  const dataDir = await mkdtemp(join(tmpdir(), 'stillpoint-demo-'))
  const config = { ...testConfig(database, dataDir), demo: true }
  const parts = await partsOf(config, database)
  await loadDemo({ ...parts, dataDir })
  const server = await startServer({ database, config })
  closeAtTheEnd(async () => {
    await browser.close()
    await server.close()
    await database.close()
    await rm(dataDir, { recursive: true, force: true })
  })
  return {
    server,
    browser,
    ...storyIn(server),
    person: (login, path, look) => signedIn(browser, server, login, path, look),
  }
}

const signedIn = async (browser: Browser, { url }: TestServer, login: string, path: string, look?: Look) =>
  (await Person.at(browser, url, login, look)).signIn(path, password)

const ago = (hours: number) => new Date(Date.now() - hours * hourMs).toISOString()

/** What has happened before a journey begins, by steps. */
function storyIn({ parts, config }: TestServer): Omit<Demo, 'server' | 'browser' | 'person'> {
  const { pool } = parts
  const take = taking(parts)
  const one = async (query: string, value: string) => (await pool.query(query, [value])).rows[0]
  const place = async (name: string): Promise<string> =>
    (await one(`SELECT code FROM places WHERE state->>'name' = $1`, name)).code

  const picture = async (of?: 'signature') => {
    lists += 1
    const noise = { type: 'gaussian' as const, mean: 100 + (lists % 100), sigma: 20 }
    const drawn = sharp({ create: { width: 320, height: 240, channels: 3, background: '#000', noise } })
    const bytes = await (of ? drawn.png() : drawn.jpeg()).toBuffer()
    const name = of ? '签名.png' : '照片.jpg'
    const { sha256 } = await storeFile(pool, config.dataDir, bytes, { name, uploadedBy: 'officer' })
    return sha256
  }

  const newCase = async (title: string) => {
    cases += 1
    const caseNo = `A990103030000202601${9000 + cases}`
    const kind = 'criminal'
    const officers = ['officer', 'officer2']
    await take('officer', 'case.open', { caseNo, title, kind, acceptedAt: ago(20), unit: 'crim', officers })
    return caseNo
  }

  const registered = async (caseNo: string, name: string, more: object = {}) => {
    const item = {
      line: '1',
      name,
      class: 'general',
      quantity: '1',
      unit: '件',
      features: '外观完好',
      source: '现场扣押',
      extractedAt: ago(5),
      takenFrom: { name: '林某' },
      witness: { name: '王某' },
      photos: [await picture()],
      ...more,
    }
    const document = { kind: '扣押清单', no: `扣${lists}号`, date: dayIn(chinaTime, ago(5)) }
    const { items } = await take('officer', 'intake.register', { caseNo, document, measure: 'seize', items: [item] })
    return items[0]!.code
  }

  const stored = async (caseNo: string, name: string, slot: string, more: object = {}) => {
    const code = await registered(caseNo, name, more)
    const { seal } = more as { seal?: string }
    const checked = { documents: true, quantity: true, condition: '完好', ...(seal ? { seal } : {}) }
    const input = { place: await place(slot), checked, photos: [await picture()], quantityReceived: '1' }
    await take('keeper', 'intake.receive', input, [code], ['officer'])
    return code
  }

  const card = async (code: string): Promise<Card> => (await one('SELECT state FROM items WHERE code = $1', code)).state
  const daysAgo = (days: number) =>
    new Date(Date.now() + 8 * hourMs - days * 24 * hourMs).toISOString().slice(0, 16).replace('T', ' ')
  return { take, place, card, daysAgo, picture, newCase, registered, stored }
}
