// Control goes to the procuratorate while the thing stays on its shelf, and a live board shows each step at once.

import { expect } from 'chai'
import { type Demo, openDemo } from '../support/browser-demo.ts'
import type { Person } from '../support/browser-person.ts'

const withinMs = 1000

describe('journey: control travels, the thing stands still', function () {
  this.timeout(180_000)
  let demo: Demo
  before(async () => {
    demo = await openDemo()
  })

  it('is offered, endorsed and accepted, each line on a third screen within a second', async () => {
    const name = '转账凭证（移送）'
    const code = await demo.stored(await demo.newCase('凭证合同诈骗案'), name, 'A-05')
    const before = await demo.card(code)
    const board = await demo.person('inspector', '/live')
    await board.sees('实时')
    await board.line('已接收入库').filter({ hasText: name }).waitFor()
    const figures: string[] = []
    const watched = async (fact: string, act: () => Promise<number>) => {
      const seen = lineSeenAt(board, fact, name)
      const answered = await act()
      const lateMs = (await seen) - answered
      figures.push(`${fact} ${lateMs.toFixed(0)} ms`)
      expect(lateMs, `${fact} on the live board`).to.be.at.most(withinMs)
    }

    const officer = await demo.person('officer', `/items/${code}`)
    await officer.begin('提出移送')
    await officer.choose('接收机关', '江城市人民检察院', '检察院')
    await officer.choose('移送阶段', '审查起诉')
    await officer.write('文书名称', '起诉意见书')
    await officer.write('文书编号', '江公(刑)诉字〔2026〕0901号')
    await officer.date('文书日期', demo.daysAgo(0).slice(0, 10))
    await officer.write('处理建议', '随案移送，原物继续存放')
    await watched('已提出移送', () => officer.send('提出移送'))

    const legal = await demo.person('legal', '/desk')
    await legal.follow('移送', legal.line(name))
    await legal.begin('审核同意移送')
    await watched('移送已审核同意', () => legal.send('审核同意移送'))

    const procurator = await demo.person('procurator', '/desk')
    await procurator.follow('移送', procurator.line(name))
    const form = await procurator.begin('接收移送')
    for (const check of ['电子记录已核对', '照片已核对', '封条编号已核对', '最近见到实物时间已核对'])
      await procurator.tick(check, form)
    await watched('已接收移送', () => procurator.send('接收移送'))
    // The last step closes the docket: that it was taken, and its receipt, still stand on the page.
    await procurator.sees('已办结')
    await procurator.sees('已办理：接收移送')
    await procurator.page.getByRole('link', { name: '回执：已接收移送' }).waitFor()
    console.log(`      live board after the answer: ${figures.join(', ')}`)

    const after = await demo.card(code)
    expect(after.control).to.include({ state: 'held', agency: 'proc', stage: 'prosecution' })
    expect(after.custody, 'custody and place').to.deep.equal(before.custody)
    await procurator.open(`/items/${code}`)
    await procurator.sees(/实物移动 1 次，管理机关变更 1 次/)
    for (const person of [officer, legal, procurator, board]) await person.leave()
  })
})

/** When a line with these words stands on the board, by the clock that answers are timed with. */
function lineSeenAt({ page }: Person, fact: string, name: string): Promise<number> {
  return page.evaluate(
    (words) =>
      new Promise<number>((resolve) => {
        const look = () => {
          const lines = [...document.querySelectorAll('main li')]
          if (!lines.some(({ textContent }) => words.every((word) => textContent.includes(word)))) return
          observer.disconnect()
          // Painted in the next frame.
          requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now()))
        }
        const observer = new MutationObserver(look)
        observer.observe(document.body, { childList: true, subtree: true, characterData: true })
        look()
      }),
    [fact, name],
  )
}
