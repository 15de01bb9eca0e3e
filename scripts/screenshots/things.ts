// What of the demonstration is worth a picture, found through the API as a supervisor sees it.

import type { BrowserContext } from 'playwright-core'
import type { Card, DocketCard } from '../../server/contract/cards.ts'
import type { ChainEntry } from '../../server/contract/movements.ts'

/** Codes, and the number of a case. */
export type Things = {
  /** Stood still while control went from the police to another agency and on. */
  travelled: string
  /** Came back with another seal. */
  differing: string
  out: string
  waiting: string
  readyToReturn: string
  stored: string
  transfer: string
  retrieval: string
  caseNo: string
  place: string
}

export async function newThings(context: BrowserContext, url: string): Promise<Things> {
  const get = async <Answer>(path: string): Promise<Answer> => {
    const response = await context.request.get(url + path)
    if (!response.ok()) throw new Error(`${path}: ${await response.text()}`)
    return (await response.json()) as Answer
  }
  const items = async (query: string) => (await get<{ items: Card[] }>(`/api/items?limit=200&${query}`)).items
  const dockets = async (procedure: string) =>
    (await get<{ dockets: DocketCard[] }>(`/api/dockets?open=true&limit=100&procedure=${procedure}`)).dockets
  const stored = await items('custody=stored')
  const one = <Thing>(things: Thing[], what: string): Thing => {
    const [first] = things
    if (!first) throw new Error(`The demonstration has no ${what}`)
    return first
  }
  const differing = one(
    stored.filter(({ open }) => open.discrepancy),
    'discrepancy',
  )
  const ready = stored.filter(({ open, disposition }) => open.disposition && disposition.state === 'approved')
  const quiet = one(
    stored.filter(
      ({ open, owningUnit, class: of }) => Object.keys(open).length === 0 && owningUnit === 'crim' && of === 'general',
    ),
    'thing that only lies there',
  )
  return {
    travelled: await farthest(stored, get),
    differing: differing.code,
    out: one(await items('custody=out'), 'thing that is out').code,
    waiting: one(await items('custody=with-officer'), 'thing with an officer').code,
    readyToReturn: one(
      ready.filter(({ open }) => open.disposition?.procedure === 'return'),
      'return that is approved',
    ).code,
    stored: quiet.code,
    transfer: one(await dockets('transfer'), 'open transfer').code,
    retrieval: one(await dockets('retrieval'), 'open retrieval').code,
    caseNo: differing.caseNo,
    place: quiet.custody.state === 'stored' ? quiet.custody.place : '',
  }
}

/** Of the things that lie where they were first put, the one whose control went farthest in the fewest entries. */
async function farthest(stored: Card[], get: <Answer>(path: string) => Promise<Answer>): Promise<string> {
  const elsewhere = stored.filter(({ control, owningAgency }) => control.agency !== owningAgency)
  const travels = await Promise.all(
    elsewhere.map(async ({ code }) => {
      const { entries } = await get<{ entries: ChainEntry[] }>(`/api/items/${code}/chain`)
      const count = (fact: string) => entries.filter((entry) => entry.fact === fact).length
      return { code, entries: entries.length, accepted: count('TransferAccepted'), moved: count('ItemMoved') }
    }),
  )
  const [first] = travels
    .filter(({ moved }) => moved === 0)
    .sort((one, other) => other.accepted - one.accepted || one.entries - other.entries)
  if (!first) throw new Error('The demonstration has nothing whose control went elsewhere')
  return first.code
}
