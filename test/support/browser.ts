// Chromium for tests: one process for the whole run, more where a camera is needed; and what a page complained about.

import { fileURLToPath } from 'node:url'
import chromium from '@sparticuz/chromium'
import { type Browser, type BrowserContext, type Page, chromium as playwright } from 'playwright-core'

const quiet = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking']
const still = ['--disable-component-update', '--disable-sync', '--font-render-hinting=none']

export const aCamera = '--use-fake-device-for-media-stream'
/** The camera may be used; with `=deny` it may not. */
export const cameraDecided = '--use-fake-ui-for-media-stream'

/** A browser of its own, from npm or from `CHROMIUM_PATH`. Whoever launches it closes it. */
export async function launchBrowser(...flags: string[]): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH ?? (await chromium.executablePath())
  return playwright.launch({ executablePath, args: [...quiet, ...still, ...flags] })
}

/** Flags for a camera that may be used and shows this film for ever. */
export const filming = (film: string): string[] => [aCamera, cameraDecided, `--use-file-for-fake-video-capture=${film}`]

/** A refusal in JSON is an answer; browsers note it as an error all the same. */
const refusal = /^Failed to load resource: the server responded with a status of 4\d\d/

/**
 * Collects what should not happen on any page of the context: errors on the console (violations of the content security
 * policy are among them), errors that nobody caught, requests to elsewhere than `origin`.
 */
export function complaintsOf(context: BrowserContext, origin: string): string[] {
  const complaints: string[] = []
  const watch = (page: Page) => {
    page.on('console', (message) => {
      if (message.type() !== 'error') return
      if (refusal.test(message.text()) && message.location().url.startsWith(`${origin}/api/`)) return
      complaints.push(`${page.url()}: ${message.text()}`)
    })
    page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.stack ?? error}`))
    page.on('request', (request) => {
      const url = request.url()
      if (!/^(data|blob):/.test(url) && new URL(url).origin !== origin)
        complaints.push(`${page.url()} asked for ${url}`)
    })
  }
  context.pages().forEach(watch)
  context.on('page', watch)
  return complaints
}

/** Presses keys `gapMs` apart by the browser's own clock, as a hand scanner does, however slow this machine is. */
export async function pressKeys(page: Page, text: string, gapMs: number): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const start = Date.now() / 1000
  const presses = [...text].map((character, index) => {
    const key = character === '\r' ? 'Enter' : character
    const code = /[A-Z]/i.test(character) ? `Key${character.toUpperCase()}` : ''
    const timestamp = start + (index * gapMs) / 1000
    return session.send('Input.dispatchKeyEvent', { type: 'keyDown', key, code, text: character, timestamp })
  })
  await Promise.all(presses)
  await session.detach()
}

/** axe-core's script, to be evaluated by the debugger, which the content security policy does not concern. */
export const axeFile = fileURLToPath(import.meta.resolve('axe-core/axe.min.js'))
