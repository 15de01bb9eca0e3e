/**
 * The scanner in a real browser under the content security policy of the server: a file plays the camera, and key
 * presses with exact times play the hand scanner.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import bwipjs from 'bwip-js/node'
import { expect } from 'chai'
import express from 'express'
import type { Browser, Page } from 'playwright-core'
import { build } from 'vite'
import { checkCharacter, code128Codewords } from '../../server/custody/codes.ts'
import { aCamera, cameraDecided, complaintsOf, filming, launchBrowser, pressKeys } from '../support/browser.ts'
import { filmOf } from '../support/camera.ts'

const CODE = `E4F7Q2M8K3X${checkCharacter('E4F7Q2M8K3X')}`
const PLACE = `S4F7Q2M8K3X${checkCharacter('S4F7Q2M8K3X')}`
const MISREAD = `${CODE.slice(0, -1)}${CODE.endsWith('A') ? 'B' : 'A'}`

const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "style-src 'self'",
].join('; ')

describe('scanner in a browser', function () {
  this.timeout(60_000)
  let folder: string
  let server: Server
  let address: string
  const browsers: Browser[] = []

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'scanner-'))
    const root = fileURLToPath(new URL('scanner-page/', import.meta.url))
    const outDir = join(folder, 'page')
    await build({
      root,
      configFile: false,
      logLevel: 'error',
      build: { outDir, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
      worker: { format: 'es' },
    })
    const app = express()
    app.use((_request, response, next) => {
      response.setHeader('Content-Security-Policy', POLICY)
      next()
    })
    app.use(express.static(outDir))
    server = createServer(app)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })

  afterEach(async () => {
    await Promise.all(browsers.splice(0).map((browser) => browser.close()))
  })

  after(async () => {
    server?.closeAllConnections()
    server?.close()
    await rm(folder, { recursive: true, force: true })
  })

  async function open(...flags: string[]): Promise<{ page: Page; complaints: string[] }> {
    const browser = await launchBrowser(...flags)
    browsers.push(browser)
    const page = await browser.newPage()
    const complaints = complaintsOf(page.context(), address)
    await page.goto(address)
    await page.locator('body[data-ready]').waitFor()
    return { page, complaints }
  }

  async function labelled(code: string, degrees: number): Promise<string> {
    const text = code128Codewords(code).map((codeword) => `^${String(codeword).padStart(3, '0')}`)
    const options = { bcid: 'code128', text: text.join(''), raw: true, scale: 4, height: 20, paddingwidth: 10 }
    const label = await bwipjs.toBuffer({ ...options, backgroundcolor: 'ffffff', paddingheight: 8 })
    return filmOf(label, join(folder, `${code}-${degrees}.mjpeg`), { degrees })
  }

  const linesOf = (page: Page) => page.locator('li').allTextContents()

  describe('camera', () => {
    for (const [how, engine, degrees] of [
      ['held straight', 'zxing', 0],
      ['tilted by 20°', 'quagga', 20],
    ] as const) {
      it(`reads a label ${how} through ${engine}, once, and stops`, async () => {
        const { page, complaints } = await open(...filming(await labelled(CODE, degrees)))
        await page.click('#start')
        await page.locator('li').first().waitFor({ timeout: 30_000 })
        expect(await page.locator('#state').textContent()).to.match(/^on/)
        await page.waitForTimeout(1500)
        expect(await linesOf(page)).to.deep.equal([`scan ${engine} ${CODE} item true`])
        await page.click('#stop')
        expect(await page.locator('#state').textContent()).to.match(/^off/)
        expect(await page.evaluate(() => document.querySelector('video')?.srcObject)).to.equal(null)
        expect(complaints).to.deep.equal([])
      })
    }

    it('says that there is none', async () => {
      const { page } = await open()
      await page.click('#start')
      await page.getByText('failed missing').waitFor()
    })

    it('says that it was denied', async () => {
      const { page } = await open(aCamera, `${cameraDecided}=deny`)
      await page.click('#start')
      await page.getByText('failed denied').waitFor()
    })
  })

  describe('hand scanner', () => {
    let page: Page

    beforeEach(async () => {
      page = (await open()).page
    })

    const send = (text: string, gapMs: number) => pressKeys(page, text, gapMs)

    it('is heard without a field, and no button in focus is pressed by its Enter', async () => {
      await page.focus('#clicked')
      await send(`${CODE}\r`, 10)
      await page.getByText('scan hand').waitFor()
      await send(`${CODE}\r`, 10)
      await page.getByText('repeat').waitFor()
      await send(`${MISREAD}\r`, 10)
      await page.getByText('refused').waitFor()
      expect(await linesOf(page)).to.deep.equal([
        `scan hand ${CODE} item true`,
        `repeat ${CODE}`,
        `refused hand check-character ${MISREAD}`,
      ])
    })

    for (const field of ['#field', '#area']) {
      it(`is taken out of ${field} again, which keeps what was typed and submits nothing`, async () => {
        await page.fill(field, 'Knife, wooden handle')
        await page.evaluate((field) => document.querySelector<HTMLInputElement>(field)?.setSelectionRange(5, 5), field)
        await send(`${PLACE}\r`, 10)
        await page.getByText('scan hand').waitFor()
        expect(await page.inputValue(field)).to.equal('Knife, wooden handle')
        await page.keyboard.type('!')
        expect(await page.inputValue(field)).to.equal('Knife!, wooden handle')
        expect(await linesOf(page)).to.deep.equal([`scan hand ${PLACE} place true`])
      })
    }

    it('leaves typing in a field alone', async () => {
      await page.focus('#field')
      await send(`${CODE}\r`, 90)
      await page.getByText('submitted').waitFor()
      expect(await page.inputValue('#field')).to.equal(CODE)
      expect(await linesOf(page)).to.deep.equal(['submitted'])
    })

    it('tells of a burst without an end', async () => {
      await send('FANAVF', 10)
      await page.getByText('refused hand unfinished FANAVF').waitFor()
    })

    it('speaks to the dialog on top, to the page again when that is gone, and never to the shell below', async () => {
      await page.click('#dialog')
      await send(`${CODE}\r`, 10)
      await page.getByText(`dialog ${CODE}`).waitFor()
      await page.click('#dialog')
      await send(`${PLACE}\r`, 10)
      await page.getByText('scan hand').waitFor()
      expect(await linesOf(page)).to.deep.equal([`dialog ${CODE}`, `scan hand ${PLACE} place true`])
    })
  })
})
