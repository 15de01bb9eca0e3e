/** What has happened before a test begins: registered, received, requested, released … each made by its step. */
import type { ItemClass } from '../../server/custody/classes.ts'
import type { History, Options, Story } from './custody.ts'
import { caseNo, file, places } from './custody-world.ts'

type Line = Record<string, unknown> & { class?: ItemClass; details?: Record<string, unknown> }

/** What a class asks for at intake. */
const demanded: Partial<Record<ItemClass, Line>> = {
  cash: { unit: '元', quantity: '1', value: '500', details: { denominations: [{ face: '100', count: 5 }] } },
  drugs: { weight: '10.5', seal: 'F-0001', details: { grossWeight: '10.5', netWeight: '10', packages: ['1-1'] } },
  firearms: { serials: ['G-77'], details: { safeCleared: true, calibre: '9mm', rounds: 3 } },
  valuables: { photos: [file('1'), file('2'), file('3')], value: '9000' },
  relic: { photos: [file('1'), file('2'), file('3')] },
  vehicle: { details: { vin: 'LSVAA4187E2184847', plate: '江A12345', mileage: 52000 } },
  electronic: { serials: ['IMEI-1'] },
  virtual: { serials: ['wallet-1'] },
  biological: { details: { carriedBy: '陆一舟' } },
  perishable: { value: '300' },
}

/** A line of a seizure list as the class wants it. */
export const line = (no: string, story: Story, over: Line = {}): Line => ({
  line: no,
  name: '手机',
  class: 'general',
  quantity: '1',
  unit: '部',
  features: '黑色，屏幕有划痕',
  source: '嫌疑人住处',
  extractedAt: story.in(-2),
  takenFrom: { name: '林某' },
  witness: { name: '王某' },
  photos: [file('line')],
  ...demanded[over.class ?? 'general'],
  ...over,
})

export const document = { kind: '扣押决定书', no: '江公（刑）扣字〔2026〕1号', date: '2026-03-02' }

/** Registers one item for each line given, by `officer` on the crime unit's case. */
export const registered =
  (...lines: Line[]): History =>
  (story) => {
    const items = (lines.length > 0 ? lines : [{}]).map((each, index) => line(`${index + 1}`, story, each))
    const input = { caseNo, document: { ...document, no: `扣字${story.facts.length + 1}号` }, measure: 'seize', items }
    story.take('officer', 'intake.register', input)
  }

/** What `keeper` writes when taking an item in. */
export const receipt = (story: Story, index = 0, over: Record<string, unknown> = {}) => {
  const { weight, seal, quantity } = story.itemAt(index)
  const read = { ...(weight ? { weight } : {}), ...(seal ? { seal } : {}) }
  const checked = { documents: true, quantity: true, condition: '完好', ...read }
  return { place: places.slot, checked, photos: [file('receipt')], quantityReceived: quantity, ...over }
}

/** A second keeper signs where an item's class asks for two. */
export const secondKeeper = (story: Story, codes = story.codes): string[] =>
  codes.some((code) =>
    ['cash', 'drugs', 'firearms', 'valuables', 'relic', 'hazardous', 'virtual'].includes(
      story.world.items.get(code)!.class,
    ),
  )
    ? ['keeper2']
    : []

/** `keeper` receives every item that is still with an officer, one by one. */
export const received =
  (over: Record<string, unknown> = {}): History =>
  (story) => {
    for (const [index, code] of [...story.codes].entries()) {
      const { custody } = story.itemAt(index)
      if (custody.state !== 'with-officer') continue
      const signedBy = [custody.holder, ...secondKeeper(story, [code])]
      story.take('keeper', 'intake.receive', receipt(story, index, over), { items: [code], signedBy })
    }
  }

export const request = (story: Story, over: Record<string, unknown> = {}) => ({
  purpose: 'identification',
  reason: '组织辨认',
  usedAt: story.in(4),
  dueAt: story.in(48),
  ...over,
})

/** `officer` asks for all items. */
export const requested =
  (over: Record<string, unknown> = {}, options: Options = {}): History =>
  (story) => {
    story.take('officer', 'retrieval.request', request(story, over), options)
  }

/** Who decides: `head`, or `leader` for vehicles and publicity. */
export const approved =
  (login = 'head', options: Options = {}): History =>
  (story) => {
    story.take(login, 'retrieval.approve', {}, options)
  }

/** What is taken when an item goes out or comes back; the seal and the weight are those it has. */
export const measured = (story: Story, index = 0) => {
  const { class: kind, seal, weight } = story.itemAt(index)
  return {
    ...(seal ? { seal } : {}),
    ...(weight ? { weight } : {}),
    ...(kind === 'vehicle' ? { mileage: 52000 } : {}),
  }
}

/** `keeper` hands all items to the borrower. */
export const released =
  (borrower = 'officer', options: Options = {}): History =>
  (story) => {
    const input = { condition: '完好', photos: [file('out')], ...measured(story) }
    const signedBy = [borrower, ...secondKeeper(story)]
    story.take('keeper', 'retrieval.release', input, { signedBy, ...options })
  }
