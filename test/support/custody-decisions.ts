/** What has been decided before a test begins: offered, accepted, return approved, disposal approved … each by its steps. */
import type { History, Options, Story } from './custody.ts'
import { secondKeeper } from './custody-histories.ts'
import { caseNo, file, places } from './custody-world.ts'

const paper = { kind: '起诉意见书', no: '江公诉字〔2026〕1号', date: '2026-03-02' }

export const offer = (story: Story, over: Record<string, unknown> = {}, codes = story.codes) => ({
  to: 'proc',
  stage: 'prosecution',
  document: paper,
  items: codes.map((code) => ({ code, proposal: '随案移送' })),
  ...over,
})

/** `officer` offers all items to the procuratorate. */
export const offered =
  (over: Record<string, unknown> = {}): History =>
  (story) => {
    story.take('officer', 'transfer.offer', offer(story, over))
  }
/** The legal reviewer endorses, and the leader too where the stage needs it. */
export const endorsed = (): History => (story) => {
  story.take('legal', 'transfer.endorse')
  if (story.item.open.control!.stage === 'reviewed') story.take('leader', 'transfer.endorse')
}

const ticks = { record: true, photos: true, sealNo: true, lastSeenAt: true }
export const acceptance = (codes: string[], over: Record<string, boolean> = {}) => ({
  items: codes.map((code) => ({ code, verified: { ...ticks, ...over } })),
})
export const accepted =
  (login = 'procurator', options: Options = {}): History =>
  (story) => {
    story.take(login, 'transfer.accept', acceptance(options.items ?? story.codes), options)
  }
/** Control has gone to the procuratorate. */
export const transferred: History = (story) => story.and(offered(), endorsed(), accepted())

/** Back to the police for further investigation, under the decision of that number; the police take it over. */
export const sentBack =
  (no: string): History =>
  (story) => {
    const document = { kind: '补充侦查决定书', no, date: '2026-03-02' }
    story.take(
      'procurator',
      'transfer.offer',
      offer(story, { to: 'psb', stage: 'supplementary-investigation', document }),
    )
    story.take('legal', 'transfer.accept', acceptance(story.codes))
  }

export const proposal = (over: Record<string, unknown> = {}) => ({
  ground: 'victim',
  owner: { name: '孟某', idNumber: '330102199001011234' },
  titleProof: [file('invoice')],
  ...over,
})
export const returnProposed =
  (over: Record<string, unknown> = {}): History =>
  (story) => {
    story.take('officer', 'return.propose', proposal(over))
  }
export const returnApproved =
  (over: Record<string, unknown> = {}, login = 'leader'): History =>
  (story) => {
    story.and(returnProposed(over)).take(login, 'return.approve')
  }
export const handOver = (over: Record<string, unknown> = {}) => ({
  recipient: { name: '孟某', idNumber: '330102199001011234', relation: 'owner' },
  signature: file('signature'),
  photo: file('recipient'),
  ...over,
})
export const handedOver: History = (story) => {
  const guarded = secondKeeper(story)
  story.take('keeper', 'return.hand-over', handOver(), { signedBy: guarded.length > 0 ? guarded : ['keeper2'] })
}

/** The judgment in the case has become effective. */
export const judged: History = (story) => {
  const document = { kind: '刑事判决书', no: '（2026）江01刑初1号' }
  story.take('legal', 'case.record', { caseNo, event: 'judgment-effective', date: '2026-03-01', document })
}

export const disposalOf = (kind: string, over: Record<string, unknown> = {}) => ({
  kind,
  basis: { kind: 'judgment', no: '（2026）江01刑初1号', date: '2026-03-01' },
  reason: '判决没收',
  ...over,
})
export const disposalProposed =
  (kind = 'destroy', over: Record<string, unknown> = {}): History =>
  (story) => {
    if (over.basis === undefined) story.and(judged)
    story.take('officer', 'disposal.propose', disposalOf(kind, over))
  }
export const reviewed: History = (story) => {
  story.take('legal', 'disposal.review')
}
export const disposalApproved =
  (kind = 'destroy', over: Record<string, unknown> = {}, input: Record<string, unknown> = {}): History =>
  (story) => {
    story.and(disposalProposed(kind, over), reviewed)
    story.take(kind === 'early-sale' ? 'principal' : 'leader', 'disposal.approve', input)
  }
export const staged: History = (story) => {
  story.take('keeper', 'disposal.stage', { place: places.staging }, { signedBy: ['keeper2'] })
}
export const execution = (story: Story, over: Record<string, unknown> = {}) => ({
  method: '焚烧',
  at: story.now,
  site: '江城市危险废物处置中心',
  photos: [file('executed')],
  vouchers: [],
  report: file('report'),
  ...over,
})
export const executed =
  (over: Record<string, unknown> = {}): History =>
  (story) => {
    story.take('keeper', 'disposal.execute', execution(story, over), { signedBy: ['keeper2', 'inspector'] })
  }
