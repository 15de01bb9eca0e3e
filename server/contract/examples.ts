// An example of a value, made from its schema and good under it: for who sent something else, and for the description of
// the interface. Pure.

import { z } from 'zod'
import { kindOf } from '../custody/fields.ts'

const hash = '3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea'
const moment = '2026-03-01T01:30:00.000Z'

/** What stands in members of these names, where their schema has it so. */
const byName: Record<string, unknown> = {
  absentBecause: '现场无符合条件的人员，已全程录音录像',
  address: '江城市滨河路 77 号',
  agency: 'psb',
  agencyName: '江城市公安局',
  as: 'second-keeper',
  axis: 'custody',
  calibre: '7.62 毫米',
  carriedBy: '王五',
  caseNo: 'A3301020000002026030001',
  code: 'EZ6DMV29GQY2',
  condition: '外观完好',
  contact: '13800000000',
  contents: '备胎一只',
  deadline: 'D01',
  docket: 'DZ6DMV29GQY8',
  externalNo: 'WB-2026-0001',
  face: '100',
  fact: 'ItemReceived',
  features: '红色，二八式，前筐变形',
  holder: 'wang.wu',
  holderName: '王五',
  id: 'DZ6DMV29GQY8',
  idNumber: '330102199001011234',
  item: 'EZ6DMV29GQY2',
  items: 'EZ6DMV29GQY2',
  line: '1',
  login: 'wang.wu',
  method: '公开拍卖',
  name: '红色自行车',
  new: 'F2026-0002',
  no: '江公（刑）扣字〔2026〕0001号',
  note: '已当面核对',
  number: '990101',
  officers: ['wang.wu'],
  old: 'F2026-0001',
  origin: 'custody.example',
  owningAgency: 'psb',
  owningUnit: 'crim',
  packages: 'B-01',
  password: 'correct horse battery',
  path: ['SZ6DMV29GQYH'],
  pathNames: ['一号普通物品库'],
  photos: [hash],
  place: 'SZ6DMV29GQYH',
  placeName: 'A-01',
  plate: '江A·12345',
  pointer: '/input/reason',
  procedure: 'retrieval',
  q: '自行车',
  quantity: '1',
  reason: '送司法鉴定中心检验',
  role: 'keeper',
  seal: 'F2026-0001',
  serials: 'SN20260001',
  sha256: hash,
  site: 'SZ6DMV29GQYH',
  source: '现场扣押',
  stage: 'requested',
  step: 'intake.receive',
  telephone: '13800000000',
  title: '王某盗窃案',
  unit: '辆',
  unitName: '刑事侦查大队',
  value: '1200.50',
  vin: 'LSVAA49J132047371',
  waitsFor: ['head@crim'],
}
/** Members that tell of a person; what has a `name` elsewhere is a thing. */
const people = ['takenFrom', 'witness', 'owner', 'recipient', 'person', 'admin', 'by']

/** Strings of every form that a schema here asks for; the first that fits is taken. */
const strings = [
  'text',
  moment,
  '2026-03-01',
  hash,
  '0b8f7a52-6f0c-4d39-9a3e-5b1c2d4e6f70',
  'EZ6DMV29GQY2',
  'correct horse battery staple',
  '1',
  '{}',
  '/',
  'https://custody.example/',
]

/** What a member is known by here: its own name, but where that means something else in a person. */
export const calledIn = (whole: string, member: string): string =>
  member === 'name' && people.includes(whole) ? 'holderName' : member

type Def = {
  type: string
  innerType?: z.ZodType
  element?: z.ZodType
  shape?: Record<string, z.ZodType>
  options?: z.ZodType[]
  entries?: Record<string, string>
  values?: unknown[]
  in?: z.ZodType
  out?: z.ZodType
}

/** `name` is what the member is called that holds it. What nothing fits has none, and a test finds it. */
export function exampleOf(schema: z.ZodType, name = ''): unknown {
  const def = schema.def as unknown as Def
  // What is made of a text before it is checked is shown as it is checked.
  if (def.type === 'pipe' && (def.in!.def as unknown as Def).type === 'transform') return exampleOf(def.out!, name)
  const [shown] = (z.globalRegistry.get(bare(schema))?.examples as unknown[] | undefined) ?? []
  const stated = kindOf(schema) === undefined ? [shown, byName[name]] : [byName[name], shown]
  for (const value of stated) if (value !== undefined && fits(schema, value)) return value
  if (def.innerType) return exampleOf(def.innerType, name)
  switch (def.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(def.shape!).map(([member, inner]) => [member, exampleOf(inner, calledIn(name, member))]),
      )
    case 'array': {
      const one = exampleOf(def.element!, name)
      return fits(schema, [one]) ? [one] : [one, one]
    }
    case 'union':
      return exampleOf(def.options![0]!, name)
    case 'pipe':
      // A text that is read as something else, such as a list with commas between.
      return [def.in!, def.out!]
        .map((end) => exampleOf(end, name))
        .flatMap((value) => [value, String(value)])
        .find((value) => fits(schema, value))
    case 'enum':
      return Object.values(def.entries!)[0]
    case 'literal':
      return def.values![0]
    case 'boolean':
      return true
    case 'null':
      return null
    case 'number':
      return [1, 0, 100].find((value) => fits(schema, value))
    case 'record':
    case 'unknown':
    case 'any':
      return {}
    case 'string':
      return strings.find((value) => fits(schema, value))
    default:
      return undefined
  }
}

const bare = (schema: z.ZodType): z.ZodType => {
  const inner = (schema.def as unknown as Def).innerType
  return inner ? bare(inner) : schema
}

const fits = (schema: z.ZodType, value: unknown): boolean => schema.safeParse(value).success
