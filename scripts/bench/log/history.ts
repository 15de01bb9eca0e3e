// What happens in an evidence store in years, made up but by the rules: registers, loans, transfers, returns, disposals.

import type { Clerk } from './clerk.ts'

const units = 24
const sites = 2
const racks = 10
const slotsPerRack = 20
const minute = 60_000
const day = 86_400_000

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
const crimes = ['盗窃', '诈骗', '故意伤害', '非法经营', '赌博']
const surnames = ['张', '李', '王', '赵', '陈', '林', '孟', '邱']
const one = <T>(from: readonly T[], n: number): T => from[n % from.length]!

type Store = { site: string; keepers: string[]; slots: string[] }

/** A sequence that looks like chance and is the same every time (mulberry32). Gives whole numbers below `below`. */
function chance(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % below
  }
}

/** Goes on until the log has at least so many entries; `atOnce` cases are under way side by side. */
export function liveThrough(
  clerk: Clerk,
  entries: number,
  atOnce = 150,
  onProgress: (size: number) => void = () => undefined,
): void {
  const stores = begin(clerk)
  const roll = chance(1)
  const running: Generator<void>[] = []
  let opened = 0
  while (clerk.size < entries) {
    if (running.length < atOnce) running.push(lifeOfCase(clerk, ++opened, stores, roll))
    const at = roll(running.length)
    clerk.now += minute + roll(minute)
    if (running[at]!.next().done) running.splice(at, 1)
    onProgress(clerk.size)
  }
}

/** Agencies, units, people and places. */
function begin(clerk: Clerk): Store[] {
  const take = (step: string, input: object) => {
    clerk.now += minute
    return clerk.take({ actor: 'admin', step, input })[0]!
  }
  clerk.system('agency.found', {
    agency: { id: 'psb', name: '江城市公安局', type: 'police' },
    admin: { login: 'admin', name: '管理员', number: '000001' },
  })
  take('agency.add', { id: 'jcy', name: '江城市人民检察院', type: 'procuratorate' })
  take('agency.add', { id: 'court', name: '江城市人民法院', type: 'court' })
  const employ = (login: string, unit: string, ...grants: { role: string; scope: string }[]) => {
    take('person.add', { login, name: `测试${login}`, number: login, unit })
    for (const grant of grants) take('person.grant', { login, ...grant })
  }
  const stores = Array.from({ length: sites }, (_, n) => {
    const site = take('place.add', { kind: 'site', name: `涉案财物管理中心${n + 1}` })
    const room = take('place.add', { kind: 'room', parent: site, name: '一号库' })
    const slots = Array.from({ length: racks }, (_, r) => {
      const rack = take('place.add', { kind: 'rack', parent: room, name: `${r + 1}号架` })
      return Array.from({ length: slotsPerRack }, (_, s) =>
        take('place.add', { kind: 'slot', parent: rack, name: `${r + 1}-${String(s + 1).padStart(2, '0')}` }),
      )
    }).flat()
    const keepers = [`keeper${n + 1}a`, `keeper${n + 1}b`]
    for (const login of keepers) employ(login, 'psb', { role: 'keeper', scope: site })
    return { site, slots, keepers }
  })
  for (let n = 1; n <= units; n++) {
    take('unit.add', { id: `unit${n}`, name: `刑侦${n}中队`, agency: 'psb' })
    for (const login of [`officer${n}a`, `officer${n}b`])
      employ(login, `unit${n}`, { role: 'officer', scope: `unit${n}` })
    employ(`head${n}`, `unit${n}`, { role: 'head', scope: `unit${n}` })
  }
  employ('legal', 'psb', { role: 'legal', scope: 'psb' })
  employ('leader', 'psb', { role: 'leader', scope: 'psb' })
  employ('inspector', 'psb', { role: 'inspector', scope: 'psb' })
  employ('procurator', 'jcy', { role: 'casemanager', scope: 'jcy' })
  return stores
}

