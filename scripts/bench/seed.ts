// Fills an empty ledger by steps: two agencies, a store, cases, and as many items as asked for, most of them stored.

import { randomUUID } from 'node:crypto'
import type { StepAnswer } from '../../server/contract/steps.ts'
import { catalogue } from '../../server/custody/catalogue.ts'
import type { Database } from '../../server/database/data-source.ts'
import { secretOf } from '../../server/installation.ts'
import { establish, type Parts, perform } from '../../server/perform.ts'

/** Every unit of the police has one officer and one head: `officer1`, `head1`, … */
export const units = 8
export const origin = 'bench.example/ledger'
/** A file that every item names as its photograph. */
export const photo = 'ab'.repeat(32)

const itemsPerCase = 250
/** Of each case so many stay with their officer, past the day on which they should have been handed in. */
const keptBack = 5
/** Of each case so many requests wait for the head, of two items each. */
const requestsPerCase = 5
const atOnce = 4
const sites = 2
const racks = 10
const slotsPerRack = 10

const makes = ['华为', '小米', '苹果', '三星', '联想', '海尔', '永久牌', '无牌']
const colours = ['黑色', '白色', '银灰色', '红色', '蓝色', '金色']
const things = [
  '手机',
  '笔记本电脑',
  '手提包',
  '水果刀',
  '电动自行车',
  '移动硬盘',
  '账本',
  '行车记录仪',
  '撬棍',
  '手表',
]
const oddities = ['屏幕有裂痕', '外壳磨损', '无明显损坏', '缺少电池', '有刻字', '表面有锈迹', '包装未拆封']
const one = <T>(from: readonly T[], n: number): T => from[n % from.length]!

