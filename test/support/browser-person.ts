// A person in front of a screen: finds things by what they are called, types, chooses, signs, scans.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import sharp from 'sharp'
import { complaintsOf, pressKeys } from './browser.ts'

export type Language = 'zh-CN' | 'en'
/** `tour`: as at the first sign-in, when the tour is offered. */
export type Look = { language?: Language; width?: number; height?: number; dark?: boolean; tour?: boolean }

/** The counter takes the same code again for a repeat for two seconds. */
const repeatMs = 2100

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
/** A field's name as it stands beside it, with or without the word for what may stay empty. */
const named = (name: string) => new RegExp(`^${escaped(name)}\\s*(选填|optional)?$`)

export class Person {
  private readonly scanned = new Map<string, number>()

  private constructor(
    readonly page: Page,
    readonly context: BrowserContext,
    readonly url: string,
    readonly login: string,
    readonly complaints: string[],
  ) {}

  /** Somebody who is not signed in yet, in a browser profile of their own. */
  static async at(browser: Browser, url: string, login: string, look: Look = {}): Promise<Person> {
    const { language = 'zh-CN', width = 1280, height = 900, dark = false, tour = false } = look
    const context = await browser.newContext({
      locale: language,
      viewport: { width, height },
      colorScheme: dark ? 'dark' : 'light',
      timezoneId: 'Asia/Shanghai',
      reducedMotion: 'reduce',
      ...(tour ? {} : { storageState: withTourClosed(url, login) }),
    })
    context.setDefaultTimeout(15_000)
    // The compiler of these tests names functions with a helper that pages do not have.
    await context.addInitScript('globalThis.__name = (named) => named')
    const complaints = complaintsOf(context, url)
    return new Person(await context.newPage(), context, url, login, complaints)
  }

  /** Opens an address and signs in there with the password. */
  async signIn(path: string, password: string): Promise<this> {
    await this.open(path)
    await this.write(/^(账号|Sign-in name|Login)$/, this.login)
    await this.write(/^(密码|Password)$/, password)
    await this.press(/^(登录|Sign in)$/)
    await this.page.getByRole('button', { name: /^(当前用户：|Signed in: )/ }).waitFor()
    await this.page.getByRole('main').getByRole('heading', { level: 1 }).waitFor()
    return this
  }

  async open(path: string): Promise<void> {
    await this.page.goto(this.url + path)
  }

  /** What is called so and can be seen: fields that are folded away cannot be filled in. */
  field(name: string | RegExp, within: Locator | Page = this.page): Locator {
    const field = within.getByLabel(typeof name === 'string' ? named(name) : name)
    return field.and(this.page.locator('input:not([type=radio]), textarea')).filter({ visible: true })
  }

  async write(name: string | RegExp, text: string, within?: Locator): Promise<void> {
    await this.field(name, within).fill(text)
  }

  /** A date or a moment, as on the clock; Enter ends it and must not send the form. */
  async date(name: string, text: string, within?: Locator): Promise<void> {
    const field = this.field(name, within)
    await field.fill(text)
    await field.press('Enter')
    await field.press('Tab')
    expect(await field.inputValue(), name).to.equal(text)
    expect(await this.page.getByRole('alert').filter({ visible: true }).count(), `complaints after ${name}`).to.equal(0)
  }

  /** One of a list that opens; `typed` narrows it first. */
  async choose(name: string | RegExp, option: string | RegExp, typed?: string): Promise<void> {
    const field = this.field(name)
    await field.click()
    if (typed !== undefined) await field.fill(typed)
    await this.page.getByRole('option', { name: option }).first().click()
  }

  async tick(name: string, within: Locator | Page = this.page): Promise<void> {
    await within.getByRole('checkbox', { name, exact: true }).check()
  }

  async pick(name: string): Promise<void> {
    await this.page.getByRole('radio', { name, exact: true }).check()
  }

  /** Puts photographs made up for the occasion, or these files, into a field. */
  async attach(name: string, files?: File[]): Promise<void> {
    const chosen = files ?? [await picture()]
    const before = await this.uploaded(name).count()
    await this.field(name).setInputFiles(chosen)
    await this.uploaded(name)
      .nth(before + chosen.length - 1)
      .waitFor()
  }

  private uploaded(name: string): Locator {
    const group = this.page.getByRole('list', { name: /^(已上传的文件|Uploaded files)$/ }).locator('..')
    return group.filter({ has: this.page.getByLabel(named(name)) }).getByRole('link')
  }

