// Every page, wide and narrow, light and dark, under the eyes of axe-core.

import { readFile } from 'node:fs/promises'
import type { AxeResults, RunOptions } from 'axe-core'
import { expect } from 'chai'
import { axeFile } from '../support/browser.ts'
import { type Demo, openDemo } from '../support/browser-demo.ts'
import { type Look, Person } from '../support/browser-person.ts'
import { linkTo } from '../support/receipts.ts'

type Page = { name: string; login: string; path: string; ready?: (person: Person) => Promise<unknown> }

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const shapes: Record<string, Look> = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } }

describe('journey: every page for everybody', function () {
  this.timeout(240_000)
  let demo: Demo
  let axe: string
  let pages: Page[]

  before(async () => {
    demo = await openDemo()
    axe = await readFile(axeFile, 'utf8')
    pages = await pagesOf(demo)
  })

  for (const [shape, look] of Object.entries(shapes))
    it(`finds nothing serious, ${shape}`, async () => {
      const found: string[] = []
      const people = new Map<string, Person>()
      let looked = 0
      for (const { name, login, path, ready } of pages) {
        const person = people.get(login) ?? (await somebody(demo, login, look))
        people.set(login, person)
        await person.open(path)
        await person.page.getByRole('main').getByRole('heading', { level: 1 }).first().waitFor()
        await person.page.waitForLoadState('networkidle')
        await ready?.(person)
        await person.page.evaluate(axe)
        for (const colorScheme of ['light', 'dark'] as const) {
          await person.page.emulateMedia({ colorScheme })
          await person.page.locator(`html[data-look=${colorScheme}]`).waitFor()
          // In the dark only the colours are others.
          found.push(...(await violations(person, `${name}, ${shape}, ${colorScheme}`, colorScheme === 'dark')))
          looked += 1
        }
        await person.page.emulateMedia({ colorScheme: 'light' })
      }
      console.log(`      ${looked} looks at ${pages.length} pages, ${found.length} violations`)
      for (const person of people.values()) await person.leave()
      expect(found).to.deep.equal([])
    })
})

const somebody = (demo: Demo, login: string, look: Look): Promise<Person> =>
  login === '' ? Person.at(demo.browser, demo.server.url, login, look) : demo.person(login, '/desk', look)

async function violations({ page }: Person, where: string, coloursOnly: boolean): Promise<string[]> {
  const options: RunOptions = {
    runOnly: coloursOnly ? { type: 'rule', values: ['color-contrast'] } : { type: 'tag', values: rules },
    resultTypes: ['violations'],
  }
  const results = await page.evaluate(
    (given) => (globalThis as unknown as { axe: { run(given: object): Promise<AxeResults> } }).axe.run(given),
    options,
  )
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => {
      const [first] = nodes
      return `${where}: ${id} at ${nodes.length} places, first ${first!.target.join(' ')}: ${first!.failureSummary}`
    })
}

/** An item with a long chain, an open docket, a case and a place of the demonstration stand for all of them. */
async function pagesOf({ server, place }: Demo): Promise<Page[]> {
  const received = await server.parts.pool.query(
    `SELECT max(position)::int AS position FROM ledger WHERE fact = 'ItemReceived'`,
  )
  const receipt = (await linkTo(server, received.rows[0].position)).slice(server.url.length)
  const first = async (query: string) => (await server.parts.pool.query(query)).rows[0].code as string
  const item = await first('SELECT code FROM items ORDER BY version DESC, code LIMIT 1')
  const docket = await first(`SELECT code FROM dockets WHERE code LIKE 'D%' AND open ORDER BY code LIMIT 1`)
  const caseNo = await first('SELECT case_no AS code FROM cases ORDER BY case_no LIMIT 1')
  const waiting = await first(`SELECT code FROM items WHERE state->'custody'->>'state' = 'with-officer' LIMIT 1`)
  const scanned = async (person: Person) => {
    await person.scan(waiting)
    await person.page.getByRole('heading', { level: 2 }).first().waitFor()
    await person.scan(await place('A-01'))
    await person.page.getByRole('form').first().waitFor()
  }
  const touring = async ({ page }: Person) => {
    await page.keyboard.press('?')
    await page.getByRole('button', { name: '五分钟导览' }).click()
    await page.locator('[data-tour="here"]').waitFor()
  }
  const verified = async ({ page }: Person) => {
    await page.getByRole('button', { name: '验证此链' }).click()
    await page.getByText('核验时间').waitFor()
    await page.getByText('核验所用的密钥和数值').click()
  }
  /** Bundles of entries come with every hundredth byte changed. */
  const foundFalse = async (person: Person) => {
    await person.page.route('**/api/log/tile/entries/**', async (route) => {
      const response = await route.fetch()
      const { 'content-encoding': _, 'content-length': __, ...headers } = response.headers()
      const body = (await response.body()).map((byte, at) => (at > 2 && at % 100 === 0 ? byte ^ 1 : byte))
      await route.fulfill({ headers, body: Buffer.from(body) })
    })
    await verified(person)
    await person.page.unroute('**/api/log/tile/entries/**')
  }
  return [
    { name: 'sign-in', login: '', path: '/' },
    { name: 'receipt', login: '', path: receipt },
    { name: 'not found', login: 'inspector', path: '/nowhere' },
    { name: 'desk', login: 'officer', path: '/desk' },
    { name: 'register', login: 'officer', path: '/register' },
    { name: 'scan station before a scan', login: 'keeper', path: '/scan' },
    { name: 'scan station', login: 'keeper', path: '/scan', ready: scanned },
    { name: 'desk of a supervisor', login: 'inspector', path: '/desk' },
    { name: 'items', login: 'inspector', path: '/items' },
    { name: 'search', login: 'inspector', path: '/search?q=shouji' },
    { name: 'item', login: 'inspector', path: `/items/${item}` },
    { name: 'item, verified', login: 'inspector', path: `/items/${item}`, ready: verified },
    { name: 'item, found to be false', login: 'inspector', path: `/items/${item}`, ready: foundFalse },
    { name: 'log', login: 'inspector', path: '/log' },
    { name: 'dockets', login: 'inspector', path: '/dockets' },
    { name: 'docket', login: 'inspector', path: `/dockets/${docket}` },
    { name: 'cases', login: 'inspector', path: '/cases' },
    { name: 'case', login: 'inspector', path: `/cases/${caseNo}` },
    { name: 'store', login: 'inspector', path: '/store' },
    { name: 'place', login: 'inspector', path: `/store/${await place('A-01')}` },
    { name: 'live board', login: 'inspector', path: '/live' },
    { name: 'people', login: 'admin', path: '/people' },
    { name: 'person', login: 'admin', path: '/people/keeper' },
    { name: 'settings', login: 'admin', path: '/settings' },
    { name: 'tour', login: 'officer', path: '/desk', ready: touring },
  ]
}
