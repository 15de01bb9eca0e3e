/** A small world for the rules' tests: four agencies, their people, three sites with places, two cases. */

import { createHash } from 'node:crypto'
import { type ItemClass, itemClasses } from '../../server/custody/classes.ts'
import { type CodeKind, codeFrom } from '../../server/custody/codes.ts'
import { fileTypes } from '../../server/custody/file-kinds.ts'
import { rulesVersion } from '../../server/custody/rules.ts'
import type { Case, Grant, Person, Place, PlaceKind, Role, Unit } from '../../server/custody/subjects.ts'
import type { StoredFile, World } from '../../server/custody/world.ts'

export const start = '2026-03-02T01:00:00.000Z'
const longAgo = '2026-01-05T01:00:00.000Z'

/** Codes in a fixed order, so that a test's codes are the same in every run. */
export function codeSource(seed = 0): (kind: CodeKind) => string {
  let count = seed
  return (kind) => {
    for (;;) {
      count += 1
      const bytes = Uint8Array.from(
        { length: 10 },
        (_, place) => Math.imul(count, 2654435761 + 40503 * place) >>> (place + 3),
      )
      const code = codeFrom(kind, bytes)
      if (code) return code
    }
  }
}

const fixed = codeSource(1_000_000)

/** Places by the names that tests use. `east` is the second site. */
export const places = {
  site: fixed('place'),
  room: fixed('place'),
  slot: fixed('place'),
  slot2: fixed('place'),
  /** Fit for documents only. */
  drawer: fixed('place'),
  retired: fixed('place'),
  staging: fixed('place'),
  box: fixed('container'),
  east: fixed('place'),
  eastRoom: fixed('place'),
  eastSlot: fixed('place'),
  /** A well-formed code that no place has. */
  nowhere: fixed('place'),
  /** Of the other police agency. */
  river: fixed('place'),
  riverRoom: fixed('place'),
  riverSlot: fixed('place'),
}

export const caseNo = 'A3301020000002026030001'
/** A case of the other unit, with the officer `econofficer`. */
export const otherCaseNo = 'A3301020000002026030002'
/** The identity number of somebody on the staff. */
export const staffIdNumber = '330102198801011238'
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
/** The hash of an uploaded picture or paper. */
export const file = (name = 'photo'): string => sha256(name)
/** An uploaded file of that media type; of every other hash it is not said of what sort it is, and it fits. */
export const fileOfType = (type: string): string => sha256(type)
export const storedAs = (hash: string): StoredFile | undefined => sorts.get(hash)
const sorts = new Map(fileTypes.map((type) => [sha256(type), { type, bytes: 40_000 }]))
/** A file that was never uploaded. Every other hash counts as uploaded. */
export const missingFile = 'f'.repeat(64)

const agencies: Record<string, [Unit['type'], string]> = {
  psb: ['police', '江城市公安局'],
  proc: ['procuratorate', '江城市人民检察院'],
  court: ['court', '江城市人民法院'],
  psb2: ['police', '河湾县公安局'],
}
const units: Record<string, [string, string]> = {
  crim: ['psb', '刑事侦查大队'],
  econ: ['psb', '经济犯罪侦查大队'],
  crim2: ['psb2', '河湾刑事侦查大队'],
}

/** Login → name, unit or agency, roles with their scope. */
const staff: Record<string, [string, string, ...[Role, string][]]> = {
  officer: ['陆一舟', 'crim', ['officer', 'crim']],
  officer2: ['唐小禾', 'crim', ['officer', 'crim']],
  head: ['石青', 'crim', ['head', 'crim']],
  econofficer: ['白桦', 'econ', ['officer', 'econ']],
  econhead: ['黎川', 'econ', ['head', 'econ']],
  keeper: ['顾仓', 'psb', ['keeper', places.site]],
  keeper2: ['纪库', 'psb', ['keeper', places.site]],
  keeper3: ['常守', 'psb', ['keeper', places.site]],
  eastkeeper: ['东方管', 'psb', ['keeper', places.east]],
  eastkeeper2: ['西门看', 'psb', ['keeper', places.east]],
  storehead: ['严管', 'psb', ['storehead', 'psb']],
  legal: ['法正', 'psb', ['legal', 'psb']],
  legal2: ['方准', 'psb', ['legal', 'psb']],
  leader: ['上官领', 'psb', ['leader', 'psb']],
  leader2: ['司徒带', 'psb', ['leader', 'psb']],
  principal: ['欧阳主', 'psb', ['principal', 'psb']],
  finance: ['钱数', 'psb', ['finance', 'psb']],
  inspector: ['督明', 'psb', ['inspector', 'psb']],
  admin: ['管理', 'psb', ['admin', 'psb']],
  recruit: ['新来', 'crim'],
  gone: ['离任', 'crim', ['officer', 'crim'], ['keeper', places.site]],
  procurator: ['检一', 'proc', ['casemanager', 'proc']],
  procurator2: ['检二', 'proc', ['casemanager', 'proc']],
  procurator3: ['检三', 'proc', ['casemanager', 'proc']],
  judge: ['审一', 'court', ['casemanager', 'court']],
  judge2: ['审二', 'court', ['casemanager', 'court']],
  officer3: ['任河', 'crim2', ['officer', 'crim2']],
  head3: ['湾平', 'crim2', ['head', 'crim2']],
  legal3: ['律成', 'psb2', ['legal', 'psb2']],
  leader3: ['诸葛统', 'psb2', ['leader', 'psb2']],
  riverkeeper: ['河库', 'psb2', ['keeper', places.river]],
  riverkeeper2: ['河管', 'psb2', ['keeper', places.river]],
  riverstorehead: ['湾库', 'psb2', ['storehead', 'psb2']],
  riverinspector: ['湾督', 'psb2', ['inspector', 'psb2']],
}

