// The demonstration's store: two sites with rooms, cabinets and slots, boxes, and areas where disposals wait.

import type { ItemClass } from '../custody/classes.ts'
import type { PlaceKind } from '../custody/subjects.ts'
import type { Founding } from './taking.ts'

/** A place stands in the nearest one above it in the list whose depth is one less. */
type Row = [depth: number, kind: PlaceKind, name: string, classes?: ItemClass[]]

const slots = (depth: number, name: string, count: number): Row[] =>
  Array.from({ length: count }, (_, n): Row => [depth, 'slot', `${name}-${String(n + 1).padStart(2, '0')}`])

const ordinary: ItemClass[] = ['general', 'document']
const guarded: ItemClass[] = ['cash', 'valuables', 'relic', 'virtual', 'drugs', 'firearms', 'hazardous']

const main: Row[] = [
  [0, 'site', '涉案财物管理中心'],
  [1, 'room', '一号普通物品库', ordinary],
  [2, 'rack', 'A 货架'],
  ...slots(3, 'A', 6),
  [2, 'rack', 'B 货架'],
  ...slots(3, 'B', 4),
  [1, 'room', '二号贵重物品库', ['cash', 'valuables', 'relic', 'virtual']],
  [2, 'rack', '甲号保险柜', ['cash', 'virtual']],
  ...slots(3, '甲', 3),
  [2, 'rack', '乙号保险柜', ['valuables', 'relic']],
  ...slots(3, '乙', 4),
  [1, 'room', '三号涉枪涉爆库', ['firearms', 'hazardous']],
  [2, 'rack', '枪弹柜', ['firearms']],
  ...slots(3, '枪', 3),
  [2, 'rack', '危险品防爆柜', ['hazardous']],
  ...slots(3, '危', 2),
  [1, 'room', '四号毒品专库', ['drugs']],
  [2, 'rack', '毒品专柜'],
  ...slots(3, '毒', 3),
  [1, 'room', '五号冷藏库', ['biological', 'perishable']],
  [2, 'rack', '生物检材冷藏柜', ['biological']],
  ...slots(3, '冷', 3),
  [2, 'rack', '冷冻货架', ['perishable']],
  ...slots(3, '冻', 2),
  [1, 'room', '六号电子数据库', ['electronic']],
  [2, 'rack', '一号防磁柜'],
  ...slots(3, '磁', 6),
  [1, 'room', '七号文书卷宗库', ['document']],
  [2, 'rack', '档案密集架'],
  ...slots(3, '卷', 3),
  [1, 'room', '大件物品区', ['general']],
  ...slots(2, '件', 3),
  [1, 'room', '涉案车辆停放场', ['vehicle']],
  ...slots(2, '车', 6),
  [1, 'staging', '待处置区', ['general', 'document', 'electronic', 'perishable']],
  [1, 'staging', '待处置专柜', guarded],
  [1, 'container', '周转箱一号', ['general', 'document', 'electronic']],
  [1, 'container', '周转箱二号', ['general', 'document', 'electronic']],
]

const east: Row[] = [
  [0, 'site', '东区保管室'],
  [1, 'room', '东一库', ['general', 'document', 'electronic']],
  [2, 'rack', '东 A 货架'],
  ...slots(3, '东A', 4),
  [1, 'room', '东二库', ['document']],
  ...slots(2, '东卷', 2),
  [1, 'staging', '东区待处置区', ['general', 'document']],
  [1, 'container', '东区周转箱', ['general', 'document', 'electronic']],
]

const all = [...main, ...east]

/** The administrator sets up the sites; the head of the store fits them out. */
export async function addSites(demo: Founding): Promise<void> {
  await add(demo, 'admin', (depth) => depth === 0, demo.times.day(62, '10:00'))
}

export async function addPlaces(demo: Founding): Promise<void> {
  await add(demo, 'storehead', (depth) => depth > 0, demo.times.day(61, '09:00'))
}

async function add(
  { places, take }: Founding,
  by: string,
  wanted: (depth: number) => boolean,
  at: string,
): Promise<void> {
  const above: string[] = []
  for (const [depth, kind, name, classes] of all) {
    above[depth] = name
    if (!wanted(depth)) continue
    const parent = depth === 0 ? {} : { parent: places.get(above[depth - 1]!)! }
    const input = { kind, name, ...parent, ...(classes ? { classes } : {}) }
    const { entries } = await take({ name: `place ${name}`, by, step: 'place.add', at, input })
    places.set(name, entries[0]!.subject.id)
  }
}
