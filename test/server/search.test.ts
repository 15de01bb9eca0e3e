// Search by anything: whatever is written on a thing finds it, in whatever writing, and nobody finds by what they may not read.

import { expect } from 'chai'
import type { Found } from '../../server/contract/search.ts'
import {
  type Browser,
  caseNo,
  newItem,
  populate,
  receiving,
  signedIn,
  startServer,
  type TestServer,
  taking,
  type World,
} from '../support/server.ts'

describe('search', function () {
  this.timeout(60_000)
  let server: TestServer
  let world: World
  let officer: Browser
  let car: string
  let thing: string
  let rack: string
  const take: ReturnType<typeof taking> = (...step) => taking(server.parts)(...step)

  const found = async (q: string, as = officer): Promise<Found> => {
    const { status, body } = await as.get<Found>(`/api/search?limit=50&q=${encodeURIComponent(q)}`)
    expect(status, q).to.equal(200)
    return body
  }
  const codesOf = async (q: string, as = officer) => (await found(q, as)).items.map(({ code }) => code)

  before(async () => {
    server = await startServer()
    world = await populate(server)
    const vehicle = {
      class: 'vehicle',
      name: '白色轿车',
      unit: '辆',
      details: { vin: 'LSVAA4182E2123456', plate: '京A·12345', mileage: 1000 },
    }
    const many = {
      name: 'ｉＰｈｏｎｅ１５（電腦包內的手机）',
      features: '重庆产，背面有\u200b裂痕',
      serials: ['8986 0117 8012 3456 7890'],
      seal: '封-〔2026〕7',
      externalNo: 'K/0042',
      takenFrom: { name: '单雄信' },
      witness: { name: '王見證' },
    }
    const document = { kind: '扣押清单', no: '江公（刑）扣字〔2026〕第0081号', date: '2026-03-01' }
    const registered = await take('officer', 'intake.register', {
      caseNo,
      document,
      measure: 'seize',
      items: [newItem('91', world.photo, vehicle), newItem('92', world.photo, many)],
    })
    ;[car, thing] = registered.items.map(({ code }) => code) as [string, string]
    rack = world.place.slot2
    const received = receiving(rack, world.photo)
    await take(
      'keeper',
      'intake.receive',
      { ...received, checked: { ...received.checked, seal: many.seal } },
      [thing],
      ['officer'],
    )
    officer = await signedIn(server, 'officer')
  })
  after(() => server?.close())

  const ways: [what: string, of: () => string, words: string[]][] = [
    ['a VIN', () => car, ['LSVAA4182E2123456', 'lsvaa4182', 'ＬＳＶＡＡ']],
    ['a plate', () => car, ['京A·12345', '京A12345', '京Ａ•12345', 'a12345']],
    ['a name in another width', () => thing, ['iPhone15', 'IPHONE15', 'ｉＰｈｏｎｅ１５', 'iphone 15']],
    ['simplified or traditional characters', () => thing, ['电脑包', '電腦包', '王见证', '王見證']],
    ['pinyin', () => thing, ['shouji', 'diannaobao', 'chongqing', 'shanxiongxin', 'SHOUJI']],
    ['initials', () => thing, ['dnb', 'sj', 'sxx']],
    ['two letters, and one', () => thing, ['电脑', '裂痕', '信']],
    ['a serial however it is spaced', () => thing, ['89860117801234567890', '8986-0117', '12345678']],
    ['a document', () => thing, ['江公(刑)扣字[2026]第0081号', '扣字〔2026〕', '扣字2026第0081']],
    ['a seal and a number of others', () => thing, ['封-[2026]7', '封2026', 'K0042']],
    ['people outside', () => thing, ['单雄信', '王见证']],
    ['what is not seen', () => thing, ['背面有裂痕', '背面\u200b有裂', '⼿机']],
  ]
  for (const [what, of, words] of ways)
    it(`finds by ${what}`, async () => {
      for (const q of words) expect(await codesOf(q), q).to.include(of())
      expect(await codesOf('查无此物')).to.deep.equal([])
      expect(await codesOf('zzzz')).to.deep.equal([])
    })

  it('finds by a code alone, as scanned and as printed, and by words together', async () => {
    const printed = [thing.slice(0, 1), thing.slice(1, 6), thing.slice(6, 11), thing.slice(11)].join('-')
    for (const q of [thing, thing.toLowerCase(), printed]) expect(await codesOf(q), q).to.deep.equal([thing])
    expect(await codesOf(thing.slice(1, 8))).to.deep.equal([thing])
    expect(await codesOf('手机 裂痕 单雄信')).to.deep.equal([thing])
    expect(await codesOf('手机 白色轿车')).to.deep.equal([])
  })

  it('finds who has a thing and where it is, by the names of now', async () => {
    expect(await codesOf('某officer'))
      .to.include(car)
      .and.not.include(thing)
    expect(await codesOf('A-02')).to.include(thing)
    await take('admin', 'place.rename', { place: rack, name: '十二号柜' })
    expect(await codesOf('十二号柜')).to.deep.equal([thing])
    expect(await codesOf('shierhaogui')).to.deep.equal([thing])
    expect(await codesOf('A-02')).to.not.include(thing)
  })

  it('says the new name of a place on everything in it, and the old one in old entries', async () => {
    const name = (card: { custody: { pathNames?: string[]; placeName?: string } }) =>
      [card.custody.pathNames?.at(-1), card.custody.placeName].join()
    const now = '十二号柜,十二号柜'
    expect(name((await officer.get(`/api/items/${thing}`)).body)).to.equal(now)
    expect(name((await officer.get(`/api/codes/${thing}`)).body.item)).to.equal(now)
    const listed = (await officer.get('/api/items?limit=200')).body.items as { code: string }[]
    expect(name(listed.find(({ code }) => code === thing) as never)).to.equal(now)
    const { entries } = (await officer.get(`/api/items/${thing}/chain`)).body
    expect(entries.at(-1).to.name).to.match(/A-02$/)
    await take('officer', 'retrieval.request', { ...requestingNow(), purpose: 'inspection' }, [thing])
    await take('head', 'retrieval.approve', {}, [thing])
    await take(
      'keeper',
      'retrieval.release',
      { condition: '完好', photos: [world.photo], seal: '封-〔2026〕7' },
      [thing],
      ['officer'],
    )
    const { custody } = (await officer.get(`/api/items/${thing}`)).body
    expect(custody.from.pathNames.at(-1)).to.equal('十二号柜')
  })

  it('groups what it finds and marks where the words stand', async () => {
    const { cases, dockets, people, places, items } = await found(caseNo)
    expect(cases.map((each) => each.caseNo)).to.deep.equal([caseNo])
    expect(cases[0]!.matched).to.deep.equal([{ by: 'caseNo', text: caseNo, marks: [[0, caseNo.length]] }])
    expect(items.length).to.be.greaterThan(3)
    expect([dockets, people, places]).to.deep.equal([[], [], []])

    const marked = async (q: string) => {
      const hit = (await found(q)).items.find(({ code }) => code === thing || code === car)!
      return hit.matched.map(({ by, text, marks }) => `${by}: ${marks.map(([from, to]) => text.slice(from, to))}`)
    }
    expect(await marked('iphone15')).to.deep.equal(['name: ｉＰｈｏｎｅ１５'])
    expect(await marked('电脑')).to.deep.equal(['name: 電腦'])
    expect(await marked('京A12345')).to.deep.equal(['details: 京A·12345'])
    expect(await marked('有裂痕')).to.deep.equal(['features: 有裂痕'])
    expect(await marked('diannao')).to.deep.equal(['name: 電腦'])
    expect((await found('十二号柜')).places.map(({ code }) => code)).to.deep.equal([rack])
    expect((await found('某keeper2')).people.map(({ login }) => login)).to.deep.equal(['keeper2'])
    expect((await found('盗窃案 1')).cases.map((each) => each.caseNo)).to.deep.equal([caseNo])
    expect((await found('daoqie')).cases.map((each) => each.caseNo)).to.include(caseNo)
    const [docket] = (await officer.get('/api/dockets?limit=1')).body.dockets
    expect((await found(docket.code)).dockets.map(({ code }) => code)).to.deep.equal([docket.code])
    expect((await found('，。（）')).items).to.deep.equal([])
  })
})

const requestingNow = () => ({
  reason: '侦查实验',
  usedAt: new Date(Date.now() + 3_600_000).toISOString(),
  dueAt: new Date(Date.now() + 5 * 86_400_000).toISOString(),
})