/** One case from its opening on; between two commands others have their turn. */
function* lifeOfCase(clerk: Clerk, n: number, stores: Store[], roll: (below: number) => number): Generator<void> {
  const unit = (n % units) + 1
  const officers = [`officer${unit}a`, `officer${unit}b`]
  const [officer] = officers as [string]
  const { keepers, slots } = one(stores, n)
  const [keeper] = keepers as [string]
  const caseNo = `A330102000000${String(2_026_000_000 + n)}`
  const at = (ms = 0) => new Date(clerk.now + ms).toISOString()

  clerk.take({
    actor: officer,
    step: 'case.open',
    input: {
      caseNo,
      title: `${one(crimes, n)}案${n}`,
      kind: 'criminal',
      acceptedAt: at(-day),
      unit: `unit${unit}`,
      officers,
    },
  })
  yield
  const size = 5 + roll(36)
  const lines = Array.from({ length: size }, (_, line) => thing(n, line + 1, at(-minute), roll))
  const document = { kind: '扣押清单', no: `扣字〔2026〕${n}号`, date: '2026-02-01' }
  const codes = clerk.take({
    actor: officer,
    step: 'intake.register',
    input: { caseNo, document, measure: 'seize', items: lines },
  })
  yield
  for (let from = 0; from < size; ) {
    const items = codes.slice(from, from + 1 + roll(6))
    from += items.length
    const input = { place: one(slots, roll(slots.length)), checked, photos: [file(roll)], quantityReceived: '1' }
    clerk.take({ actor: keeper, step: 'intake.receive', input, items, signers: [officer] })
    yield
  }
  for (let loan = 0; loan < size; loan++) {
    const items = [one(codes, roll(size))]
    const request = { purpose: 'examination', reason: '送检', usedAt: at(minute), dueAt: at(10 * day) }
    clerk.take({ actor: officer, step: 'retrieval.request', input: request, items })
    yield
    clerk.take({ actor: `head${unit}`, step: 'retrieval.approve', input: {}, items })
    yield
    clerk.take({
      actor: keeper,
      step: 'retrieval.release',
      input: { condition: '完好', photos: [file(roll)] },
      items,
      signers: [officer],
    })
    yield
    const back = { place: one(slots, roll(slots.length)), condition: 'intact', photos: [file(roll)] }
    clerk.take({ actor: keeper, step: 'retrieval.give-back', input: back, items, signers: [officer] })
    yield
  }
  const left = roll(8)
  for (const code of codes.slice(0, left)) {
    const items = [code]
    const owner = { name: `${one(surnames, roll(99))}某${roll(1000)}`, contact: '13800000000' }
    const proposal = { ground: 'unrelated', owner, titleProof: [file(roll)] }
    clerk.take({ actor: officer, step: 'return.propose', input: proposal, items })
    yield
    clerk.take({ actor: `head${unit}`, step: 'return.approve', input: { note: '同意' }, items })
    yield
    const recipient = { name: owner.name, idNumber: '330102199001011234', relation: 'owner' }
    const paper = { recipient, signature: file(roll), photo: file(roll) }
    clerk.take({ actor: keeper, step: 'return.hand-over', input: paper, items, signers: [keepers[1]!] })
    yield
  }
  const rest = codes.slice(left)
  if (rest.length === 0) return
  const offer = {
    to: 'jcy',
    stage: 'prosecution',
    document: { kind: '起诉意见书', no: `江公诉字〔2026〕${n}号`, date: '2026-03-02' },
    items: rest.map((code) => ({ code, proposal: '随案移送' })),
  }
  clerk.take({ actor: officer, step: 'transfer.offer', input: offer, items: rest })
  yield
  clerk.take({ actor: 'legal', step: 'transfer.endorse', input: {}, items: rest })
  yield
  const accept = { items: rest.map((code) => ({ code, verified })) }
  clerk.take({ actor: 'procurator', step: 'transfer.accept', input: accept, items: rest })
}

const checked = { documents: true, quantity: true, condition: '完好' }
const verified = { record: true, photos: true, sealNo: true, lastSeenAt: true }
const file = (roll: (below: number) => number) =>
  Array.from({ length: 8 }, () =>
    roll(2 ** 32)
      .toString(16)
      .padStart(8, '0'),
  ).join('')

const thing = (n: number, line: number, extractedAt: string, roll: (below: number) => number) => ({
  line: String(line),
  name: `${one(colours, n + line)}${one(makes, line)}${one(things, n * 7 + line)}`,
  class: one(['general', 'general', 'general', 'document'], line),
  quantity: '1',
  unit: '件',
  features: `${one(oddities, line + n)}，编号 SN${n}-${line}`,
  source: '现场扣押',
  extractedAt,
  takenFrom: { name: `${one(surnames, n + line)}某${n % 100}`, contact: '13900000000' },
  witness: { absentBecause: '无见证人在场' },
  serials: [`SN${String(n).padStart(6, '0')}${String(line).padStart(4, '0')}`],
  photos: [file(roll)],
})
