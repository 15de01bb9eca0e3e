// A thing is destroyed: two keepers put it where disposals wait, two keepers and a supervisor sign the end of it.

import { expect } from 'chai'
import { type Demo, openDemo, password } from '../support/browser-demo.ts'

describe('journey: disposal', function () {
  this.timeout(120_000)
  let demo: Demo
  before(async () => {
    demo = await openDemo()
  })

  it('is staged by two keepers and executed under the eyes of a supervisor', async () => {
    const name = '赌博用骰盅（处置）'
    const code = await demo.stored(await demo.newCase('骰盅开设赌场案'), name, 'B-01')
    const basis = {
      kind: 'decision',
      no: '江公(行)决字〔2026〕0902号',
      date: demo.daysAgo(0).slice(0, 10),
      document: await demo.picture(),
    }
    await demo.take('officer', 'disposal.propose', { kind: 'destroy', basis, reason: '赌具，依法销毁' }, [code])
    await demo.take('legal', 'disposal.review', {}, [code])
    await demo.take('leader', 'disposal.approve', {}, [code])

    const keeper = await demo.person('keeper', '/scan')
    await keeper.scan(code)
    await keeper.page.getByRole('heading', { name }).waitFor()
    await keeper.scan(await demo.place('待处置区'))
    await keeper.form('移至待处置区')
    await keeper.countersign('共同保管员', '纪守库', password)
    await keeper.send('移至待处置区')
    await keeper.sees(`已办理：移至待处置区 · ${name}`)
    expect((await demo.card(code)).custody).to.include({ place: await demo.place('待处置区') })

    await keeper.scan(code)
    await keeper.page.getByRole('heading', { name }).waitFor()
    await keeper.begin('执行处置')
    await keeper.write('处置方法', '粉碎')
    await keeper.date('执行时间', demo.daysAgo(0))
    await keeper.write('执行地点或接收单位', '江城市固体废物处置中心')
    await keeper.attach('照片')
    await keeper.attach('处置笔录')
    await keeper.countersign('共同保管员', '纪守库', password)
    await keeper.countersign('监督人', '甄察微', password)
    await keeper.sees(`${name}（共 1 件）将按批准的方式处置，永久离开库房，不能恢复。`)
    await keeper.send('执行处置')
    await keeper.sees(`已办理：执行处置 · ${name}`)

    const card = await demo.card(code)
    expect(card.custody.state).to.equal('left')
    expect(card.disposition).to.include({ state: 'done', kind: 'destroy' })
    const inspector = await demo.person('inspector', `/items/${code}`)
    const chain = inspector.page.getByRole('region', { name: '保管链' })
    const last = chain.getByRole('article').filter({ hasText: '已处置' })
    for (const who of ['顾仓', '纪守库', '甄察微']) await last.getByText(who).first().waitFor()
    for (const person of [keeper, inspector]) await person.leave()
  })
})
