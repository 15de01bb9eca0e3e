// The first hour: a sheet of codes to scan, a tour of one's own screens, a counter that begins with the day's work.

import { expect } from 'chai'
import { tourFor } from '../../client/frame/tour-steps.ts'
import { agenciesUnder } from '../../server/custody/audience.ts'
import { practiceGroups } from '../../server/http/practice-sheet.ts'
import { readSentences } from '../../server/http/sentences.ts'
import { setPassword } from '../../server/people/passwords.ts'
import { personById, personByLogin, readUnits } from '../../server/views/people.ts'
import { type Demo, openDemo, password } from '../support/browser-demo.ts'
import type { Look, Person } from '../support/browser-person.ts'
import { startServer } from '../support/server.ts'

const narrow: Look = { width: 390, height: 844 }

describe('journey: the first hour', function () {
  this.timeout(180_000)
  let demo: Demo
  before(async () => {
    demo = await openDemo()
  })

  const band = ({ page }: Person) => page.getByRole('complementary', { name: /^(导览|Tour)$/ })
  const marked = ({ page }: Person) => page.locator('[data-tour="here"]')
  const heading = (person: Person, name: string) => person.page.getByRole('heading', { name, exact: true })

  describe('the tour', () => {
    const walks: [login: string, role: string, look: Look][] = [
      ['keeper', 'keeper', {}],
      ['officer', 'officer', { ...narrow, language: 'en' }],
      ['inspector', 'inspector', { ...narrow }],
      ['head', 'head', { language: 'en' }],
    ]
    for (const [login, role, look] of walks)
      it(`leads ${login} through real screens by keyboard, ${look.width ?? 'wide'}, and then never comes by itself`, async () => {
        const { steps } = tourFor([role])!
        const words = look.language === 'en' ? { begin: 'Begin the tour' } : { begin: '开始导览' }
        const person = await demo.person(login, '/', { ...look, tour: true })
        await person.press(words.begin, band(person))
        for (const [at, step] of steps.entries()) {
          await band(person)
            .getByText(`${at + 1} / ${steps.length}`)
            .waitFor()
          await marked(person).waitFor()
          expect(await marked(person).evaluate((seen, marks) => seen.matches(marks), step.marks), step.name).to.equal(
            true,
          )
          const box = (await band(person).boundingBox())!
          const { width, height } = person.page.viewportSize()!
          expect([box.x >= 0, box.x + box.width <= width, Math.round(box.y + box.height) <= height]).to.deep.equal([
            true,
            true,
            true,
          ])
          expect(box.height, 'the page stays in view').to.be.below(height / 3)
          await band(person).locator('button:focus').waitFor()
          await person.page.keyboard.press('Enter')
        }
        await band(person).waitFor({ state: 'detached' })
        await person.open('/desk')
        await person.page.getByRole('main').getByRole('heading', { level: 1 }).waitFor()
        expect(await band(person).count()).to.equal(0)
        await person.leave()
      })

    it('is left in the middle and gone on with from the help; what was closed stays closed', async () => {
      const person = await demo.person('officer2', '/desk', { tour: true })
      await person.press('开始导览')
      await person.press('下一步', band(person))
      await band(person).getByText('2 / 7').waitFor()
      await band(person).press('Escape')
      await band(person).waitFor({ state: 'detached' })
      await person.open('/items')
      await person.page.getByRole('main').getByRole('heading', { level: 1 }).waitFor()
      expect(await band(person).count()).to.equal(0)

      await person.page.keyboard.press('?')
      await person.press('继续导览（第 2 / 7 步）')
      await band(person).getByText('2 / 7').waitFor()
      await person.page.waitForURL('**/desk')
      // The page stays in use, and the tour goes along.
      await person.follow('登记涉案财物', person.page.getByRole('navigation', { name: '主导航' }))
      await band(person).getByText('2 / 7').waitFor()
      await person.page.reload()
      await heading(person, '登记涉案财物').waitFor()
      await band(person).getByText('2 / 7').waitFor()
      expect(new URL(person.page.url()).pathname).to.equal('/register')
      await person.press('离开导览', band(person))
      await person.page.reload()
      await person.page.getByRole('main').getByRole('heading', { level: 1 }).waitFor()
      expect(await band(person).count()).to.equal(0)
      await person.leave()
    })

    it('is not offered to whoever said "not now", and not to administrators', async () => {
      const person = await demo.person('leader', '/desk', { tour: true })
      await person.press('暂不', band(person))
      await person.page.reload()
      await person.page.getByRole('main').getByRole('heading', { level: 1 }).waitFor()
      expect(await band(person).count()).to.equal(0)
      await person.leave()
      const admin = await demo.person('admin', '/people', { tour: true })
      expect(await band(admin).count()).to.equal(0)
      await admin.leave()
    })
  })

  describe("the counter's day", () => {
    it('stands there first, lays a line on the counter at one press, and makes way for scans', async () => {
      const caseNo = await demo.newCase('今日工作')
      const waiting = await demo.registered(caseNo, '待收的账册')
      const scanned = await demo.stored(caseNo, '在库的账册', 'A-03', { line: '2' })
      const keeper = await demo.person('keeper', '/scan')
      const today = keeper.page.getByRole('region', { name: '今日工作' })
      const receiving = today.getByRole('region', { name: /^待入库/ })
      await receiving.waitFor()
      // The oldest clock stands first: what has just been registered is among the last.
      const first = receiving.getByRole('button').first()
      expect(await first.textContent()).to.match(/已超期/)
      await keeper.press(/^显示全部 \d+ 项$/, receiving)
      await receiving.getByRole('button', { name: '待收的账册' }).click()
      await heading(keeper, '待收的账册').waitFor()
      await today.waitFor({ state: 'detached' })

      await keeper.press('今日工作')
      await today.waitFor()
      await keeper.scan(scanned)
      await heading(keeper, '在库的账册').waitFor()
      await today.waitFor({ state: 'detached' })

      await keeper.press('清空清单')
      await today.waitFor()
      expect((await demo.card(waiting)).custody.state).to.equal('with-officer')
      await keeper.leave()
    })

    it('shows an approved retrieval as a docket to be ticked off', async () => {
      const { rows } = await demo.server.parts.pool.query(
        `SELECT code, state->'items'->0->>'name' AS name FROM dockets
         WHERE open AND procedure = 'retrieval' AND state->'stages' ? 'approved' ORDER BY opened_at DESC LIMIT 1`,
      )
      const keeper = await demo.person('keeper', '/scan', { language: 'en', ...narrow })
      const release = keeper.page.getByRole('region', { name: /^Approved retrievals/ })
      await release.getByRole('button', { name: rows[0].name }).click()
      await keeper.sees(/^\d+ left to scan/)
      await keeper.page.getByRole('region', { name: "Today's work" }).waitFor({ state: 'detached' })
      await keeper.leave()
    })

    it('says in words that nothing waits', async () => {
      const { take, server } = demo
      const { pool } = server.parts
      await take('admin', 'agency.add', { id: 'quiet', name: '临江市公安局', type: 'police' })
      await take('admin', 'person.add', { login: 'quietadmin', name: '安静宁', number: 'q1', unit: 'quiet' })
      await take('admin', 'person.grant', { login: 'quietadmin', role: 'admin', scope: 'quiet' })
      const { entries } = await take('quietadmin', 'place.add', { kind: 'site', name: '临江库房' })
      await take('quietadmin', 'person.add', { login: 'quietkeeper', name: '江无事', number: 'q2', unit: 'quiet' })
      const scope = entries[0]!.subject.id
      await take('quietadmin', 'person.grant', { login: 'quietkeeper', role: 'keeper', scope })
      await setPassword(pool, (await personByLogin(pool, 'quietkeeper'))!.id, password)
      const keeper = await demo.person('quietkeeper', '/scan')
      await keeper.sees('今天没有等着办的事')
      await keeper.leave()
    })
  })

  describe('the sheet of codes', () => {
    it('is reached from the sign-in page and from the counter', async () => {
      const keeper = await demo.person('keeper', '/scan')
      const link = keeper.page.getByRole('link', { name: '打印扫码练习纸' })
      expect(await link.getAttribute('href')).to.equal('/api/demo/sheet')
      await keeper.context.clearCookies()
      await keeper.open('/')
      expect(await link.getAttribute('href')).to.equal('/api/demo/sheet')
      const sheet = await keeper.context.request.get(`${keeper.url}/api/demo/sheet`)
      expect(sheet.headers()['content-type']).to.equal('application/pdf')
      expect((await sheet.body()).subarray(0, 5).toString()).to.equal('%PDF-')
      await keeper.context.close()
    })

    it('holds things, places, a docket and badges that the keeper can scan, in both languages', async () => {
      const { dataSource, pool } = demo.server.database.database
      const { word, text } = await readSentences(new URL('../../client/locales/', import.meta.url), 'Asia/Shanghai')
      const directory = {
        byLogin: (login: string) => personByLogin(pool, login),
        byId: (id: string) => personById(pool, id),
        agenciesUnder: async (agency: string) => agenciesUnder(agency, await readUnits(pool)),
      }
      const groups = (await practiceGroups({ dataSource, directory, word, text, timeZone: 'Asia/Shanghai' }))!
      const keeper = await demo.person('keeper', '/scan')
      for (const { title, hint, labels } of groups) {
        expect(labels.length, title).to.be.above(0)
        for (const said of [title, hint]) expect(said).to.match(/\p{Script=Han}.+[a-z]/u)
        for (const { code, lines } of labels) {
          const answer = await keeper.context.request.get(`${keeper.url}/api/codes/${code}`)
          expect(answer.status(), code).to.equal(200)
          expect(lines.join(' '), code)
            .to.match(/\p{Script=Han}/u)
            .and.to.match(/[A-Za-z]{4}/)
        }
      }
      expect(groups.flatMap(({ labels }) => labels.map(({ code }) => code[0]))).to.include.members([
        'E',
        'S',
        'C',
        'D',
        'P',
      ])
      await keeper.leave()
    })

    it('is only there in the demonstration', async () => {
      const server = await startServer()
      expect((await fetch(`${server.url}/api/demo/sheet`)).status).to.equal(404)
      await server.close()
    })
  })
})
