// Three things go out and come back in one form by keyboard alone, and one of them bears another seal.

import { expect } from 'chai'
import { type Demo, openDemo, password } from '../support/browser-demo.ts'
import type { Person } from '../support/browser-person.ts'

/** A scanner may send Enter twice: what comes sooner is taken for its own. */
const suffixMs = 100
/** No hand is faster from key to key; a scanner is. */
const handMs = 60

describe('journey: three things of one docket, each with its own seal', function () {
  this.timeout(180_000)
  let demo: Demo
  before(async () => {
    demo = await openDemo()
  })

  it('are released and given back row by row by keyboard, with a difference said before it is sent', async () => {
    const caseNo = await demo.newCase('三本账册案')
    const codes: string[] = []
    for (const n of [6, 7, 8])
      codes.push(await demo.stored(caseNo, `账册${n}`, 'A-02', { seal: `封-${n}`, line: String(n) }))
    await demo.take('officer', 'retrieval.request', asked(), codes)
    await demo.take('head', 'retrieval.approve', {}, codes)

    const keeper = await demo.person('keeper', '/scan')
    for (const code of codes) {
      await keeper.scan(code)
      await keeper.sees(code === codes[0] ? '账册6' : `待办清单共 ${codes.indexOf(code) + 1} 件`)
    }
    await reach(keeper, '出库交付')
    await enter(keeper)
    await keeper.form('出库交付')
    await keeper.attach('照片')
    // The first row is scanned for, the others come by Enter; what is recorded stands there already.
    await keeper.scan(codes[0]!)
    await keeper.page.waitForTimeout(suffixMs)
    for (const n of [6, 7, 8]) {
      const seal = keeper.field('封条编号')
      await keeper.page.waitForFunction(
        (wanted) => (document.activeElement as HTMLInputElement).value === wanted,
        `封-${n}`,
      )
      expect(await seal.inputValue()).to.equal(`封-${n}`)
      await enter(keeper)
    }
    await keeper.sees('3 件已全部核对。')
    await signAndSend(keeper, '出库交付')
    await keeper.sees(/已办理：出库交付/)

    for (const code of codes) {
      await keeper.scan(code)
      await keeper.sees(code === codes[0] ? '账册6' : `待办清单共 ${codes.indexOf(code) + 1} 件`)
    }
    await keeper.scan(await demo.place('A-04'))
    await keeper.form('归还入库')
    await keeper.attach('照片')
    await keeper.scan(codes[1]!)
    await keeper.page.waitForFunction(() => (document.activeElement as HTMLInputElement).value === '封-7')
    await keeper.page.waitForTimeout(suffixMs)
    await keeper.page.keyboard.type('封-9')
    await keeper.sees('封条 封-9，登记为 封-7')
    await enter(keeper)
    for (const n of [6, 8]) {
      await keeper.page.waitForFunction(
        (wanted) => (document.activeElement as HTMLInputElement).value === wanted,
        `封-${n}`,
      )
      await enter(keeper)
    }
    await signAndSend(keeper, '归还入库', false)
    await keeper.sees('将登记为异常，物品在核实前不能办理其他手续。')
    await keeper.sees('账册7：封条 封-9，登记为 封-7')
    expect((await demo.card(codes[0]!)).custody.state, 'nothing is sent before it is confirmed').to.equal('out')
    await keeper.page.keyboard.press('Enter')
    await keeper.sees(/已办理：归还入库/)
    const cards = await Promise.all(codes.map((code) => demo.card(code)))
    expect(cards.map(({ custody }) => custody.state)).to.deep.equal(['stored', 'stored', 'stored'])
    expect(cards.map(({ open }) => 'discrepancy' in open)).to.deep.equal([false, true, false])
    expect(cards.map(({ seal }) => seal)).to.deep.equal(['封-6', '封-7', '封-8'])
    await keeper.leave()
  })

  it('go their own ways on its page: two approved, one refused, one of the two kept back by a discrepancy', async () => {
    const caseNo = await demo.newCase('三支笔案')
    const codes: string[] = []
    for (const n of [1, 2, 3]) codes.push(await demo.stored(caseNo, `钢笔${n}`, 'A-03', { line: String(n) }))
    await demo.take('officer', 'retrieval.request', asked(), codes)
    const { docket } = (await demo.card(codes[0]!)).open.custody!

    const head = await demo.person('head', `/dockets/${docket}`)
    await head.page.getByRole('checkbox', { name: '选择 钢笔3' }).uncheck()
    await head.begin('批准调用')
    await head.send('批准调用')
    await head.sees('已办理：批准调用')
    // What is left at that desk is chosen by itself.
    await head.page.getByRole('checkbox', { name: '选择 钢笔3', checked: true }).waitFor()
    await head.begin('不批准调用')
    await head.send('不批准调用')
    await head.page
      .getByRole('region', { name: /^已了结/ })
      .getByRole('link', { name: '钢笔3' })
      .waitFor()
    await head.leave()

    await demo.take('keeper', 'discrepancy.report', { kind: 'missing', note: '盘点未见', photos: [] }, [codes[1]!])
    const keeper = await demo.person('keeper', '/scan')
    await keeper.scan(docket)
    await keeper.sees('还有 1 件未扫')
    await keeper.sees(/^物品 \S+ 有未处理的异常/)
    await keeper.press('选定可办“出库交付”的 1 件')
    await keeper.begin('出库交付')
    await keeper.open(`/dockets/${docket}`)
    await keeper.page.getByRole('link', { name: '查看异常' }).waitFor()
    expect(await keeper.page.getByRole('checkbox', { name: '选择 钢笔1' }).isChecked()).to.equal(true)
    expect(await keeper.page.getByRole('checkbox', { name: '选择 钢笔2' }).isChecked()).to.equal(false)
    // With all of them chosen nothing can be done; one press leaves out what stands in the way.
    await keeper.page.getByRole('checkbox', { name: '选择 钢笔2' }).check()
    await keeper.press('只选可办“出库交付”的 1 件')
    await keeper.begin('出库交付')
    await keeper.leave()
  })
})

const asked = () => ({
  purpose: 'identification',
  reason: '辨认',
  usedAt: new Date(Date.now() + 3_600_000).toISOString(),
  dueAt: new Date(Date.now() + 172_800_000).toISOString(),
})

/** Pressed by a hand: not so soon after a scan or another key that it is taken for the scanner's own. */
async function enter({ page }: Person): Promise<void> {
  await page.waitForTimeout(2 * suffixMs)
  await page.keyboard.press('Enter')
}

/** Tabs on until the focus stands on the button of that name. */
async function reach(person: Person, name: string): Promise<void> {
  await person.page.getByRole('button', { name, exact: true }).waitFor()
  const seen: string[] = []
  for (let tabs = 0; tabs < 300; tabs++) {
    const here = await person.page.evaluate(() => document.activeElement?.textContent?.trim() ?? '')
    if (here === name) return
    seen.push(here.slice(0, 20))
    await person.page.keyboard.press('Tab')
    await person.page.waitForTimeout(handMs)
  }
  throw new Error(`The keyboard does not reach ${name}, only ${[...new Set(seen)].join(' · ')}`)
}

/** The borrower signs beside; then the button is reached by Tab and pressed. */
async function signAndSend(person: Person, step: string, answered = true): Promise<void> {
  await person.countersign('调用人', undefined, password)
  await person.page.keyboard.press('Tab')
  await reach(person, step)
  const answer = answered
    ? person.page.waitForResponse((response) => response.url().includes('/api/steps/'))
    : Promise.resolve()
  await person.page.keyboard.press('Enter')
  await answer
}
