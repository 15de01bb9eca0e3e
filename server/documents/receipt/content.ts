/** What a receipt says, fact by fact, in both languages: rows, items, who took part, and the proof. */
import type { ReceiptFact } from '../../contract/receipts.ts'
import { printCode } from '../../custody/codes.ts'
import { currencyOf } from '../../custody/currencies.ts'
import type { Signature } from '../../custody/define.ts'
import { type Item, type Whereabouts, whereaboutsOf } from '../../custody/item.ts'
import type { Receipt } from '../../views/receipts.ts'
import type { Bilingual, ReceiptContent, Row } from '../receipt.ts'
import type { Stamped } from './token.ts'

/** Texts by their keys, such as `receipt:row.place`, and moments on the clock of the agency. */
export type PaperWords = {
  both: (key: string, params?: Record<string, unknown>) => Bilingual
  clock: (at: string) => string
  /** A word for a value, the value itself when there is none. */
  word: (group: string, value: string, language: 'zh-CN' | 'en') => string
}
/** Names of those who cosigned the checkpoint in which the entry stands; `ownWitnesses` run in the server itself. */
export type Proof = Stamped & { cosignedBy: string[]; ownWitnesses: boolean }

type Said = { receipt: Receipt; words: PaperWords }

const LATE_MS = 5 * 60_000

/** `link` is what the QR code holds. */
export function contentOf(receipt: Receipt, proof: Proof, link: string, words: PaperWords): ReceiptContent {
  const { fact, position, by, items, labels } = receipt
  const { both } = words
  const head = (name: string) => both(`receipt:item.${name}`)
  return {
    agency: by.agencyName,
    title: both(`receipt:title.${fact}`),
    number: { label: both('receipt:row.number'), value: String(position) },
    code: { text: link, hint: both('receipt:scan') },
    rows: [...commonRows(receipt, words), ...rowsOf[fact]({ receipt, words })],
    items: {
      heads: { code: head('code'), name: head('name'), quantity: head('quantity'), line: head('line') },
      rows: items.map(({ code, name, document, line, ...thing }) => ({
        code: printCode(labels.get(code) ?? code),
        name,
        quantity: quantityOf(thing),
        line: `${document.no} · ${line}`,
      })),
    },
    ...(fact === 'TransferAccepted' ? { remark: both('receipt:still') } : {}),
    parties: partiesOf(receipt, words),
    signature: both('receipt:signature'),
    proof: { title: both('receipt:proof.title'), rows: proofRows(proof, words), hint: both('receipt:proof.hint') },
    foot: (page, pages) => {
      const { zh, en } = both('receipt:foot', { page, pages, position })
      return `${by.agencyName} · ${zh} · ${en}`
    },
  }
}

function commonRows({ items, docket, occurredAt, recordedAt }: Receipt, { both, clock }: PaperWords): Row[] {
  const late = Date.parse(recordedAt) - Date.parse(occurredAt) > LATE_MS
  return [
    { label: both('receipt:row.case'), value: [...new Set(items.map(({ caseNo }) => caseNo))].join('、') },
    { label: both('receipt:row.occurredAt'), value: clock(occurredAt) },
    ...(late ? [{ label: both('receipt:row.recordedAt'), value: clock(recordedAt) }] : []),
    ...(docket ? [{ label: both('receipt:row.docket'), value: printCode(docket) }] : []),
  ]
}

type Voucher = { kind: string; no: string; amount?: string }

const rowsOf: Record<ReceiptFact, (said: Said) => Row[]> = {
  ItemReceived: ({ receipt, words: { both } }) => {
    const { at } = receipt.data as { at: Whereabouts }
    const read = (data: object) => (data as { checked: Read }).checked
    return [
      { label: both('receipt:row.place'), value: pathOf(at) },
      ...apiece(receipt, both('receipt:row.condition'), (data) => read(data).condition),
      ...apiece(receipt, both('words:field.seal'), (data) => read(data).seal),
    ]
  },

  ItemReleased: ({ receipt, words: { both, clock } }) => {
    const { holderName } = receipt.data as { holderName: string }
    const { purpose } = receipt.before.open.custody!.data as { purpose: string }
    const { due } = receipt.items[0]
    return [
      { label: both('receipt:row.borrower'), value: holderName },
      { label: both('receipt:row.purpose'), value: both(`retrieval:value.purpose.${purpose}`) },
      ...(due ? [{ label: both('receipt:row.dueAt'), value: clock(due.at) }] : []),
      ...apiece(receipt, both('receipt:row.condition'), (data) => (data as Read).condition),
      ...apiece(receipt, both('words:field.seal'), (data) => (data as Read).seal),
    ]
  },

  ItemGivenBack: ({ receipt, words: { both } }) => {
    const { at } = receipt.data as { at: Whereabouts }
    const conditionOf = (data: object) => both(`retrieval:value.condition.${(data as Read).condition}`)
    return [
      { label: both('receipt:row.place'), value: pathOf(at) },
      ...apiece(receipt, both('receipt:row.condition'), conditionOf),
      ...apiece(receipt, both('words:field.seal'), (data) => (data as Read).seal),
    ]
  },

  TransferAccepted: ({ receipt, words: { both } }) => {
    const { before, items } = receipt
    const { agencyName, stage } = items[0].control
    const at = whereaboutsOf(before)
    return [
      { label: both('receipt:row.from'), value: before.control.agencyName },
      { label: both('receipt:row.to'), value: agencyName },
      { label: both('receipt:row.stage'), value: both(`words:stage.${stage}`) },
      ...(at ? [{ label: both('receipt:row.kept'), value: pathOf(at) }] : []),
    ]
  },

  ItemReturned: ({ receipt, words: { both } }) => {
    const { recipient } = receipt.data as { recipient: { name: string; relation: string } }
    const { ground, owner } = receipt.before.open.disposition!.data as { ground: string; owner: { name: string } }
    const { zh, en } = both(`words:value.relation.${recipient.relation}`)
    return [
      { label: both('receipt:row.recipient'), value: { zh: `${recipient.name}（${zh}）`, en } },
      ...(recipient.relation === 'agent' ? [{ label: both('receipt:row.owner'), value: owner.name }] : []),
      { label: both('receipt:row.ground'), value: both(`return:value.ground.${ground}`) },
    ]
  },

  ItemDisposed: ({ receipt, words: { both } }) => {
    type Disposed = { kind: string; method: string; site: string; vouchers: Voucher[] }
    const { kind, method, site, vouchers } = receipt.data as Disposed
    const currency = currencyOf(receipt.items[0])
    const papers = vouchers.map(({ kind, no, amount }) => `${kind} ${no}${amount ? ` ${amount} ${currency}` : ''}`)
    return [
      { label: both('receipt:row.kind'), value: both(`disposal:value.kind.${kind}`) },
      { label: both('receipt:row.method'), value: method },
      { label: both('receipt:row.site'), value: site },
      ...(papers.length > 0 ? [{ label: both('receipt:row.vouchers'), value: papers.join('、') }] : []),
    ]
  },
}

