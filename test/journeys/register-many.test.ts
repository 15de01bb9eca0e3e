// Eight different things onto one list in fewer than 25 clicks; what is wrong is said at once and leads to its field.

import { expect } from 'chai'
import { printCode } from '../../server/custody/codes.ts'
import { type Demo, openDemo } from '../support/browser-demo.ts'
import type { Person } from '../support/browser-person.ts'

const head = [
  '序号',
  '名称',
  '类别',
  '数量',
  '单位',
  '特征',
  '序列号',
  '车架号',
  '号牌',
  '里程',
  '转运人',
  '价值',
  '封条编号',
]
const imei = '861234050000017'
const eight = [
  ['1', '智能手机', '电子设备及存储介质', '1', '部', '黑色，屏幕完好', imei],
  ['2', '轿车', '车辆', '1', '辆', '白色三厢', '', 'LSVAA4187E2180001', '江A·77001', '52000'],
  ['3', '折叠刀', '一般物品', '1', '把', '黑色手柄'],
  ['4', '账本', '文件资料', '2', '本', '蓝色封面'],
  ['5', '血样', '生物检材', '1', '管', '抗凝管', '', '', '', '', '陆一舟'],
  ['6', '冷冻海鲜', '易腐烂变质物品', '20', '箱', '冷链运输', '', '', '', '', '', '6000'],
  ['7', '移动硬盘', '电子设备及存储介质', '1', '块', '2 TB', 'WD-77-0001', '', '', '', '', '', '封-7701'],
  ['8', '摩托车', '车辆', '1', '辆', '红色', '', 'LBBPEKLX0EB000008', '江A·77008'],
]
const sheet = (rows: string[][]) => rows.map((row) => row.join('\t')).join('\n')

/** Counts what a hand does with the mouse. */
const counting = (officer: Person) =>
  officer.page.evaluate(() => {
    const counter = globalThis as unknown as { clicks: number }
    counter.clicks = 0
    document.addEventListener('click', (event) => {
      // A label clicks its field once more.
      if (event.isTrusted && event.detail > 0) counter.clicks += 1
    })
  })
const clicksOf = (officer: Person) => officer.page.evaluate(() => (globalThis as unknown as { clicks: number }).clicks)

describe('journey: many things at once', function () {
  this.timeout(240_000)
  let demo: Demo
  let officer: Person

  const basis = async (caseNo: string, no: string) => {
    await officer.write('案件编号', caseNo)
    await officer.write('文书名称', '扣押决定书')
    await officer.write('文书编号', no)
    await officer.date('文书日期', demo.daysAgo(0).slice(0, 10))
    await officer.write('来源', '江城市南湖路 6 号现场')
    await officer.date('提取时间', demo.daysAgo(0.2))
    await officer.write('持有人姓名', '林某')
    await officer.write('见证人姓名', '王某')
  }
  const paste = async (rows: string[][]) => {
    await officer.page.getByText('从表格粘贴多项').first().click()
    await officer.write('从表格粘贴多项', sheet([head, ...rows]))
  }

  before(async () => {
    demo = await openDemo()
  })
  after(() => officer?.leave())

  it('registers eight different things in fewer than 25 clicks, told of the one that is here already', async () => {
    const earlier = await demo.registered(await demo.newCase('另一起盗窃案'), '旧手机', { serials: [imei] })
    const caseNo = await demo.newCase('仓库盗窃案')
    officer = await demo.person('officer', '/register')
    await counting(officer)
    await basis(caseNo, '江公(刑)扣字〔2026〕9101号')
    await officer.attach('共用照片')
    await paste(eight)
    await officer.sees('读到 8 行')
    await officer.sees(/其中 \d 行还需补充/)
    await officer.press('加入 8 项')
    await officer.sees('有相同编号的物品')
    await officer.press('登记 8 件')
    // What is still wrong is listed above, and a press leads there.
    const faults = officer.page.getByRole('alert').filter({ hasText: '处需要补充或改正' })
    await faults.getByText('车辆须填写车架号、号牌和里程').waitFor()
    await faults.getByText(printCode(earlier)).waitFor()
    await faults.getByRole('button', { name: '第 8 项 · 里程' }).click()
    await officer.page.waitForFunction(
      () =>
        (document.activeElement?.closest('[data-path]') as HTMLElement | null)?.dataset.path ===
        'items.7.details.mileage',
    )
    await officer.page.keyboard.type('800')
    await faults.getByRole('button', { name: '第 1 项 · 已核对，确属另一件物品' }).click()
    await officer.page.getByRole('link', { name: '旧手机' }).waitFor()
    await officer.tick('已核对，确属另一件物品')
    await officer.press('登记 8 件')
    await officer.sees('已登记 8 件')
    // Choosing the photograph is a press too, which the test does without one.
    expect((await clicksOf(officer)) + 1).to.be.lessThan(25)
    await officer.sees('下一步：贴好标签')
    await officer.follow('智能手机')
    await officer.sees('有相同编号的其他在管物品')
    await officer.page.getByRole('link', { name: '旧手机' }).waitFor()
  })

  it('keeps two hundred rows as lines, of which those that are written are open', async () => {
    await officer.open('/register')
    const many = Array.from({ length: 200 }, (_, n) => [`${n + 1}`, `样品 ${n + 1}`, '一般物品', '1', '件', '编号完好'])
    await paste(many)
    await officer.press('加入 200 项')
    await officer.sees('物品清单（200 件）')
    const blocks = officer.page.locator('fieldset.register-item')
    expect(await blocks.count()).to.equal(0)
    await officer.press(/样品 150/)
    await officer.write('特征', '红色')
    expect(await blocks.count()).to.equal(1)
    await officer.page.getByRole('checkbox', { name: '选择第 3 项' }).check()
    await officer.write('来源', '二号仓库', officer.page.locator('.register-common'))
    await officer.press('填入选中的 1 件')
    await officer.press(/样品 3 /)
    await officer.press('清空重填')
  })
})
