// The one search box: reached by a key from anywhere, grouped and marked, driven by keys alone.

import { expect } from 'chai'
import { type Demo, openDemo } from '../support/browser-demo.ts'

describe('journey: search', function () {
  this.timeout(120_000)
  let demo: Demo
  before(async () => {
    demo = await openDemo()
  })

  it('opens by Ctrl K while typing, finds by initials and owner, and opens with the arrow and Enter', async () => {
    const name = '藏青色電腦包（搜索）'
    const caseNo = await demo.newCase('电脑包被盗案')
    const code = await demo.stored(caseNo, name, 'A-06')
    const proposal = {
      ground: 'victim',
      owner: { name: '皇甫求是', idNumber: '990102199303030038' },
      titleProof: [await demo.picture()],
    }
    await demo.take('officer', 'return.propose', proposal, [code])

    const officer = await demo.person('officer', '/items')
    const { page } = officer
    const box = page.getByRole('combobox', { name: /^搜索/ })
    await page.getByRole('searchbox', { name: /筛选/ }).focus()
    await page.keyboard.press('Control+k')
    expect(await box.evaluate((field) => field === document.activeElement)).to.equal(true)
    await page.keyboard.type('电脑包')
    const list = page.locator('.ant-select-dropdown:visible')
    await list.getByText('案件', { exact: true }).waitFor()
    const line = list.locator('.found').filter({ hasText: '藏青色' })
    expect(await line.locator('mark').allInnerTexts()).to.deep.equal(['電腦包'])

    await box.fill('huangfuqiushi')
    await list.getByText('权利人').waitFor()
    expect(await list.locator('mark').allInnerTexts()).to.deep.equal(['皇甫求是'])
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/items/${code}`)

    await page.locator('body').press('/')
    await page.keyboard.type('zqsdnb')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/search?q=zqsdnb')
    await page.getByRole('heading', { name: '物品' }).waitFor()
    await officer.follow(new RegExp(name.slice(0, 4)))
    await page.waitForURL(`**/items/${code}`)
    await officer.leave()
  })

  it('sorts a list by a column and narrows it by officer, and keeps both in the address', async () => {
    const leader = await demo.person('leader', '/items')
    const { page } = leader
    await leader.press(/^期限/)
    await page.waitForURL('**/items?sort=due')
    await leader.press(/^期限/)
    await page.waitForURL('**/items?sort=-due')
    await page.reload()
    expect(await page.getByRole('columnheader', { name: /^期限/ }).getAttribute('aria-sort')).to.equal('descending')
    await leader.choose('办案人员', '陆一舟')
    await page.waitForURL('**officer=officer**')
    await leader.leave()
  })

  it('says so when nothing is found, and finds nothing of others', async () => {
    const officer = await demo.person('officer', '/search?q=查无此物')
    await officer.sees('没有找到')
    await officer.leave()
    const admin = await demo.person('admin', '/search?q=电脑包')
    await admin.sees('没有找到')
    await admin.leave()
  })
})