type Read = { condition: string; seal?: string }

/** One row of what was read on each thing: once where it is the same for all, else thing by thing; none where nothing was. */
function apiece(
  { items, saidOf }: Receipt,
  label: Bilingual,
  readOn: (data: object) => string | Bilingual | undefined,
): Row[] {
  const values = saidOf.map((data) => {
    const value = readOn(data)
    return typeof value === 'string' ? { zh: value, en: value } : value
  })
  const [first] = values
  if (first && values.every((value) => value?.zh === first.zh))
    return [{ label, value: first.zh === first.en ? first.zh : first }]
  const said = values.flatMap((value, index) => (value ? [{ name: items[index]!.name, value }] : []))
  if (said.length === 0) return []
  return [
    {
      label,
      value: {
        zh: said.map(({ name, value }) => `${name} ${value.zh}`).join('；'),
        en: said.map(({ name, value }) => `${name} ${value.en}`).join('; '),
      },
    },
  ]
}

/** Both languages read the code of a currency. */
function quantityOf(thing: Pick<Item, 'class' | 'quantity' | 'unit' | 'value' | 'details'>): string {
  const { quantity, unit, value } = thing
  return thing.class === 'cash' && value ? `${quantity} ${unit} · ${value} ${currencyOf(thing)}` : `${quantity} ${unit}`
}

const pathOf = ({ pathNames }: Whereabouts): string => pathNames.join(' › ')

/** Who acted, who stood on the other side of the counter, and who else signed. */
function partiesOf(receipt: Receipt, { both }: PaperWords): ReceiptContent['parties'] {
  const { fact, by, countersigners } = receipt
  const party = (as: string, { name, unitName, agencyName }: Signature) => ({
    as: both(`receipt:party.${as}`),
    name,
    of: unitName === agencyName ? agencyName : `${unitName} · ${agencyName}`,
  })
  const other = otherSideOf(receipt)
  const others = countersigners.map((each) => party(each.login === other ? `${fact}.other` : 'countersigner', each))
  if (fact !== 'ItemReturned') return [party(`${fact}.actor`, by), ...others]
  const { recipient } = receipt.data as { recipient: { name: string; relation: string } }
  const { zh, en } = both(`words:value.relation.${recipient.relation}`)
  const outsider = { as: both('receipt:party.ItemReturned.other'), name: recipient.name, of: `${zh} ${en}` }
  return [party(`${fact}.actor`, by), outsider, ...others]
}

/** Login of who gave or took the thing, if that is one of the staff. */
function otherSideOf({ fact, data, before: { custody } }: Receipt): string | undefined {
  if (fact === 'ItemReleased') return (data as { holder: string }).holder
  if (fact !== 'ItemReceived' && fact !== 'ItemGivenBack') return undefined
  return custody.state === 'with-officer' || custody.state === 'out' ? custody.holder : undefined
}

function proofRows(proof: Proof, { both, word }: PaperWords): Row[] {
  const { origin, position, leafHash, size, root, cosignedBy, ownWitnesses } = proof
  // A policy may call a witness what its agency is.
  const namesOf = (names: string[]): Bilingual => {
    const [zh, en] = (['zh-CN', 'en'] as const).map((language) =>
      names.map((name) => word('agencyType', name, language)),
    )
    const only = ownWitnesses ? both('receipt:proof.demonstration') : { zh: '', en: '' }
    return { zh: zh!.join('、') + only.zh, en: en!.join(', ') + only.en }
  }
  const row = (name: string, value: Row['value']): Row => ({ label: both(`receipt:proof.${name}`), value })
  return [
    row('origin', origin),
    row('position', String(position)),
    row('leafHash', leafHash),
    row('size', String(size)),
    row('root', root),
    row('cosignedBy', cosignedBy.length > 0 ? namesOf(cosignedBy) : both('receipt:proof.nobodyYet')),
  ]
}
