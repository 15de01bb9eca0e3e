/** Moves of the model-based test: for each step an input that makes sense more often than not, drawn by chance. */
import { catalogue } from '../../server/custody/catalogue.ts'
import { itemClasses } from '../../server/custody/classes.ts'
import { compare, minus, sum, times } from '../../server/custody/decimal.ts'
import type { Item } from '../../server/custody/item.ts'
import { fieldsOf } from '../../server/custody/procedures/correction/fields.ts'
import { unlike } from '../../server/custody/procedures/item/join.ts'
import { placeKinds, roles } from '../../server/custody/subjects.ts'
import { caseNo, file, handOver, line, measured, otherCaseNo, places, proposal, type Story } from './custody.ts'

/** Draws from a seed, the same in every run (mulberry32). */
export class Chance {
  constructor(private state: number) {}
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  below(most: number): number {
    return Math.floor(this.next() * most)
  }
  may(share: number): boolean {
    return this.next() < share
  }
  of<Value>(list: readonly Value[]): Value {
    return list[this.below(list.length)]!
  }
  some<Value>(list: readonly Value[]): Value[] {
    return list.filter(() => this.may(0.5))
  }
}

type Draw = (story: Story, items: Item[], chance: Chance) => Record<string, unknown>

const note: Draw = (_story, _items, chance) => (chance.may(0.5) ? { note: '同意' } : {})
const document = (chance: Chance) => ({ kind: '文书', no: `${chance.below(6)}号`, date: '2026-03-02' })
const indexOf = (story: Story, items: Item[]) => Math.max(0, story.codes.indexOf(items[0]?.code ?? ''))
const marks = (story: Story, items: Item[]) => (items.length > 0 ? measured(story, indexOf(story, items)) : {})
/** What each of several things has for itself; of one alone it stands in the input. */
const apiece = (story: Story, items: Item[]) =>
  items.length < 2
    ? marks(story, items)
    : { lines: items.map((item) => ({ code: item.code, ...marks(story, [item]) })) }
type Read = { seal?: string; weight?: string; mileage?: number }
const unmetered = ({ mileage: _, lines, ...read }: Read & { lines?: (Read & { code: string })[] }) => ({
  ...read,
  ...(lines ? { lines: lines.map(({ mileage: _unread, ...line }) => line) } : {}),
})
const anywhere = (story: Story, chance: Chance) => chance.of([...story.world.places.keys()])
const slot = (story: Story, chance: Chance) =>
  chance.may(0.8)
    ? chance.of([places.slot, places.slot2, places.eastSlot, places.riverSlot, places.box])
    : anywhere(story, chance)
const login = (story: Story, chance: Chance) => chance.of([...story.world.people.keys()])
const each = <More>(items: Item[], more: More) => items.map(({ code }) => ({ code, ...more }))

const anyCase = (story: Story, chance: Chance) => chance.of([caseNo, otherCaseNo, ...story.world.cases.keys()])
const newNo = (chance: Chance) => `A${String(chance.below(50)).padStart(22, '0')}`
const officersOf: Record<string, string[][]> = {
  crim: [['officer', 'officer2'], ['officer'], ['officer2', 'officer']],
  econ: [['econofficer']],
  crim2: [['officer3']],
}

/** A decimal string shared in two, of which the second gets as much as it may. */
const shared = (whole: string, most = '1'): [string, string] => {
  const part = compare(whole, most) > 0 ? most : '0.001'
  return [minus(whole, part), part]
}

type Counted = {
  netWeight?: string
  packages?: string[]
  denominations?: { face: string; count: number }[]
  rounds?: number
}

