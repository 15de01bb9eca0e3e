// Nobody has to believe the server: a browser verifies a chain by itself, and shows in place what does not hold.

import { readFile } from 'node:fs/promises'
import { expect } from 'chai'
import type { LogState } from '../../server/contract/log.ts'
import type { ChainEntry } from '../../server/contract/movements.ts'
import { type Demo, openDemo } from '../support/browser-demo.ts'
import type { Person } from '../support/browser-person.ts'
import { newKey } from '../support/reference-log.ts'

const bundles = '**/api/log/tile/entries/**'

describe('journey: a chain is verified, and a false one is found out', function () {
  this.timeout(180_000)
  let demo: Demo
  let inspector: Person
  let code: string
  before(async () => {
    demo = await openDemo()
    code = await demo.stored(await demo.newCase('核验伪造案'), '印章（核验）', 'A-06')
    inspector = await demo.person('inspector', `/items/${code}`)
  })

  const chain = () => inspector.page.getByRole('region', { name: '保管链' })
  const entries = () => chain().getByRole('article')
  const verify = () => inspector.press('验证此链')
  /** The log as this browser remembers it, changed. */
  const remembering = (change: object) =>
    inspector.page.evaluate((changed) => {
      const known = JSON.parse(localStorage.getItem('stillpoint.log')!)
      localStorage.setItem('stillpoint.log', JSON.stringify({ ...known, ...changed }))
    }, change)
  /** The server's answer to these addresses, falsified on its way. */
  const falsify = (address: string, change: (body: Buffer) => Buffer) =>
    inspector.page.route(address, async (route) => {
      const response = await route.fetch()
      const headers = response.headers()
      delete headers['content-encoding']
      delete headers['content-length']
      await route.fulfill({ status: response.status(), headers, body: change(await response.body()) })
    })

  it('shows of each entry that the log holds it and who has cosigned, also of one that comes while one looks', async () => {
    const witnessed = entries().getByText('外部已存证：公安机关、检察院、法院')
    await witnessed.nth(1).waitFor()
    expect(
      await entries()
        .getByText(/已入存证日志（检查点 \d+）/)
        .count(),
    ).to.equal(2)
    const asked = { purpose: 'identification', reason: '辨认', usedAt: later(4), dueAt: later(48) }
    await demo.take('officer', 'retrieval.request', asked, [code])
    await witnessed.nth(2).waitFor()
  })

  it('verifies green, and says what was checked', async () => {
    await verify()
    const found = chain().getByRole('status').filter({ hasText: '核验通过：3 条记录与已签名的存证日志完全一致' })
    await found.waitFor()
    expect(await found.textContent())
      .to.match(/第一次见到这把密钥/)
      .and.match(/达到要求：公安机关、检察院、法院/)
    expect(await entries().getByText('本机已核验').count()).to.equal(3)
    await verify()
    await inspector.sees(/本浏览器上次见到的 \d+ 条记录，其中没有删改/)
  })

  it('marks the entry whose bytes were changed, in its place, and no other', async () => {
    await falsify(bundles, (body) => {
      // In the second entry about the item; the name of the thing stands in the first.
      const first = body.indexOf(`"id":"${code}"`)
      const second = body.indexOf(`"id":"${code}"`, first + 1)
      if (second > 0) body[second + 8]! ^= 1
      return body
    })
    await verify()
    const broken = entries().filter({ hasText: '这条记录未通过核验' })
    await broken.getByText('这条记录的字节不是存证日志签名的那些').waitFor()
    expect(await broken.count()).to.equal(1)
    expect(await broken.getByRole('heading').textContent()).to.equal('已接收入库')
    expect(await broken.getByText('已入存证日志').count()).to.equal(0)
    expect(await entries().getByText('本机已核验').count()).to.equal(2)
    await inspector.isTold('核验未通过')
    await inspector.page.waitForFunction((id) => document.activeElement?.id === id, await broken.getAttribute('id'))
    await inspector.page.unroute(bundles)
  })

  it('finds that the page was told another person than the bytes say', async () => {
    const address = `**/api/items/${code}/chain`
    await falsify(address, (body) => {
      const answer = JSON.parse(body.toString()) as { entries: ChainEntry[] }
      answer.entries[1]!.by.name = '张冠李戴'
      return Buffer.from(JSON.stringify(answer))
    })
    await verify()
    await entries().filter({ hasText: '本页显示的与记录所写的不同：经办人。' }).getByText('张冠李戴').waitFor()
    await inspector.page.unroute(address)
  })

  it('shows a changed key loudly, and verifies once people have compared it', async () => {
    const { logKey } = await inspector.page.evaluate(() => JSON.parse(localStorage.getItem('stillpoint.log')!))
    const other = newKey(logKey.split('+')[0])
    await remembering({ logKey: other.vkey })
    await verify()
    await inspector.isTold('密钥变了，没有核验')
    await inspector.sees(other.vkey)
    expect(await entries().getByText('本机已核验').count()).to.equal(0)
    await inspector.press('我已比对，信任现在的密钥')
    await inspector.sees('核验通过：3 条记录与已签名的存证日志完全一致')
  })

  it('alarms at a log that is shorter than it was', async () => {
    await remembering({ size: '1000000' })
    await verify()
    await inspector.isTold(/存证日志变短了：现在只有 \d+ 条记录，而本浏览器见过 1000000 条/)
    await remembering({ size: '0', root: '' })
  })

  it('hands out the proof as a file', async () => {
    const coming = inspector.page.waitForEvent('download')
    await inspector.press('证明文件')
    const file = await coming
    expect(file.suggestedFilename()).to.equal(`${code}-proof.html`)
    expect(await readFile((await file.path())!, 'utf8')).to.include('stillpoint-proof@1')
  })

  it('shows the log growing with a step, and its witnesses following', async () => {
    await inspector.follow('存证日志')
    const signed = inspector.page.getByRole('definition').filter({ hasText: '全部已签名' }).locator('b')
    const before = Number((await signed.textContent())!.replace(',', ''))
    await demo.take('head', 'retrieval.approve', {}, [code])
    await inspector.page.waitForFunction((size) => {
      const figures = [...document.querySelectorAll('dl b')].map((b) => Number(b.textContent!.replace(',', '')))
      // Entries, signed, witnessed.
      return figures.length === 3 && figures.every((figure) => figure > size)
    }, before)
    await inspector.line('procuratorate.demo.example/witness').getByText('已存证最新检查点').waitFor()
    await inspector.sees(/这是演示：三个外部存证单位运行在同一个程序里/)
    await inspector.sees(/^npx stillpoint-verify log http/)
  })

  it('cannot be overlooked when a witness has seen another history, or nothing is recorded any more', async () => {
    await inspector.page.route('**/api/log', async (route) => {
      const log = (await (await route.fetch()).json()) as LogState
      const about = { seen: { by: 'court', size: 812 }, here: { size: log.size } }
      const evidence = [{ id: 1, kind: 'log-different', foundAt: later(0), about, notes: [log.checkpoint!.note] }]
      const params = { kind: 'log-different', by: 'court', seen: 812, here: log.size }
      await route.fulfill({ json: { ...log, evidence, readOnly: { code: 'ledger.read-only', params } } })
    })
    await inspector.isTold('法院见过的前 812 条记录与这里的不同')
    await inspector.isTold(/系统已停止记录.*现在不能办理任何手续/)
  })

  it('is open to everybody signed in, and in the way of none', async () => {
    const officer = await demo.person('officer', '/log')
    await officer.page.getByRole('heading', { name: '存证日志与外部存证单位' }).waitFor()
    expect(await officer.page.getByRole('link', { name: '存证日志', exact: true }).count()).to.equal(0)
    await officer.leave()
    await inspector.leave()
  })
})

const later = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString()
