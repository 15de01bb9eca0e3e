// Tells the stories in the order of time: every seizure, hand-in and later act becomes one command, or a few.

import type { Card } from '../contract/cards.ts'
import { catalogue } from '../custody/catalogue.ts'
import { settingsOf } from '../custody/settings.ts'
import { secondKeepers } from './people.ts'
import { type Act, keyOf, type Scene, type Seizure, type Story, thingsOf } from './story.ts'
import type { Demo, Taking } from './taking.ts'
import type { Thing } from './things.ts'
import { dateOf, later } from './times.ts'

type Event = { at: string; happen: () => Promise<void> }
/** A story as far as it is told: its things' cards as they are now, with their groups and first places. */
type Telling = { story: Story; index: number; caseNo: string; cards: Map<string, Card>; rows: Map<string, Thing> }

const { twoPersonClasses } = settingsOf(undefined)

export async function tell(demo: Demo, stories: Story[]): Promise<void> {
  const events = stories.flatMap((story, index) => eventsOf(demo, story, index))
  // Stable, so what happens at one time happens in the order it is told.
  for (const { happen } of events.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))) await happen()
}

/** A, twelve digits of the unit, year and month, and a running number. Region 99 is nowhere. */
function caseNoOf({ acceptedAt, unit }: Story, index: number): string {
  const [year, month] = dateOf(acceptedAt).split('-')
  return `A${unit === 'econ' ? '990103040000' : '990103030000'}${year}${month}${String(index + 11).padStart(4, '0')}`
}

function eventsOf(demo: Demo, story: Story, index: number): Event[] {
  const telling: Telling = { story, index, caseNo: caseNoOf(story, index), cards: new Map(), rows: new Map() }
  const { key, title, kind, unit, officers, acceptedAt } = story
  const openedAt = later(acceptedAt, 0.25)
  const input = { caseNo: telling.caseNo, title, kind, acceptedAt, unit, officers }
  const opened = { name: `${key} opened`, by: officers[0]!, step: 'case.open', at: openedAt, input }
  return [
    { at: openedAt, happen: async () => void (await demo.take(opened)) },
    ...thingsOf(story, index).flatMap((listed) => seizing(demo, telling, listed)),
    ...story.acts.map((act, n) => ({ at: act.at, happen: () => perform(demo, telling, act, `${key} act ${n + 1}`) })),
  ]
}

function seizing(demo: Demo, telling: Telling, listed: ReturnType<typeof thingsOf>[number]): Event[] {
  const { seizure, list, things } = listed
  const { key } = telling.story
  const { at, by, registeredAt = later(at, 1), handedInAt, keeper = 'keeper' } = seizure
  const register = async () => {
    const input = listInput(demo, telling, listed)
    const answer = await demo.take({
      name: `${key} list ${list}`,
      by,
      step: 'intake.register',
      at: registeredAt,
      input,
    })
    answer.items.forEach((card, n) => {
      telling.cards.set(card.code, card)
      telling.rows.set(card.code, things[n]!)
    })
  }
  const receive = async () => {
    const codes = [...telling.cards.values()].filter(({ document }) => document.no === documentNo(telling, listed))
    let n = 0
    for (const batch of batches(codes, (card) => telling.rows.get(card.code)!.place)) {
      const row = telling.rows.get(batch[0]!.code)!
      if (row.place === '') continue
      const input = {
        place: placeIn(demo, row.place),
        checked: { documents: true, quantity: true, condition: '外观完好，封装规范' },
        photos: [demo.pictures.counter(batch[0]!.code)],
        lines: batch.map(({ code, class: kind, quantity, weight, seal }) => ({
          code,
          quantityReceived: quantity,
          ...(kind === 'drugs' ? { weight } : {}),
          ...(seal ? { seal } : {}),
        })),
      }
      n += 1
      const name = `${key} list ${list} received ${n}`
      await take(demo, telling, batch, {
        name,
        by: keeper,
        step: 'intake.receive',
        at: handedInAt!,
        input,
        signers: [by],
      })
    }
  }
  return [{ at: registeredAt, happen: register }, ...(handedInAt ? [{ at: handedInAt, happen: receive }] : [])]
}

function batches<Value>(values: Value[], keyOf: (value: Value) => string): Value[][] {
  const found = new Map<string, Value[]>()
  for (const value of values) found.set(keyOf(value), [...(found.get(keyOf(value)) ?? []), value])
  return [...found.values()]
}

const documentNo = ({ story, index }: Telling, { seizure, list }: { seizure: Seizure; list: number }) => {
  const kind = story.kind === 'criminal' ? '刑' : '行'
  return `江公(${kind})扣字〔${dateOf(seizure.at).slice(0, 4)}〕${String(index * 10 + list + 200).padStart(4, '0')}号`
}

function listInput(demo: Demo, telling: Telling, listed: ReturnType<typeof thingsOf>[number]): object {
  const { seizure, list, things } = listed
  const { at, from, source, witness, measure = 'seize' } = seizure
  const document = { kind: seizure.list ?? '扣押清单', no: documentNo(telling, listed), date: dateOf(at) }
  const { caseNo, story, index } = telling
  const items = things.map((thing) => {
    const { group: _group, place: _place, pictured: _pictured, drawing: _drawing, colour: _colour, ...said } = thing
    return {
      ...said,
      source,
      extractedAt: at,
      takenFrom: { name: from, idNumber: `99010319${80 + index}0${list}01${1000 + index}` },
      witness: witness ? { name: witness } : { absentBecause: '现场无符合条件的人员，已全程录音录像' },
      photos: demo.pictures.of(keyOf(story, list, thing)),
    }
  })
  return { caseNo, document, measure, items }
}

async function perform(demo: Demo, telling: Telling, act: Act, name: string): Promise<void> {
  const { at, by, step, groups, each, signers = [] } = act
  const things = groups?.flatMap((group) => inGroup(telling, group)) ?? []
  const scene = (some: Card[]): Scene => ({
    caseNo: telling.caseNo,
    things: some,
    place: (place) => placeIn(demo, place),
    placeOf: ({ code }) => placeIn(demo, telling.rows.get(code)!.place),
    pictures: demo.pictures,
  })
  const takings = each ? things.map((thing) => [thing]) : [things]
  for (const [n, some] of takings.entries()) {
    const input = act.input(scene(some))
    await take(demo, telling, some, { name: each ? `${name}.${n + 1}` : name, by, step, at, input, signers })
  }
}

function inGroup({ story, cards, rows }: Telling, group: string): Card[] {
  const found = [...cards.values()].filter(({ code }) => rows.get(code)?.group === group)
  if (found.length === 0) throw new Error(`${story.key} has nothing called ${group}`)
  return found
}

/** Takes the step with the signatures it needs, and keeps the cards it gives. */
async function take(demo: Demo, telling: Telling, things: Card[], taking: Taking): Promise<void> {
  const signers = new Set(taking.signers)
  const step = catalogue.steps[taking.step]
  const second = secondKeepers[taking.by]
  if (second && step?.on === 'item' && step.physical) {
    if (step.twoPerson || things.some((thing) => twoPersonClasses.includes(thing.class))) signers.add(second)
  }
  const { items } = await demo.take({ ...taking, items: things.map(({ code }) => code), signers: [...signers] })
  for (const card of items) telling.cards.set(card.code, card)
}

function placeIn({ places }: Demo, name: string): string {
  const code = places.get(name)
  if (!code) throw new Error(`The store of the demonstration has no ${name}`)
  return code
}