/** What is said of the first part and of the second, so that all of it is shared out. */
function halves(item: Item | undefined): Record<string, unknown>[] {
  if (!item) return [{ quantity: '1' }, { quantity: '1' }]
  const { weight, value, serials, details } = item
  const { netWeight, packages = [], denominations = [], rounds = 0 } = details as Counted
  const tiny = [item.quantity, weight, netWeight, value].some((each) => each && compare(each, '0.002') < 0)
  if (tiny) return [{ quantity: '1' }, { quantity: '1' }]
  const quantity = shared(item.quantity)
  const weights = weight && shared(weight, netWeight ? minus(weight, shared(netWeight)[0]) : '0.001')
  const notes = denominations.map(
    ({ face, count }) =>
      [
        { face, count: count - 1 },
        { face, count: 1 },
      ] as const,
  )
  const of = (half: 0 | 1) => {
    const held = notes.map((each) => each[half]).filter(({ count }) => count > 0)
    const worth =
      held.length > 0 ? sum(...held.map(({ face, count }) => times(face, count))) : value && shared(value)[half]
    return {
      quantity: quantity[half],
      serials: half === 0 ? serials.slice(1) : serials.slice(0, 1),
      ...(weights ? { weight: weights[half] } : {}),
      ...(worth ? { value: worth } : {}),
      details: {
        ...(netWeight ? { netWeight: shared(netWeight)[half] } : {}),
        ...(half === 0 ? { packages } : {}),
        ...(held.length > 0 ? { denominations: held } : {}),
        rounds: half === 0 ? rounds : 0,
      },
    }
  }
  return [of(0), of(1)]
}

/** What came, of a thing of which not everything does. */
function arrival(item: Item | undefined): Record<string, unknown> {
  const { quantity, weight, ...part } = halves(item)[1] as { quantity: string; weight?: string }
  return { quantityReceived: quantity, part, ...(weight ? { weight } : {}) }
}

/** Right values of fields that are no plain text. */
const rights: Record<string, readonly unknown[]> = {
  class: itemClasses,
  quantity: ['1', '2', '3.5', '7'],
  weight: ['1', '10.5', '30'],
  value: ['1', '1200.50'],
  serials: [['A-1'], ['A-1', 'B 2'], 'SN 12 34'],
  extractedAt: ['2026-03-01T00:00:00.000Z', '2026-02-28T23:00:00.000Z', '2030-01-01T00:00:00.000Z'],
  'document.date': ['2026-03-01'],
  'details.denominations': [[{ face: '100', count: 4 }]],
  'details.grossWeight': ['10', '11'],
  'details.netWeight': ['9', '12'],
  'details.packages': [['1', '2']],
  'details.mileage': [52000, 52001],
  'details.rounds': [3, 4],
  'details.safeCleared': [true, false],
}

const numberOf = (item: Item | undefined) => (item?.custody.state === 'deposited' ? item.custody.account : '0001')
const booking = (items: Item[]) => ({
  voucher: { kind: '缴款单', no: '1', date: '2026-03-01' },
  amount: sum(...items.map(({ value }) => value ?? '0')),
  currency: 'CNY',
})
/** Notes, or for what no notes add up to one of that very sum. */
const notesWorth = (value: string) =>
  Number(value) % 100 === 0 && value !== '0'
    ? [{ face: '100', count: Number(value) / 100 }]
    : [{ face: value, count: 1 }]