const kept = { version: 1, lastAt: longAgo }

function unitsOfWorld(): Map<string, Unit> {
  const all = new Map<string, Unit>()
  for (const [id, [type, name]] of Object.entries(agencies))
    all.set(id, {
      id,
      kind: 'agency',
      type,
      agency: id,
      name,
      settings: {},
      admins: id === 'psb' ? ['admin'] : [],
      addedBy: 'psb',
      ...(id === 'psb' ? { rules: rulesVersion } : {}),
      ...kept,
    })
  for (const [id, [agency, name]] of Object.entries(units))
    all.set(id, {
      id,
      kind: 'unit',
      type: agencies[agency]![0],
      agency,
      name,
      settings: {},
      admins: [],
      addedBy: 'psb',
      ...kept,
    })
  return all
}

function peopleOfWorld(all: Map<string, Unit>): Map<string, Person> {
  const newCode = codeSource(2_000_000)
  const people = Object.entries(staff).map(([login, [name, unit, ...roles]], index): [string, Person] => {
    const at = all.get(unit)!
    const agency = all.get(at.agency)!
    const grants = roles.map(([role, scope]): Grant => ({ role, scope, grantedAt: longAgo, grantedBy: 'admin' }))
    const person = {
      login,
      name,
      number: `0${1000 + index}`,
      unit,
      unitName: at.name,
      agency: agency.id,
      agencyName: agency.name,
    }
    return [login, { id: newCode('person'), ...person, grants, addedBy: 'psb', disabled: login === 'gone', ...kept }]
  })
  return new Map(people)
}

function placesOfWorld(): Map<string, Place> {
  const all = new Map<string, Place>()
  const add = (
    kind: PlaceKind,
    name: string,
    code: string,
    parent?: string,
    classes: readonly ItemClass[] = itemClasses,
    inUse = true,
    agency = 'psb',
  ) => {
    const above = parent === undefined ? undefined : all.get(parent)!
    const path = [...(above?.path ?? []), code]
    const pathNames = [...(above?.pathNames ?? []), name]
    const place = {
      code,
      kind,
      name,
      path,
      pathNames,
      site: path[0]!,
      agency,
      classes: [...classes],
      inUse,
      ...kept,
    }
    all.set(code, parent === undefined ? place : { ...place, parent })
  }
  add('site', '涉案财物管理中心', places.site)
  add('room', '一号库房', places.room, places.site)
  add('slot', 'A-01', places.slot, places.room)
  add('slot', 'A-02', places.slot2, places.room)
  add('slot', '文件柜', places.drawer, places.room, ['document'])
  add('slot', '停用格', places.retired, places.room, itemClasses, false)
  add('staging', '待处置区', places.staging, places.room)
  add('container', '周转箱', places.box, places.slot2)
  add('site', '城东分库', places.east)
  add('room', '东一库', places.eastRoom, places.east)
  add('slot', 'E-01', places.eastSlot, places.eastRoom)
  const ofRiver = [itemClasses, true, 'psb2'] as const
  add('site', '河湾涉案财物室', places.river, undefined, ...ofRiver)
  add('room', '河一库', places.riverRoom, places.river, ...ofRiver)
  add('slot', 'R-01', places.riverSlot, places.riverRoom, ...ofRiver)
  return all
}

function caseOfWorld(no: string, unit: Unit, officers: string[]): Case {
  const of = { unit: unit.id, unitName: unit.name, agency: unit.agency, agencies: [unit.agency], officers }
  const title = '林某盗窃案'
  return {
    caseNo: no,
    title,
    kind: 'criminal',
    acceptedAt: longAgo,
    ...of,
    events: [],
    supplementaryTimes: 0,
    ...kept,
  }
}

export function newWorld(): World {
  const all = unitsOfWorld()
  return {
    units: all,
    people: peopleOfWorld(all),
    places: placesOfWorld(),
    cases: new Map([
      [caseNo, caseOfWorld(caseNo, all.get('crim')!, ['officer', 'officer2'])],
      [otherCaseNo, caseOfWorld(otherCaseNo, all.get('econ')!, ['econofficer'])],
    ]),
    items: new Map(),
    occupied: new Set(),
    lying: new Map(),
    keeping: new Set(),
    held: new Map(),
    desks: new Map(),
    numbers: [],
    entries: new Map(),
    files: new Map(),
    identified: () => [],
    takenNames: new Map(),
    staffIdentities: new Set(),
    takenLines: new Set(),
  }
}
