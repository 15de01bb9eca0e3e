// Somebody gets their property back with a paper, and checks the paper with a telephone, signed in nowhere.

import { expect } from 'chai'
import { type Demo, openDemo } from '../support/browser-demo.ts'
import { Person } from '../support/browser-person.ts'
import { codeOn, covered } from '../support/receipts.ts'

describe('journey: a receipt in the hands of its owner', function () {
  this.timeout(180_000)
  let demo: Demo
  before(async () => {
    demo = await openDemo()
  })

  it('is found on the chain, scanned by anybody, and shown as false when it is', async () => {
    const name = '红色自行车（回执）'
    const code = await demo.stored(await demo.newCase('自行车盗窃案'), name, 'A-06')
    const owner = { name: '白某某', idNumber: '990102199404040040' }
    const proof = [await demo.picture()]
    await demo.take('officer', 'return.propose', { ground: 'victim', owner, titleProof: proof }, [code])
    await demo.take('leader', 'return.approve', {}, [code])
    const recipient = { ...owner, relation: 'owner' }
    const input = { recipient, signature: await demo.picture('signature'), photo: await demo.picture() }
    await demo.take('keeper', 'return.hand-over', input, [code], ['keeper2'])
    await covered(demo.server)

    const keeper = await demo.person('keeper', `/items/${code}`)
    const link = keeper.page.getByRole('link', { name: '回执：已发还领取人' })
    const paper = await keeper.page.request.get(demo.server.url + (await link.getAttribute('href')))
    expect(paper.status()).to.equal(200)
    // Only what stands on the chain with a receipt has a link to one: taken in, and handed over.
    expect(await keeper.page.getByRole('link', { name: /^回执：/ }).count()).to.equal(2)
    const scanned = await codeOn(await paper.body())
    await keeper.leave()

    const holder = await Person.at(demo.browser, demo.server.url, 'nobody', { width: 390, height: 844 })
    const scan = async (text: string) => {
      await holder.page.goto('about:blank')
      await holder.page.goto(text)
    }
    await scan(scanned)
    await holder.sees('回执属实，记录在存证日志中。')
    await holder.sees('已发还')
    await holder.sees(/^E-\w{5}-\w{5}-\w$/)
    const shown = await holder.page.getByRole('main').innerText()
    for (const secret of [name, owner.name, '990102', '自行车']) expect(shown, secret).not.to.include(secret)

    const root = /&r=([0-9a-f]{64})/.exec(scanned)![1]!
    await scan(
      scanned.replace(
        root,
        root.replace(/^./, (digit) => (digit === '0' ? '1' : '0')),
      ),
    )
    await holder.isTold('与存证日志不符。')
    await holder.sees('打印时的根哈希值与现在的存证日志对不上。')
    expect(await holder.page.getByText('财物现在怎样').count()).to.equal(0)

    await scan(scanned.replace(/\/r\/(\d+)-./, (start) => start.slice(0, -1) + (start.endsWith('A') ? 'B' : 'A')))
    await holder.isTold('查不到这张回执。')
    await scan(scanned.slice(0, -4))
    await holder.isTold('二维码内容不完整。')
    await scan(scanned.split('#')[0]!)
    await holder.sees('记录在存证日志中，但没有可比对的纸质回执。')
    await holder.leave()
  })

  it('speaks English to who prefers it', async () => {
    const { rows } = await demo.server.parts.pool.query(
      `SELECT position::int FROM ledger WHERE fact = 'ItemReleased' ORDER BY position DESC LIMIT 1`,
    )
    await covered(demo.server)
    const officer = await demo.person('inspector', '/desk')
    const paper = await officer.page.request.get(
      `${demo.server.url}/api/documents/receipt?position=${rows[0].position}`,
    )
    const scanned = await codeOn(await paper.body())
    await officer.leave()
    const holder = await Person.at(demo.browser, demo.server.url, 'nobody', {
      language: 'en',
      width: 1440,
      height: 900,
    })
    await holder.page.goto(scanned)
    await holder.sees('This receipt is genuine: its entry stands in the log.')
    await holder.sees('What became of the property')
    await holder.leave()
  })
})