/** By step. */
export const draws: Record<string, Draw> = {
  'case.open': (story, _items, chance) => ({
    caseNo: newNo(chance),
    title: '新案',
    kind: chance.of(['criminal', 'administrative']),
    acceptedAt: story.in(-5),
    unit: chance.of(['crim', 'econ']),
    officers: chance.may(0.7) ? ['officer'] : [login(story, chance)],
  }),
  'case.assign': (story, _items, chance) => {
    const it = chance.of([...story.world.cases.values()])
    const unit = chance.may(0.2) ? chance.of(['crim', 'econ', 'crim2']) : it.unit
    return {
      caseNo: it.caseNo,
      officers: chance.of(officersOf[unit] ?? [['officer']]),
      ...(unit === it.unit ? {} : { unit }),
    }
  },
  'case.reopen': (story, _items, chance) => ({
    caseNo: anyCase(story, chance),
    reason: '重新侦查',
    document: document(chance),
  }),
  'case.split': (story, _items, chance) => {
    const of = chance.of([...new Set(story.world.items.values())]).caseNo
    const items = [...new Set(story.world.items.values())].filter(({ caseNo }) => caseNo === of)
    const some = chance.some(items)
    return {
      caseNo: newNo(chance),
      title: '另案',
      items: (some.length > 0 ? some : items).map(({ code }) => code),
      reason: '另案处理',
    }
  },
  'case.merge': (story, _items, chance) => ({
    caseNo: anyCase(story, chance),
    into: anyCase(story, chance),
    reason: '并案',
  }),
  'case.renumber': (story, _items, chance) => ({
    caseNo: anyCase(story, chance),
    newCaseNo: newNo(chance),
    reason: '编号有误',
  }),
  'item.reassign': (story, _items, chance) => ({
    caseNo: anyCase(story, chance),
    document: { ...document(chance), no: `扣${chance.below(40)}` },
    line: '1',
    reason: '登记有误',
  }),
  'case.record': (story, _items, chance) => {
    const event = chance.of(['judgment-effective', 'not-prosecuted', 'supplementary-investigation', 'withdrawn'])
    const no = anyCase(story, chance)
    const held = [...new Set(story.world.items.values())].filter(
      (item) => item.caseNo === story.world.cases.get(no)!.caseNo && item.custody.state !== 'left',
    )
    return {
      caseNo: no,
      ...{ held: held.length, heldBecause: '待处理' },
      event,
      date: '2026-03-01',
      document: { kind: '文书', no: `${chance.below(9)}` },
    }
  },
  'intake.register': (story, _items, chance) => ({
    caseNo: chance.may(0.8) ? caseNo : anyCase(story, chance),
    document: { ...document(chance), no: `扣${chance.below(40)}` },
    measure: 'seize',
    items: [
      line('1', story, {
        class: chance.of(itemClasses),
        ...(chance.may(0.5)
          ? { quantity: chance.of(['1', '5', '2.5']) }
          : {
              unit: '克',
              quantity: '10',
              weight: '12',
              details: { netWeight: '10', grossWeight: '12', packages: ['1-1', '1-2'] },
            }),
      }),
    ],
  }),
  'intake.defer': (story, _items, chance) => ({
    reason: chance.of(['urgent-examination', 'remote-place']),
    until: story.in(chance.below(20)),
  }),
  'intake.receive': (story, [item, ...others], chance) => {
    const { weight = item?.weight, ...came } = (
      item && item.quantity !== '1' && chance.may(0.4) ? arrival(item) : { quantityReceived: item?.quantity ?? '1' }
    ) as { weight?: string }
    const read = { ...(weight ? { weight } : {}), ...(item?.seal ? { seal: item.seal } : {}) }
    const whole = ({ code, quantity, seal }: Item) => ({ code, quantityReceived: quantity, ...(seal ? { seal } : {}) })
    return {
      place: slot(story, chance),
      checked: {
        documents: chance.may(0.95),
        quantity: true,
        condition: '完好',
        ...(chance.may(0.1) ? { faults: ['damaged'] } : {}),
        ...(others.length > 0 ? {} : read),
      },
      photos: [file()],
      ...(others.length > 0 ? { lines: [item!, ...others].map(whole) } : came),
    }
  },
  'intake.refuse': () => ({ reason: 'unfit-packaging', note: '包装破损' }),
  'measure.inspect': (_story, [item], chance) => ({
    condition: chance.may(0.9) ? 'intact' : 'damaged',
    note: '现场查看',
    photos: [file()],
    ...(item?.seal ? { seal: item.seal } : {}),
  }),
  'measure.renew': (_story, _items, chance) => ({ reason: '未审结', document: document(chance) }),
  'measure.lift': (_story, _items, chance) => ({ reason: '无须继续', document: document(chance), to: '林某' }),
  'measure.take-in': () => ({ reason: '易地保管', photos: [file()] }),
  'measure.keep-elsewhere': (_story, _items, chance) => ({
    ...chance.of([
      { inPlace: { address: '中山路 1 号', keeper: '梁某' } },
      { entrusted: { contractor: '养殖场', address: '青山镇' } },
    ]),
    reason: '不宜入库',
    document: document(chance),
  }),
  'relocation.move': (story, _items, chance) => ({ to: slot(story, chance), reason: '调整' }),
  'relocation.pack': () => ({ container: places.box }),
  'relocation.unpack': (_story, _items, chance) => ({
    container: places.box,
    ...(chance.may(0.5) ? { place: places.slot } : {}),
  }),
  'relocation.dispatch': (story, items, chance) => ({
    toSite: chance.of([places.site, places.east, places.river]),
    carrier: chance.of(['storehead', 'keeper3', 'eastkeeper', 'officer']),
    ...unmetered(apiece(story, items)),
  }),
  'relocation.arrive': (story, items, chance) => {
    const { lines, ...read } = unmetered(apiece(story, items))
    const condition = chance.may(0.85) ? 'intact' : chance.of(['damaged', 'lost'])
    const checked = {
      condition,
      note: '到库',
      ...read,
    }
    const place = chance.of([places.slot, places.eastSlot, places.riverSlot])
    return { place, checked, ...(lines ? { lines } : {}) }
  },
  'retrieval.request': (story, _items, chance) => ({
    purpose: chance.of(['interrogation', 'examination', 'court', 'publicity', 'identification']),
    reason: '办案需要',
    usedAt: story.in(1),
    dueAt: story.in(chance.of([0.5, 24, 72, 2000])),
  }),
  'retrieval.approve': note,
  'retrieval.reject': note,
  'retrieval.release': (story, items) => ({ condition: '完好', photos: [file()], ...apiece(story, items) }),
  'retrieval.extend': (story, _items, chance) => ({ dueAt: story.in(chance.of([100, 200, 300])), reason: '未完' }),
  'retrieval.approve-extension': note,
  'retrieval.reject-extension': note,
  'retrieval.give-back': (story, items, chance) => ({
    place: slot(story, chance),
    condition: chance.may(0.85) ? 'intact' : chance.of(['damaged', 'short', 'lost', 'other']),
    photos: [file()],
    note: '归还',
    ...apiece(story, items),
    ...(chance.may(0.1) && items.length < 2 ? { seal: '另一封条' } : {}),
    ...(chance.may(0.3) ? { sampled: { used: '0.5', proof: file('proof') } } : {}),
    ...(chance.may(0.2) ? { condition: 'used-up', report: file('report'), sampled: undefined } : {}),
  }),
  'retrieval.hand-on': (story, items, chance) => ({
    to: chance.of(['officer', 'officer2', 'procurator2', 'judge']),
    condition: '完好',
    photos: [file()],
    ...apiece(story, items),
  }),
  'retrieval.withdraw': note,
  'transfer.offer': (_story, items, chance) => {
    const [to, stage] = chance.of([
      ['proc', 'prosecution'],
      ['court', 'trial'],
      ['psb', 'supplementary-investigation'],
      ['psb2', 'jurisdiction'],
      ['psb', 'jurisdiction'],
      ['psb', 'execution'],
    ])
    return { to, stage, document: document(chance), items: each(items, { proposal: '随案移送' }) }
  },
  'transfer.endorse': note,
  'transfer.object': note,
  'transfer.accept': (_story, items, chance) => ({
    items: each(items, { verified: { record: chance.may(0.95), photos: true, sealNo: true, lastSeenAt: true } }),
    ...(items[0]?.control.state === 'offered' && items[0].control.toStage === 'jurisdiction'
      ? { unit: items[0].control.to === 'psb2' ? 'crim2' : chance.of(['crim', 'econ']) }
      : {}),
  }),
  'transfer.decline': (_story, items) => ({ items: each(items, { reason: '不予接收' }) }),
  'transfer.withdraw': note,
  'return.propose': (_story, _items, chance) => proposal({ ground: chance.of(['victim', 'unrelated', 'judgment']) }),
  'return.approve': note,
  'return.reject': note,
  'return.notice': (story) => ({ sentAt: story.in(-1), how: '公告' }),
  'return.hand-over': (_story, _items, chance) =>
    chance.may(0.9)
      ? handOver()
      : handOver({
          recipient: { name: '顾仓', for: '孟某', idNumber: '330102199001011234', relation: 'agent' },
          authority: file(),
        }),
  'return.withdraw': note,
  'objection.raise': () => ({ objector: '邱某', reason: '主张所有权' }),
  'objection.settle': (_story, _items, chance) => ({
    outcome: chance.of(['withdrawn', 'upheld', 'dismissed']),
    note: '已核',
  }),
  'disposal.propose': (_story, items, chance) => ({
    kind: chance.may(0.5)
      ? 'destroy'
      : items[0]?.class === 'relic'
        ? 'hand-to-authority'
        : chance.of(['auction', 'treasury', 'deposit', 'keep-in-file', 'early-sale']),
    basis: {
      kind: chance.of(['decision', 'judgment', 'decision', 'consent']),
      no: '1号',
      date: '2026-03-01',
      document: file(),
    },
    reason: '依法处置',
  }),
  'disposal.review': note,
  'disposal.approve': (_story, items) => (items[0]?.class === 'firearms' ? { provincialNo: '省1号' } : {}),
  'disposal.reject': note,
  'disposal.stage': () => ({ place: places.staging }),
  'disposal.execute': (story, items) => ({
    method: '执行',
    at: story.now,
    site: '处置中心',
    photos: [file()],
    vouchers: [
      {
        kind: '凭证',
        no: '1',
        amount: sum(...items.flatMap((item) => (item.class === 'cash' ? (item.value ?? []) : []))),
      },
    ],
    report: file('report'),
    lines: items.flatMap(({ code, weight }) => (weight ? [{ code, weight }] : [])),
  }),
  'disposal.withdraw': note,
  'discrepancy.report': (_story, _items, chance) => ({
    kind: chance.of(['missing', 'damaged', 'misplaced', 'unidentified']),
    note: '盘点发现',
    photos: [],
  }),
  'discrepancy.explain': () => ({ note: '情况说明' }),
  'discrepancy.resolve': (_story, items, chance) => ({
    outcome: chance.of(['found-intact', 'found-intact', 'explained', 'made-good', 'written-off']),
    note: '处理意见',
    documents: [file('documents')],
    ...(items[0] && items[0].quantity !== '1' && chance.may(0.2) ? { quantity: '1' } : {}),
    ...(items[0]?.weight && chance.may(0.4) ? { weight: shared(items[0].weight)[0] } : {}),
  }),
  'correction.note': (story, items, chance) => {
    const own = [...story.world.entries].filter(([, entry]) => entry.subject.id === items[0]?.code)
    const [position, entry] = own.length > 0 ? chance.of(own) : ['0', undefined]
    const names = Object.keys(fieldsOf(entry?.fact ?? '', catalogue.steps[entry?.step ?? '']?.input))
    const name = chance.may(0.9) && names.length > 0 ? chance.of(names) : '备注'
    const right = rights[name] ? chance.of(rights[name]) : `更正后${chance.below(99)}`
    const place = name === 'class' && items[0]?.custody.state === 'stored' ? { place: slot(story, chance) } : {}
    return { position: Number(position), field: name, right, reason: '笔误', ...place }
  },
  'case.correct': (story, _items, chance) => ({
    caseNo,
    ...chance.of([
      { field: 'title', right: `案${chance.below(99)}` },
      { field: 'kind', right: chance.of(['criminal', 'administrative']) },
      { field: 'acceptedAt', right: story.in(-chance.below(99)) },
    ]),
    reason: '笔误',
  }),
  'place.correct': (story, _items, chance) => ({
    place: anywhere(story, chance),
    field: 'classes',
    right: chance.may(0.5) ? [...itemClasses] : ['general', 'document', ...chance.some(itemClasses)],
    reason: '改造',
  }),
  'intake.void': () => ({ reason: '重复登记' }),
  'item.recover': (story, [item], chance) => {
    const like = [...new Set(story.world.items.values())].find(
      (one) => one !== item && one.class === item?.class && one.custody.state === 'stored',
    )
    const { seal, weight } = item ?? {}
    const lost = item?.disposition.state === 'done' && ['lost', 'destroy'].includes(item.disposition.kind)
    return {
      how: lost === chance.may(0.95) ? 'found' : 'left-by-mistake',
      place: slot(story, chance),
      ...(like && !lost && chance.may(0.5) ? { twin: like.code } : {}),
      ...(seal && chance.may(0.9) ? { seal } : {}),
      ...(weight ? { weight } : {}),
      photos: [file()],
      document: document(chance),
    }
  },
  'label.replace': () => ({ reason: '标签破损' }),
  'seal.replace': (_story, [item], chance) => ({
    ...(item?.seal ? { old: item.seal } : {}),
    new: `封${chance.below(1000)}`,
    reason: '复验',
  }),
  'money.deposit': (_story, items) => ({ institution: '江城银行', account: '0001', ...booking(items) }),
  'money.appropriate': (_story, items, chance) => ({
    account: numberOf(items[0]),
    to: { institution: '江城银行', account: chance.of(['0001', '0002']) },
    ...booking(items),
  }),
  'money.return': (_story, items) => ({
    recipient: handOver().recipient,
    account: numberOf(items[0]),
    payee: '0009',
    ...booking(items),
  }),
  'money.to-treasury': (_story, items) => ({ to: '财政局', account: numberOf(items[0]), ...booking(items) }),
  'money.reverse': (_story, items, chance) => ({
    ...(chance.may(0.5)
      ? { to: { institution: '江城银行', account: '0003' } }
      : { back: { place: places.slot, counted: notesWorth(items[0]?.value ?? '0') } }),
    reason: '账号录错',
    ...booking(items),
  }),
  'item.split': (_story, [item]) => ({ parts: halves(item) }),
  'item.join': (story, items) => {
    const [into] = items
    const others = [...new Set(story.world.items.values())].filter(
      (item) => into && item !== into && unlike(into, item).length === 0,
    )
    return { parts: others.slice(0, 2).map(({ code }) => code), ...(into?.seal ? { seal: '合并封' } : {}) }
  },
  'place.add': (_story, _items, chance) => ({
    kind: chance.of(placeKinds),
    parent: chance.of([places.room, places.eastRoom, places.slot]),
    name: `新${chance.below(99)}`,
  }),
  'place.rename': (story, _items, chance) => ({ place: anywhere(story, chance), name: `更名${chance.below(99)}` }),
  'place.retire': (story, _items, chance) => ({ place: anywhere(story, chance) }),
  'agency.add': (_story, _items, chance) => ({ id: `agency-${chance.below(9)}`, name: '新机关', type: 'police' }),
  'agency.configure': (_story, _items, chance) => ({
    agency: 'psb',
    settings: { retrievalLongestDays: 5 + chance.below(20) },
  }),
  'unit.add': (_story, _items, chance) => ({ id: `unit-${chance.below(9)}`, name: '新部门' }),
  'person.add': (_story, _items, chance) => ({
    login: `new${chance.below(9)}`,
    name: '新人',
    number: `${chance.below(999)}`,
    unit: 'crim',
  }),
  'person.grant': (story, _items, chance) => ({
    login: login(story, chance),
    role: chance.of(roles),
    scope: chance.of(['crim', 'econ', 'psb', 'proc', places.site, places.east]),
  }),
  'person.revoke': (story, _items, chance) => {
    const person = story.world.people.get(login(story, chance))!
    const { role, scope } = person.grants.length > 0 ? chance.of(person.grants) : { role: 'officer', scope: 'crim' }
    return {
      login: person.login,
      role,
      scope,
      ...(role === 'keeper' ? { stocktake: { document: document(chance) } } : {}),
    }
  },
  'person.enable': (story, _items, chance) => ({ login: login(story, chance), reason: '误停' }),
  'person.move': (story, _items, chance) => ({ login: login(story, chance), unit: chance.of(['crim', 'econ', 'psb']) }),
  'person.rename': (story, _items, chance) => ({
    login: login(story, chance),
    name: `改名${chance.below(9)}`,
    reason: '更正',
  }),
  'person.renumber': (story, _items, chance) => ({
    login: login(story, chance),
    number: String(700000 + chance.below(99)),
    reason: '更正',
  }),
  'unit.close': (_story, _items, chance) => ({ unit: chance.of(['econ', 'unit-1', 'crim2']), reason: '机构调整' }),
  'unit.reopen': (_story, _items, chance) => ({ unit: chance.of(['econ', 'unit-1', 'crim2']), reason: '机构调整' }),
  'unit.rename': (_story, _items, chance) => ({
    unit: chance.of(['crim', 'econ', 'psb']),
    name: `改名大队${chance.below(9)}`,
    reason: '机构改革',
  }),
  'agency.rename': (_story, _items, chance) => ({
    agency: chance.of(['psb', 'proc', 'crim']),
    name: `改名局${chance.below(9)}`,
    reason: '机构改革',
  }),
  'person.disable': (story, _items, chance) => ({ login: chance.may(0.5) ? 'recruit' : login(story, chance) }),
}
