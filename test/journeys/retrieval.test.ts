// A thing goes out on an approved request and comes back with another seal, which two persons have to settle.

import { expect } from 'chai'
import { type Demo, openDemo, password } from '../support/browser-demo.ts'

describe('journey: out and back with another seal', function () {
  this.timeout(180_000)
  let demo: Demo
  before(async () => {
    demo = await openDemo()
  })

  it('is requested, approved, released by scan, given back, found to differ, and resolved by two', async () => {
    const name = '财务账本（调用）'
    const code = await demo.stored(await demo.newCase('账本职务侵占案'), name, 'A-02', { seal: 'F-1001' })

    const officer = await demo.person('officer', `/items/${code}`)
    await officer.begin('申请调用')
    await officer.choose('用途', '辨认')
    await officer.write('理由', '组织证人辨认账本')
    await officer.date('使用时间', demo.daysAgo(-0.1))
    await officer.date('归还期限', demo.daysAgo(-2))
    await officer.send('申请调用')
    await officer.sees('已办理：申请调用')

    const head = await demo.person('head', '/desk')
    await head.follow('调用', head.line(name))
    await head.begin('批准调用')
    await head.send('批准调用')
    await head.sees('已办理：批准调用')

    const keeper = await demo.person('keeper', '/scan')
    await keeper.scan(code)
    await keeper.page.getByRole('heading', { name }).waitFor()
    await keeper.begin('出库交付')
    await keeper.write('出库时状况', '封装完好')
    await keeper.write('封条编号', 'F-1001')
    await keeper.attach('照片')
    await keeper.countersign('调用人', undefined, password)
    await keeper.send('出库交付')
    await keeper.sees(`已办理：出库交付 · ${name}`)
    expect((await demo.card(code)).custody).to.include({ state: 'out', holder: 'officer' })
    await officer.open('/desk')
    await officer.page
      .getByRole('region', { name: /^我持有的物品/ })
      .getByRole('link', { name })
      .waitFor()

    await keeper.scan(code)
    await keeper.page.getByRole('heading', { name }).waitFor()
    await keeper.scan(await demo.place('A-04'))
    await keeper.form('归还入库')
    await keeper.choose('归还时状况', '完好')
    await keeper.write('封条编号', 'F-2002')
    await keeper.attach('照片')
    await keeper.countersign('调用人', undefined, password)
    await keeper.press('归还入库', await keeper.form('归还入库'))
    await keeper.sees('封条 F-2002，登记为 F-1001')
    await keeper.sees('将登记为异常，物品在核实前不能办理其他手续。')
    await keeper.press('确认不符，仍要归还入库')
    await keeper.sees(`已办理：归还入库 · ${name}。与记录不符，已自动记为异常`)

    const storehead = await demo.person('storehead', '/desk')
    await storehead.follow('异常', storehead.line(name))
    await storehead.sees('封条破损或不符')
    await storehead.begin('处理异常')
    await storehead.pick('已查明原因')
    await storehead.write('处理意见', '辨认时当场启封并换封，有同步录像。')
    await storehead.countersign('督察人员', '甄察微', password)
    await storehead.send('处理异常')
    await storehead.sees('已办理：处理异常')

    const card = await demo.card(code)
    expect(card).to.include({ seal: 'F-2002' })
    expect(card.open).to.deep.equal({})
    expect(card.custody).to.include({ state: 'stored', place: await demo.place('A-04') })
    await officer.open(`/items/${code}`)
    for (const fact of ['已申请调用', '已批准调用', '已出库交调用人', '已归还入库', '发现异常', '异常已处理'])
      await officer.page.getByRole('region', { name: '保管链' }).getByRole('heading', { name: fact }).waitFor()
    for (const person of [officer, head, keeper, storehead]) await person.leave()
  })
})
