// Every screen that is taken: whose it is, its address, and what is done there before the picture.

import type { Page } from 'playwright-core'
import type { Things } from './things.ts'

export type Screen = {
  /** Of the file. */
  name: string
  login: string
  path: string
  ready?: (page: Page) => Promise<void>
  /** The page from top to bottom. */
  whole?: boolean
  inTheDark?: boolean
}

/** Types a code where the counter takes it. */
const typed =
  (...codes: string[]) =>
  async (page: Page) => {
    for (const code of codes) {
      const field = page.getByRole('main').getByRole('textbox').first()
      await field.fill(code)
      await field.press('Enter')
      await page
        .getByText(/^(正在查询|Looking it up)/)
        .first()
        .waitFor({ state: 'detached' })
      await page.waitForLoadState('networkidle')
    }
  }

const openStep = (zh: string, en: string) => async (page: Page) => {
  await page.getByRole('button', { name: new RegExp(`^(${zh}|${en})$`) }).click()
}

export const screens = (things: Things): Screen[] => [
  { name: 'sign-in', login: '', path: '/', inTheDark: true },
  { name: 'desk-officer', login: 'officer', path: '/desk', whole: true, inTheDark: true },
  { name: 'desk-inspector', login: 'inspector', path: '/desk', whole: true },
  { name: 'desk-procurator', login: 'procurator', path: '/desk' },
  { name: 'register', login: 'officer', path: '/register', whole: true },
  { name: 'scan', login: 'keeper', path: '/scan', inTheDark: true },
  { name: 'scan-item', login: 'keeper', path: '/scan', ready: typed(things.out), inTheDark: true },
  { name: 'scan-receive', login: 'keeper', path: '/scan', ready: typed(things.waiting, things.place), whole: true },
  {
    name: 'hand-over',
    login: 'keeper',
    path: `/items/${things.readyToReturn}`,
    ready: openStep('发还交付', 'Hand over'),
    whole: true,
  },
  { name: 'items', login: 'inspector', path: '/items', inTheDark: true },
  { name: 'item', login: 'inspector', path: `/items/${things.travelled}`, whole: true, inTheDark: true },
  { name: 'item-differing', login: 'inspector', path: `/items/${things.differing}`, whole: true },
  {
    name: 'request',
    login: 'officer',
    path: `/items/${things.stored}`,
    ready: openStep('申请调用', 'Request retrieval'),
  },
  {
    name: 'item-verified',
    login: 'inspector',
    path: `/items/${things.travelled}`,
    ready: async (page) => {
      await page.getByRole('button', { name: /^(验证此链|Verify this chain)$/ }).click()
      await page.getByText(/^(核验时间|Checked at)/).scrollIntoViewIfNeeded()
    },
    inTheDark: true,
  },
  { name: 'log', login: 'inspector', path: '/log', whole: true, inTheDark: true },
  { name: 'dockets', login: 'inspector', path: '/dockets' },
  { name: 'docket-transfer', login: 'inspector', path: `/dockets/${things.transfer}`, whole: true, inTheDark: true },
  { name: 'docket-retrieval', login: 'head', path: `/dockets/${things.retrieval}`, whole: true },
  { name: 'cases', login: 'inspector', path: '/cases' },
  { name: 'case', login: 'inspector', path: `/cases/${things.caseNo}`, whole: true },
  { name: 'store', login: 'storehead', path: '/store', whole: true, inTheDark: true },
  { name: 'place', login: 'storehead', path: `/store/${things.place}` },
  { name: 'live', login: 'inspector', path: '/live', inTheDark: true },
  { name: 'people', login: 'admin', path: '/people' },
  { name: 'person', login: 'admin', path: '/people/keeper' },
  { name: 'settings', login: 'admin', path: '/settings', whole: true },
  {
    name: 'help',
    login: 'officer',
    path: '/desk',
    ready: async (page) => {
      await page.keyboard.press('?')
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'lock',
    login: 'officer',
    path: '/register',
    ready: async (page) => {
      await page.getByRole('button', { name: /^(当前用户：|Signed in: )/ }).click()
      await page.getByRole('button', { name: /^(锁定屏幕|Lock)/ }).click()
    },
    inTheDark: true,
  },
  { name: 'not-found', login: 'officer', path: '/nowhere' },
]
