// Receipts: for which facts there is one, and what its public page is told. Pure; shared with the browser.

import type { Item } from '../custody/item.ts'

/** A thing changed hands, or control did: whoever gave it away gets a paper. */
export const receiptFacts = [
  'ItemReceived',
  'ItemReleased',
  'ItemGivenBack',
  'TransferAccepted',
  'ItemReturned',
  'ItemDisposed',
] as const
export type ReceiptFact = (typeof receiptFacts)[number]

export const hasReceipt = (fact: string): fact is ReceiptFact => (receiptFacts as readonly string[]).includes(fact)

export const standings = [
  'with-officer',
  'stored',
  'lent-out',
  'in-transit',
  'in-place',
  'frozen',
  'entrusted',
  'deposited',
  'returned',
  'disposed',
] as const
/** Where the thing is now, or how it left; without places and names. */
export type StandingOfThing = {
  state: (typeof standings)[number]
  /** Control is on offer to another agency. */
  inTransfer: boolean
  /** Of a thing that was disposed of: `destroy`, `auction`, … */
  kind?: string
  /** When it left for good. */
  at?: string
}

export function standingOf({ custody, control, disposition }: Item): StandingOfThing {
  const inTransfer = control.state === 'offered'
  if (custody.state === 'out') return { state: 'lent-out', inTransfer }
  if (custody.state !== 'left') return { state: custody.state, inTransfer }
  const { kind, at } = disposition.state === 'none' ? {} : disposition
  const state = kind === 'returned' ? 'returned' : 'disposed'
  return { state, inTransfer, ...(state === 'disposed' && kind ? { kind } : {}), ...(at ? { at } : {}) }
}

/** Everything a browser needs to check a receipt by itself; no names and no particulars of anybody. */
export type PublicReceipt = {
  position: number
  fact: ReceiptFact
  /** The database's clock. */
  recordedAt: string
  /** Code on the thing that the entry is about, as it is today. */
  item: string
  /** Hex. */
  leafHash: string
  origin: string
  /** Verifier keys of the log, the oldest first (C2SP signed-note). */
  logKeys: string[]
  /** Who must have cosigned (C2SP tlog-policy). */
  policy: string
  /** The witnesses run in the server itself, as in the demonstration, and so vouch for nothing. */
  ownWitnesses: boolean
  /** The newest checkpoint with its cosignatures, as a signed note. */
  checkpoint: string
  /** That the entry stands in the checkpoint's tree; hashes in base64. */
  inclusion: string[]
  /** That the log's first `size` entries, as asked, are still its beginning; absent when it has not got so many. */
  consistency?: string[]
  thing: StandingOfThing
  /** A later entry says that something in this one is wrong. */
  corrected: boolean
}