export async function seed({ pool }: Database, items: number, onProgress: (done: number) => void): Promise<void> {
  const parts: Parts = { pool, catalogue, origin, secret: await secretOf(pool, 'sessions') }
  const take = takingIn(parts)
  await pool.query(`INSERT INTO files (sha256, bytes, type, name, uploaded_by) VALUES ($1, 1, 'image/png', 'a', '')`, [
    photo,
  ])

  await establish(parts, {
    agency: { id: 'psb', name: '江城市公安局', type: 'police' },
    admin: { login: 'admin', name: '管理员', number: '000001' },
  })
  await take('admin', 'agency.add', { id: 'jcy', name: '江城市人民检察院', type: 'procuratorate' })
  const slots = await makeStore((input) => take('admin', 'place.add', input).then((it) => it.entries[0]!.subject.id))
  const employ = async (login: string, unit: string, ...grants: { role: string; scope: string }[]) => {
    await take('admin', 'person.add', { login, name: `测试${login}`, number: login, unit })
    for (const grant of grants) await take('admin', 'person.grant', { login, ...grant })
  }
  for (let n = 1; n <= units; n++) {
    await take('admin', 'unit.add', { id: `unit${n}`, name: `刑侦${n}中队`, agency: 'psb' })
    await employ(`officer${n}`, `unit${n}`, { role: 'officer', scope: `unit${n}` })
    await employ(`head${n}`, `unit${n}`, { role: 'head', scope: `unit${n}` })
  }
  await employ('keeper', 'unit1', ...slots.map(({ site }) => ({ role: 'keeper', scope: site })))
  await employ('leader', 'unit1', { role: 'leader', scope: 'psb' })
  await employ('procurator', 'jcy', { role: 'casemanager', scope: 'jcy' })

  let done = 0
  const fillCase = async (n: number, size: number) => {
    const unit = (n % units) + 1
    const officer = `officer${unit}`
    const caseNo = `A330102000000${String(2_026_000_000 + n)}`
    await take(officer, 'case.open', {
      caseNo,
      title: `${one(['盗窃', '诈骗', '故意伤害', '非法经营', '赌博'], n)}案${n}`,
      kind: 'criminal',
      acceptedAt: '2026-01-01T00:00:00.000Z',
      unit: `unit${unit}`,
      officers: [officer],
    })
    const registered = await take(officer, 'intake.register', {
      caseNo,
      document: { kind: '扣押清单', no: `扣字〔2026〕${n}号`, date: '2026-02-01' },
      measure: 'seize',
      items: Array.from({ length: size }, (_, line) => thing(n, line + 1)),
    })
    const codes = registered.items.map(({ code }) => code)
    const stored = codes.slice(size > keptBack ? keptBack : 0)
    await take('keeper', 'intake.receive', received(one(one(slots, n).codes, n)), stored, [officer])
    for (let request = 0; request < requestsPerCase; request++) {
      const asked = stored.slice(request * 2, request * 2 + 2)
      if (asked.length === 2) await take(officer, 'retrieval.request', retrieval(), asked)
    }
    done += size
    onProgress(done)
  }

  const cases = Math.ceil(items / itemsPerCase)
  let next = 0
  const worker = async () => {
    while (next < cases) {
      const n = next++
      await fillCase(n, Math.min(itemsPerCase, items - n * itemsPerCase))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

/** One officer asks for all these items in one command, without HTTP. */
export async function requestItems({ pool }: Database, officer: string, items: string[]): Promise<void> {
  const parts: Parts = { pool, catalogue, origin, secret: await secretOf(pool, 'sessions') }
  await takingIn(parts)(officer, 'retrieval.request', retrieval(), items)
}

const takingIn =
  (parts: Parts) =>
  (actor: string, step: string, input: object, scanned: string[] = [], signers: string[] = []): Promise<StepAnswer> =>
    perform(parts, {
      step,
      commandId: randomUUID(),
      items: scanned,
      input,
      actor,
      authenticated: { by: 'password', at: '2026-01-01T00:00:00.000Z' },
      claim: async () => signers,
    })

async function makeStore(add: (input: object) => Promise<string>): Promise<{ site: string; codes: string[] }[]> {
  const store = []
  for (let s = 1; s <= sites; s++) {
    const site = await add({ kind: 'site', name: `涉案财物管理中心${s}` })
    const room = await add({ kind: 'room', parent: site, name: '一号库' })
    const codes: string[] = []
    for (let r = 1; r <= racks; r++) {
      const rack = await add({ kind: 'rack', parent: room, name: `${r}号架` })
      const name = (slot: number) => `${r}-${String(slot).padStart(2, '0')}`
      for (let slot = 1; slot <= slotsPerRack; slot++)
        codes.push(await add({ kind: 'slot', parent: rack, name: name(slot) }))
    }
    store.push({ site, codes })
  }
  return store
}

const thing = (n: number, line: number) => ({
  line: String(line),
  name: `${one(colours, n + line)}${one(makes, line)}${one(things, n * 7 + line)}`,
  class: one(['general', 'general', 'general', 'document'], line),
  quantity: '1',
  unit: '件',
  features: `${one(oddities, line + n)}，编号 SN${n}-${line}`,
  source: '现场扣押',
  extractedAt: '2026-02-01T01:00:00.000Z',
  takenFrom: { name: `${one(['张', '李', '王', '赵', '陈'], line)}某${n % 100}` },
  witness: { absentBecause: '无见证人在场' },
  serials: [`SN${String(n).padStart(6, '0')}${String(line).padStart(4, '0')}`],
  photos: [photo],
})

const received = (place: string) => ({
  place,
  checked: { documents: true, quantity: true, condition: '完好' },
  photos: [photo],
  quantityReceived: '1',
})

const day = 86_400_000

/** What a request for a retrieval asks. */
export const retrieval = (): object => ({
  purpose: 'examination',
  reason: '送检',
  usedAt: new Date(Date.now() + day / 24).toISOString(),
  dueAt: new Date(Date.now() + 5 * day).toISOString(),
})
