// A session that runs out locks the screen and keeps what was typed; signing in goes on where it stopped.

import { expect } from 'chai'
import { type Demo, openDemo, password } from '../support/browser-demo.ts'
import type { Person } from '../support/browser-person.ts'

const idleMs = 31 * 60_000

describe('journey: a session that runs out', function () {
  this.timeout(120_000)
  let demo: Demo
  before(async () => {
    demo = await openDemo()
  })

  const locked = ({ page }: Person) => page.getByRole('dialog', { name: '屏幕已锁定' })

  it('lets a step go out that was sent too late, once the person has signed in again', async () => {
    const name = '行车记录仪（过期）'
    const code = await demo.stored(await demo.newCase('会话过期案'), name, 'B-03')
    const officer = await demo.person('officer', `/items/${code}`)
    await officer.begin('申请调用')
    await officer.choose('用途', '辨认')
    await officer.write('理由', '写到一半就过期的理由')
    await officer.date('使用时间', demo.daysAgo(-0.1))
    await officer.date('归还期限', demo.daysAgo(-1))
    await demo.server.database.pool.query(
      `UPDATE sessions SET sess = jsonb_set(sess::jsonb, '{seenAt}', to_jsonb($1::text))::json`,
      [new Date(Date.now() - idleMs).toISOString()],
    )
    await officer.press('申请调用', await officer.form('申请调用'))
    await locked(officer).waitFor()
    await officer.sees('已填写的内容都在，登录后可继续。')
    await officer.write('陆一舟 的密码', 'not the password')
    await officer.press('继续')
    await officer.isTold('账号或密码不正确')
    await officer.write('陆一舟 的密码', password)
    await officer.press('继续')
    await officer.sees('已办理：申请调用')
    expect((await demo.card(code)).open.custody).to.include({ procedure: 'retrieval', stage: 'requested' })
    await officer.leave()
  })

  it('locks by itself after half an hour and keeps a seizure half typed, even over a reload', async () => {
    const officer = await demo.person('officer', '/desk')
    await officer.page.clock.install()
    await officer.open('/register')
    await officer.write('来源', '江城市南湖路 8 号')
    await officer.write('名称', '写到一半的物品')
    await officer.page.clock.fastForward(idleMs)
    await locked(officer).waitFor()
    const behind = officer.page.getByRole('button', { name: '登记 1 件' })
    expect(await behind.evaluate((button) => button.closest('[inert]') !== null), 'out of reach').to.equal(true)
    await officer.write('陆一舟 的密码', password)
    await officer.press('继续')
    await locked(officer).waitFor({ state: 'hidden' })
    expect(await officer.field('名称').inputValue()).to.equal('写到一半的物品')
    await officer.page.reload()
    await officer.page.getByRole('heading', { name: '登记涉案财物' }).waitFor()
    expect(await officer.field('来源').inputValue()).to.equal('江城市南湖路 8 号')
    await officer.leave()
  })
})
