// A seizure from the officer's list to its slot in the store: the printed label is read by the keeper's camera.

import { join } from 'node:path'
import { expect } from 'chai'
import type { Browser } from 'playwright-core'
import { filming, launchBrowser } from '../support/browser.ts'
import { type Demo, openDemo, password } from '../support/browser-demo.ts'
import { newFolder, Person } from '../support/browser-person.ts'
import { filmOf } from '../support/camera.ts'

describe('journey: a seizure into the store', function () {
  this.timeout(180_000)
  let demo: Demo
  let folder: Awaited<ReturnType<typeof newFolder>>
  let withCamera: Browser | undefined

  before(async () => {
    demo = await openDemo()
    folder = await newFolder()
  })
  after(async () => {
    await withCamera?.close()
    await folder?.remove()
  })

  it('is registered, read by the camera, received by two signatures and put away by scanning the slot', async () => {
    const caseNo = await demo.newCase('林某故意伤害案')
    const officer = await demo.person('officer', '/register')
    await officer.write('案件编号', caseNo)
    await officer.write('文书名称', '扣押决定书')
    await officer.write('文书编号', '江公(刑)扣字〔2026〕9001号')
    await officer.date('文书日期', demo.daysAgo(0).slice(0, 10))
    await officer.write('来源', '江城市南湖路 6 号现场')
    await officer.date('提取时间', demo.daysAgo(0.2))
    await officer.write('持有人姓名', '林某')
    await officer.write('见证人姓名', '王某')
    await officer.write('名称', '折叠刀')
    await officer.choose('类别', '一般物品')
    await officer.write('计量单位', '把')
    await officer.write('特征', '黑色手柄，刃长 9 厘米，刃口有锈迹')
    await officer.attach('照片')
    await officer.press('登记 1 件')
    await officer.sees('已登记 1 件')
    const href = await officer.page.getByRole('link', { name: '折叠刀' }).getAttribute('href')
    const code = href!.split('/').pop()!

    const label = await officer.context.request.get(`${officer.url}/api/labels?items=${code}&format=png&dpi=300`)
    expect(label.headers()['content-type']).to.equal('image/png')
    withCamera = await launchBrowser(...filming(await filmOf(await label.body(), join(folder.path, 'label.mjpeg'))))

    const keeper = await (await Person.at(withCamera, officer.url, 'keeper')).signIn('/', password)
    expect(new URL(keeper.page.url()).pathname, 'where a keeper begins').to.equal('/scan')
    await keeper.press(/开启摄像头$/)
    await keeper.page.getByRole('heading', { name: '折叠刀' }).waitFor()
    await keeper.press(/关闭摄像头$/)
    await keeper.scan(await demo.place('A-03'))
    await keeper.sees('将 1 件放入：涉案财物管理中心 › 一号普通物品库 › A 货架 › A-03')
    await keeper.tick('文书与清单齐全一致')
    await keeper.tick('数量清点无误')
    await keeper.write('外观状况', '完好，刃口有锈迹')
    await keeper.attach('照片')
    await keeper.countersign('移交人', undefined, password)
    await keeper.send('接收入库')
    await keeper.sees('已办理：接收入库 · 折叠刀')

    const { custody } = await demo.card(code)
    expect(custody).to.include({ state: 'stored', place: await demo.place('A-03') })
    await officer.open(`/items/${code}`)
    const chain = officer.page.getByRole('region', { name: '保管链' })
    await chain.getByRole('heading', { name: '已接收入库' }).waitFor()
    await chain.getByText('顾仓').first().waitFor()
    await Promise.all([officer.leave(), keeper.leave()])
  })
})
