// A keeper prints labels: at once when every character can be drawn, after a warning when one cannot.

import { expect } from 'chai'
import { type Demo, openDemo } from '../support/browser-demo.ts'

describe('journey: printing a label', function () {
  this.timeout(180_000)
  let demo: Demo
  before(async () => {
    demo = await openDemo()
  })

  it('says which characters cannot be drawn before anything is printed', async () => {
    const caseNo = await demo.newCase('票据案')
    const plain = await demo.stored(caseNo, '𬱖某的手机 ℃№①', 'A-05')
    const rare = await demo.stored(caseNo, '𰀁某的手机', 'A-06')

    const keeper = await demo.person('keeper', `/items/${plain}`)
    const { page } = keeper
    const asFile = async () => {
      await page.getByRole('button', { name: /打印标签/ }).click()
      await page.getByRole('menuitem', { name: 'SVG 图形' }).click()
    }
    const [tab] = await Promise.all([page.waitForEvent('popup'), asFile()])
    expect(tab.url()).to.include(`items=${plain}`)
    await tab.close()

    await page.goto(`${demo.server.url}/items/${rare}`)
    const opened: string[] = []
    page.context().on('page', (other) => opened.push(other.url()))
    await asFile()
    const warning = page.getByRole('dialog', { name: '有些字打印不出来' })
    await warning.waitFor()
    expect(await warning.innerText()).to.include('𰀁某的手机：𰀁 (U+30001)')
    await warning.getByRole('button', { name: /取\s*消/ }).click()
    await warning.waitFor({ state: 'hidden' })
    expect(opened).to.deep.equal([])

    await asFile()
    const [anyway] = await Promise.all([
      page.waitForEvent('popup'),
      warning.getByRole('button', { name: '仍然打印' }).click(),
    ])
    expect(anyway.url()).to.include(`items=${rare}`)
    await keeper.leave()
  })
})
