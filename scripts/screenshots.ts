/**
 * Pictures of every screen with demonstration data: `npm run screenshots`. They go to `screenshots/<language>/<shape>/`,
 * and `docs/chain.png` is made anew, which the READMEs show. `npm run screenshots -- item docket` takes only those.
 */

import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import chromium from '@sparticuz/chromium'
import { type Browser, type BrowserContext, chromium as playwright } from 'playwright-core'
import sharp from 'sharp'
import { startDemo } from './screenshots/demo.ts'
import { type Screen, screens } from './screenshots/screens.ts'
import { newThings, type Things } from './screenshots/things.ts'

const root = join(import.meta.dirname, '..')
const folder = join(root, 'screenshots')
const password = 'stillpoint-demo'
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking']

type Shape = { name: string; width: number; height: number; dark?: boolean }
type Language = 'zh-CN' | 'en'
const wide: Shape = { name: 'wide', width: 1440, height: 900 }
const narrow: Shape = { name: 'narrow', width: 390, height: 844 }
const shapes = [wide, narrow]
const dark = [wide, narrow].map((shape) => ({ ...shape, name: `${shape.name}-dark`, dark: true }))
const languages: Language[] = ['zh-CN', 'en']

const wanted = process.argv.slice(2)
const { url, stop } = await startDemo(root)
const executablePath = process.env.CHROMIUM_PATH ?? (await chromium.executablePath())
const browser = await playwright.launch({ executablePath, args: flags })
try {
  const things = await newThings(await visitor(browser, 'inspector', wide, 'zh-CN'), url)
  for (const language of languages) {
    for (const shape of [...shapes, ...(language === 'zh-CN' ? dark : [])]) await takeAll(things, shape, language)
  }
  await takeChain(things)
} finally {
  await browser.close()
  await stop()
}

async function takeAll(things: Things, shape: Shape, language: Language): Promise<void> {
  const into = join(folder, language, shape.name)
  await mkdir(into, { recursive: true })
  const asked = screens(things).filter(({ name, inTheDark }) => (shape.dark ? inTheDark : true) && isWanted(name))
  for (const login of new Set(asked.map((screen) => screen.login))) {
    const context = await visitor(browser, login, shape, language)
    for (const screen of asked.filter((each) => each.login === login))
      await take(context, screen, join(into, `${screen.name}.png`))
    await context.close()
  }
  console.log(`${into}: ${asked.length}`)
}

function isWanted(name: string): boolean {
  return wanted.length === 0 || wanted.includes(name)
}

async function take(context: BrowserContext, { path, ready, whole = false }: Screen, file: string): Promise<void> {
  const page = await context.newPage()
  await page.goto(url + path)
  await page.waitForLoadState('networkidle')
  await ready?.(page)
  await page.waitForLoadState('networkidle')
  await page.locator('.ant-skeleton').first().waitFor({ state: 'detached' })
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
  // The head of the page sticks to where a whole page was scrolled to.
  if (whole) await page.evaluate(() => window.scrollTo({ top: 0, behavior: 'instant' }))
  await page.screenshot({ path: file, fullPage: whole })
  await page.close()
}

/** A profile in which somebody is signed in; nobody when `login` is empty. */
async function visitor(browser: Browser, login: string, shape: Shape, language: Language): Promise<BrowserContext> {
  const context = await browser.newContext({
    locale: language,
    timezoneId: 'Asia/Shanghai',
    viewport: { width: shape.width, height: shape.height },
    colorScheme: shape.dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    hasTouch: shape.width < 600,
    // As of somebody who has seen the tour.
    storageState: {
      cookies: [],
      origins: [{ origin: url, localStorage: [{ name: `stillpoint.tour.${login}`, value: '{"at":0,"is":"closed"}' }] }],
    },
  })
  if (login === '') return context
  const signedIn = await context.request.post(`${url}/api/session`, {
    data: { login, password },
    headers: { origin: url },
  })
  if (!signedIn.ok()) throw new Error(`${login} could not sign in: ${await signedIn.text()}`)
  return context
}

/** The chain of a thing that stood still while control went from agency to agency, in few colours. */
async function takeChain({ travelled }: Things): Promise<void> {
  if (!isWanted('chain')) return
  const context = await visitor(browser, 'inspector', wide, 'zh-CN')
  const page = await context.newPage()
  await page.goto(`${url}/items/${travelled}`)
  await page.waitForLoadState('networkidle')
  // From the end, where control came to.
  await page.getByText('最新在前').click()
  await page.getByRole('heading', { name: '保管链' }).evaluate((heading) => {
    window.scrollTo({ top: heading.getBoundingClientRect().top + window.scrollY - 84, behavior: 'instant' })
  })
  await page.waitForLoadState('networkidle')
  const file = join(root, 'docs/chain.png')
  await mkdir(join(root, 'docs'), { recursive: true })
  const { size } = await sharp(await page.screenshot())
    .png({ palette: true, colours: 64, effort: 10 })
    .toFile(file)
  console.log(`${file}: ${Math.round(size / 1024)} kB`)
  await context.close()
}