  async press(name: string | RegExp, within: Locator | Page = this.page): Promise<void> {
    await within.getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) }).click()
  }

  async follow(name: string | RegExp, within: Locator | Page = this.page): Promise<void> {
    await within.getByRole('link', { name, ...(typeof name === 'string' ? { exact: true } : {}) }).click()
  }

  /** A line of a list that says this. */
  line(text: string): Locator {
    return this.page.getByRole('main').getByRole('listitem').filter({ hasText: text })
  }

  /** Opens the form of a step that is offered here. */
  async begin(step: string): Promise<Locator> {
    await this.press(step)
    return this.form(step)
  }

  async form(step: string): Promise<Locator> {
    const form = this.page.getByRole('form', { name: step, exact: true })
    await form.waitFor()
    return form
  }

  /** Sends the form of a step. Gives when the server answered, in ms. */
  async send(step: string): Promise<number> {
    const answered = this.page.waitForResponse(
      (response) => response.request().method() === 'POST' && response.url().includes('/api/steps/'),
    )
    await this.press(step, await this.form(step))
    const request = (await answered).request()
    const { startTime, responseStart } = request.timing()
    return startTime + responseStart
  }

  async sees(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).filter({ visible: true }).first().waitFor()
  }

  /** What was refused, in the words on the screen. */
  async isTold(words: string | RegExp): Promise<void> {
    await this.page.getByRole('alert').filter({ hasText: words }).first().waitFor()
  }

  /** Shoots a label with the hand scanner; the same one again only when that is no longer a repeat. */
  async scan(code: string): Promise<void> {
    const sinceMs = Date.now() - (this.scanned.get(code) ?? 0)
    if (sinceMs < repeatMs) await this.page.waitForTimeout(repeatMs - sinceMs)
    await pressKeys(this.page, `${code}\r`, 8)
    this.scanned.set(code, Date.now())
  }

  /** A second person signs here with their own password: the one already named, or `who` out of the list. */
  async countersign(as: string, who: string | undefined, password: string): Promise<void> {
    const signers = this.page.getByRole('group', { name: /共同签字$|^Signed by/ })
    if (who) {
      await this.field(as, signers).click()
      await this.page.getByRole('option', { name: who }).first().click()
    }
    await this.write(new RegExp(`^(${escaped(as)}的密码|Password of: ${escaped(as)})$`), password, signers)
  }

  /** Draws a name with the mouse. */
  async draw(name: string): Promise<void> {
    const pad = this.page.getByRole('img', { name })
    await pad.scrollIntoViewIfNeeded()
    const box = (await pad.boundingBox())!
    const { mouse } = this.page
    for (const [from, to] of [
      [0.2, 0.4],
      [0.5, 0.7],
    ] as const) {
      await mouse.move(box.x + box.width * from, box.y + box.height * 0.3)
      await mouse.down()
      for (let at = 0; at <= 10; at++) {
        const x = box.x + box.width * (from + ((to - from) * at) / 10)
        await mouse.move(x, box.y + box.height * (0.5 + 0.25 * Math.sin(at)))
      }
      await mouse.up()
    }
  }

  /** Nothing went wrong on any page of this person; then the profile is closed. */
  async leave(): Promise<void> {
    await this.context.close()
    expect(this.complaints, `what the pages of ${this.login} complained about`).to.deep.equal([])
  }
}

/** A profile as of somebody who has seen the tour. */
const withTourClosed = (origin: string, login: string) => ({
  cookies: [],
  origins: [{ origin, localStorage: [{ name: `stillpoint.tour.${login}`, value: '{"at":0,"is":"closed"}' }] }],
})

type File = { name: string; mimeType: string; buffer: Buffer }
let pictures = 0

/** A picture that no other file equals. */
async function picture(): Promise<File> {
  pictures += 1
  const noise = { type: 'gaussian' as const, mean: 120 + (pictures % 60), sigma: 25 }
  const buffer = await sharp({ create: { width: 320, height: 240, channels: 3, background: '#000', noise } })
    .jpeg()
    .toBuffer()
  return { name: `照片 ${pictures}.jpg`, mimeType: 'image/jpeg', buffer }
}

/** A folder for a test's files, and its end. */
export async function newFolder(): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'stillpoint-journey-'))
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}
