// The proof of an item, taken away: judged by the checking side, and opened from a disk in a real browser.

import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect } from 'chai'
import type { Browser as Chromium, Page } from 'playwright-core'
import { clockIn } from '../../server/custody/local-time.ts'
import { type Bundle, bundleFormat, parsePolicy, utf8, verifyBundle } from '../../server/proof/index.ts'
import { complaintsOf, launchBrowser } from '../support/browser.ts'
import { buildScreens } from '../support/browser-screens.ts'
import { type Browser, populate, signedIn, startServer, type TestServer, type World } from '../support/server.ts'

describe('the proof of an item', function () {
  this.timeout(180_000)
  let server: TestServer
  let world: World
  let officer: Browser

  before(async () => {
    await buildScreens()
    server = await startServer()
    world = await populate(server)
    officer = await signedIn(server, 'officer')
  })
  after(() => server?.close())

  const bundleOf = async (code: string, browser = officer): Promise<Bundle> => {
    const { status, text, headers } = await browser.get(`/api/items/${code}/proof?format=json`)
    expect(status, text).to.equal(200)
    expect(headers.get('content-disposition')).to.equal(`attachment; filename="${code}-proof.json"`)
    return JSON.parse(text)
  }

  it('holds every entry of the item, up to the step that was taken a moment before', async () => {
    const code = world.item.stored
    await officer.step('retrieval.request', { purpose: 'inspection', reason: '侦查实验', ...inAWeek() }, [code])
    const bundle = await bundleOf(code)
    const { body: chain } = await officer.get(`/api/items/${code}/chain`)
    expect(bundle.format).to.equal(bundleFormat)
    expect(bundle.entries.map(({ position }) => position)).to.deep.equal(
      chain.entries.map(({ position }: { position: number }) => position),
    )
    const report = verifyBundle(bundle)
    expect(report.problems).to.deep.equal([])
    expect(report).to.deep.include({ item: code, origin: server.config.logOrigin, quorum: true, ok: true })
    expect(report.entries.map(({ fact }) => fact)).to.deep.equal(
      chain.entries.map(({ fact }: { fact: string }) => fact),
    )
    expect(bundle.files.map(({ sha256 }) => sha256)).to.include(world.photo)
    console.log(`      ${bundle.entries.length} entries, ${bundle.files.length} files`)
  })

  it('is the same for a reader who trusts the key of the log and nothing in the file', async () => {
    const { body: log } = await officer.get('/api/log')
    const policy = parsePolicy(utf8(`log ${log.vkey}\nquorum none\n`))
    expect(verifyBundle(await bundleOf(world.item.out), policy)).to.deep.include({ ok: true, trusting: 'reader' })
  })

  it('is given to those who may read the item, and to nobody else', async () => {
    for (const [login, status] of [
      ['keeper', 200],
      ['procurator', 404],
      ['econofficer', 404],
      ['admin', 404],
    ] as const) {
      const browser = await signedIn(server, login)
      for (const format of ['json', 'html'])
        expect((await browser.get(`/api/items/${world.item.out}/proof?format=${format}`)).status, login).to.equal(
          status,
        )
    }
    expect((await officer.get(`/api/items/${world.item.out}/proof?format=pdf`)).status).to.equal(400)
  })

  describe('as a file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'stillpoint-proof-'))
    let chromium: Chromium

    before(async () => {
      chromium = await launchBrowser()
    })
    after(async () => {
      await chromium?.close()
      rmSync(folder, { recursive: true, force: true })
    })

    async function fileOf(code: string): Promise<string> {
      const { status, text, headers } = await officer.get(`/api/items/${code}/proof`)
      expect([status, headers.get('content-disposition'), headers.get('content-type')]).to.deep.equal([
        200,
        `attachment; filename="${code}-proof.html"`,
        'text/html; charset=utf-8',
      ])
      return text
    }

    /** Opens a file from the disk in a browser without a network; what it complains about fails the test. */
    async function open(html: string): Promise<Page> {
      const path = join(folder, `${createHash('sha256').update(html).digest('hex')}.html`)
      writeFileSync(path, html)
      const context = await chromium.newContext({ offline: true })
      const complaints = complaintsOf(context, 'null')
      const page = await context.newPage()
      await page.goto(pathToFileURL(path).href)
      await page.waitForSelector('[data-outcome]')
      expect(complaints.filter((each) => !each.includes(`asked for ${pathToFileURL(path).href}`))).to.deep.equal([])
      return page
    }
    const outcomeOf = (page: Page) => page.getAttribute('html', 'data-outcome')

    it('checks itself from a disk without a network, and shows what each entry says', async () => {
      const page = await open(await fileOf(world.item.out))
      expect(await outcomeOf(page)).to.equal('verified')
      const text = await page.innerText('main')
      expect(text).to.contain('核验通过').and.to.contain('Verified').and.to.contain('已出库')
      expect(text).to.contain('某keeper').and.to.contain(server.config.logOrigin)
      const { entries } = await bundleOf(world.item.out)
      expect(await page.locator('table tr').count()).to.equal(entries.length + 1)
      expect(await page.locator('tr.wrong').count()).to.equal(0)
      await page.context().close()
    })

    it('tells the code that is on the thing now, and the time on the clock of the agency', async () => {
      const keeper = await signedIn(server, 'keeper')
      const { body } = await keeper.step('label.replace', { reason: '破损' }, [world.item.stored])
      const page = await open(await fileOf(world.item.stored))
      const text = await page.innerText('main')
      expect(text).to.contain(`现用标签： Label on it now: ${body.items[0]!.labels.at(-1)}`)
      expect(text).to.contain('(Asia/Shanghai)')
      const { entries } = await bundleOf(world.item.stored)
      const { recordedAt } = JSON.parse(Buffer.from(entries.at(-1)!.body, 'base64').toString())
      expect(await page.locator(`time[datetime="${recordedAt}"]`).innerText()).to.equal(
        clockIn('Asia/Shanghai', recordedAt),
      )
      await page.context().close()
    })

    it('says which entry is wrong when one word of it was changed', async () => {
      const html = await fileOf(world.item.out)
      const { entries } = await bundleOf(world.item.out)
      const { body } = entries[1]!
      const changed = Buffer.from(Buffer.from(body, 'base64').toString().replace('某keeper', '某keepeR')).toString(
        'base64',
      )
      expect(changed).not.to.equal(body)
      const page = await open(html.replace(body, changed))
      expect(await outcomeOf(page)).to.equal('broken')
      expect(await page.locator('tr.wrong').count()).to.be.greaterThan(0)
      expect(await page.innerText('.outcome')).to.contain(`(${entries[1]!.position})`)
      await page.context().close()
    })

    it('is believed with a policy of the reader’s own, and not with that of another log', async () => {
      const html = await fileOf(world.item.out)
      const { body: log } = await officer.get('/api/log')
      const page = await open(html)
      await page.fill('#policy', `log ${log.vkey}\nquorum none\n`)
      await page.click('form button')
      expect(await outcomeOf(page)).to.equal('verified')
      expect(await page.innerText('main')).to.contain('您填入的密钥')
      await page.fill(
        '#policy',
        'log example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k\nquorum none\n',
      )
      await page.click('form button')
      expect(await outcomeOf(page)).to.equal('broken')
      await page.context().close()
    })

    it('tells of a file at hand whether it is the one that was recorded', async () => {
      const page = await open(await fileOf(world.item.out))
      const { body } = await officer.get<Buffer>(`/api/files/${world.photo}`)
      await page.setInputFiles('#files', [
        { name: 'right.png', mimeType: 'image/png', buffer: body },
        { name: 'wrong.png', mimeType: 'image/png', buffer: Buffer.concat([body, Buffer.from('x')]) },
      ])
      await page.waitForSelector('text=wrong.png')
      const text = await page.innerText('main')
      expect(text)
        .to.match(/right\.png: 与记录一致/)
        .and.to.match(/wrong\.png: 没有记录引用这个文件/)
      await page.context().close()
    })

    it('lets no text of an entry become a part of the page', async () => {
      const html = await fileOf(world.item.out)
      const inside = html.slice(
        html.indexOf('id="bundle">') + 12,
        html.indexOf('</script>', html.indexOf('id="bundle">')),
      )
      expect(inside).not.to.contain('<')
      expect(JSON.parse(inside).item).to.equal(world.item.out)
    })
  })
})

function inAWeek() {
  return {
    usedAt: new Date(Date.now() + 3_600_000).toISOString(),
    dueAt: new Date(Date.now() + 5 * 86_400_000).toISOString(),
  }
}
