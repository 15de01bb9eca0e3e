// A thing goes back to its owner, who signs on the screen and is photographed with it.

import { expect } from 'chai'
import { type Demo, openDemo, password } from '../support/browser-demo.ts'

describe('journey: return to the owner', function () {
  this.timeout(120_000)
  let demo: Demo
  before(async () => {
    demo = await openDemo()
  })

  it('is handed over with a drawn signature and a photograph, spelled out as final', async () => {
    const name = '银色笔记本电脑（发还）'
    const code = await demo.stored(await demo.newCase('笔记本电脑盗窃案'), name, 'A-06')
    const proposal = {
      ground: 'victim',
      owner: { name: '孟某某', idNumber: '990102199303030038' },
      titleProof: [await demo.picture()],
    }
    await demo.take('officer', 'return.propose', proposal, [code])

    const leader = await demo.person('leader', '/desk')
    await leader.follow('发还', leader.line(name))
    await leader.begin('批准发还')
    await leader.send('批准发还')
    await leader.sees('已办理：批准发还')

    const keeper = await demo.person('keeper', '/scan')
    await keeper.scan(code)
    await keeper.begin('发还交付')
    await keeper.write('领取人姓名', '孟某某')
    await keeper.write('身份证件号码', '990102199303030038')
    await keeper.pick('权利人本人')
    await keeper.draw('签名区：请用手指、触控笔或鼠标签名')
    await keeper.press('确认签名')
    await keeper.page.getByRole('img', { name: '已签名' }).waitFor()
    await keeper.attach('交付现场照片')
    await keeper.countersign('在场复核人', '纪守库', password)
    await keeper.sees(`${name}（共 1 件）将交给领取人，永久离开库房，不能再收回。请当面核对领取人证件。`)
    await keeper.send('发还交付')
    await keeper.sees(`已办理：发还交付 · ${name}`)
    await keeper.page.getByRole('status').getByRole('link', { name: '回执' }).waitFor()

    const card = await demo.card(code)
    expect(card.custody.state).to.equal('left')
    expect(card.disposition).to.include({ state: 'done', kind: 'returned' })
    await keeper.open(`/items/${code}`)
    const chain = keeper.page.getByRole('region', { name: '保管链' })
    await chain.getByRole('heading', { name: '已发还领取人' }).waitFor()
    await keeper.sees(/您现在没有可以办理的手续|暂不能办理/)
    for (const person of [leader, keeper]) await person.leave()
  })
})
