// What must not be done is refused on the screen, in words that the person can act on.

import { expect } from 'chai'
import { setPassword } from '../../server/people/passwords.ts'
import { personByLogin } from '../../server/views/people.ts'
import { type Demo, openDemo, password } from '../support/browser-demo.ts'
import type { Person } from '../support/browser-person.ts'

describe('journey: what must be refused', function () {
  this.timeout(180_000)
  let demo: Demo
  let caseNo: string
  before(async () => {
    demo = await openDemo()
    caseNo = await demo.newCase('多次被拒案')
  })

  /** At the counter with a thing of an officer and a place scanned: what `keeper` fills in before signing. */
  async function receiving(code: string, place: string, look = {}): Promise<Person> {
    const keeper = await demo.person('keeper', '/scan', look)
    await keeper.scan(code)
    await keeper.page.getByRole('heading', { level: 2 }).first().waitFor()
    await keeper.scan(await demo.place(place))
    return keeper
  }

  it('an approval by the person who asked, with the reason beside the grey step', async () => {
    await demo.take('admin', 'person.add', { login: 'double', name: '双重', number: '990199', unit: 'crim' })
    await demo.take('admin', 'person.grant', { login: 'double', role: 'officer', scope: 'crim' })
    await demo.take('admin', 'person.grant', { login: 'double', role: 'head', scope: 'crim' })
    const { pool } = demo.server.parts
    await setPassword(pool, (await personByLogin(pool, 'double'))!.id, password)
    const name = '对讲机（自批）'
    const code = await demo.stored(caseNo, name, 'B-02')
    await demo.take('head', 'case.assign', { caseNo, officers: ['officer', 'double'] })

    const double = await demo.person('double', `/items/${code}`)
    await double.begin('申请调用')
    await double.choose('用途', '辨认')
    await double.write('理由', '组织辨认')
    await double.date('使用时间', demo.daysAgo(-0.1))
    await double.date('归还期限', demo.daysAgo(-1))
    await double.send('申请调用')
    await double.sees('已办理：申请调用')
    await double.page.getByText(/^暂不能办理的 \d+ 项及原因$/).click()
    const reason = double.page
      .getByRole('definition')
      .filter({ hasText: '不能审批自己提出的申请，请由其他有权人员办理。' })
    await reason.first().waitFor()
    expect(await double.page.getByRole('button', { name: '批准调用' }).count(), 'buttons to approve').to.equal(0)
    await double.leave()
  })

  it('a place of another site', async () => {
    const code = await demo.registered(caseNo, '雨衣（异地）')
    const keeper = await receiving(code, '东A-01')
    await fillIn(keeper, password)
    await keeper.send('接收入库')
    await keeper.isTold('库位“东A-01”不在您负责的库区，请选择本库区库位。')
    expect((await demo.card(code)).custody.state).to.equal('with-officer')
    await keeper.leave()
  })

  it('a place that is not fit for the class', async () => {
    const code = await demo.registered(caseNo, '头盔（错库）')
    const keeper = await receiving(code, '毒-01')
    await fillIn(keeper, password)
    await keeper.send('接收入库')
    await keeper.isTold(/库位“毒-01”不适合存放一般物品（物品 .*），请选择符合要求的库位。/)
    await keeper.leave()
  })

  it('cash without a second keeper, and a signature with a wrong password', async () => {
    const details = { denominations: [{ face: '100', count: 5 }] }
    const code = await demo.registered(caseNo, '现金人民币（缺人）', {
      class: 'cash',
      unit: '元',
      value: '500',
      details,
    })
    const keeper = await receiving(code, '甲-01')
    await fillIn(keeper, password)
    await keeper.sees('共同签字尚未完成。')
    const send = keeper.page.getByRole('form').getByRole('button', { name: '接收入库', exact: true })
    expect(await send.isDisabled(), 'sending without the second keeper').to.equal(true)
    await keeper.countersign('共同保管员', '纪守库', 'not the password')
    await keeper.press('接收入库')
    await keeper.isTold('共同签字人的账号或密码不正确。')
    await keeper.countersign('共同保管员', undefined, password)
    await keeper.send('接收入库')
    await keeper.sees('已办理：接收入库 · 现金人民币（缺人）')
    await keeper.leave()
  })

  it('a wrong check character at the counter', async () => {
    const keeper = await demo.person('keeper', '/scan')
    const code = await demo.registered(caseNo, '手套（误读）')
    const misread = `${code.slice(0, -1)}${code.endsWith('A') ? 'B' : 'A'}`
    await keeper.scan(misread)
    await keeper.isTold(`校验位不符，可能误读：${misread}。请重新扫描。`)
    await keeper.leave()
  })

  it('a place that is not fit, in English', async () => {
    const code = await demo.registered(caseNo, '头盔（英文）')
    const keeper = await receiving(code, '毒-01', { language: 'en' })
    await keeper.tick('Documents and list are complete and agree')
    await keeper.tick('Counted and right')
    await keeper.write('Condition', 'good')
    await keeper.attach('Photographs')
    await keeper.countersign('Submitting officer', undefined, password)
    await keeper.send('Receive into store')
    await keeper.isTold(/Place “毒-01” is not fit for General \(item .*\)\. Choose one that is\./)
    await keeper.leave()
  })

  async function fillIn(keeper: Person, secret: string): Promise<void> {
    await keeper.tick('文书与清单齐全一致')
    await keeper.tick('数量清点无误')
    await keeper.write('外观状况', '完好')
    await keeper.attach('照片')
    await keeper.countersign('移交人', undefined, secret)
  }
})
