// The demonstration's agencies, units and people. Their names say what they do: nobody is called like that.

import type { Role } from '../custody/subjects.ts'
import { setPassword } from '../people/passwords.ts'
import { establish } from '../perform.ts'
import { personByLogin } from '../views/people.ts'
import type { Founding } from './taking.ts'

export const demoPassword = 'stillpoint-demo'

const police = { id: 'psb', name: '江城市公安局', type: 'police' } as const
const agencies = [
  { id: 'proc', name: '江城市人民检察院', type: 'procuratorate' },
  { id: 'court', name: '江城市人民法院', type: 'court' },
]
const units = [
  { id: 'crim', name: '刑事侦查大队' },
  { id: 'econ', name: '经济犯罪侦查大队' },
]

type Row = [login: string, name: string, number: string, unit: string, role?: Role, scope?: string]

/** Scopes of keepers are names of sites. */
const people: Row[] = [
  ['officer', '陆一舟', '990101', 'crim', 'officer', 'crim'],
  ['officer2', '唐小禾', '990102', 'crim', 'officer', 'crim'],
  ['head', '石青峰', '990100', 'crim', 'head', 'crim'],
  ['officer3', '白桦林', '990201', 'econ', 'officer', 'econ'],
  ['officer4', '黎小川', '990202', 'econ', 'officer', 'econ'],
  ['head2', '沈经纬', '990200', 'econ', 'head', 'econ'],
  ['keeper', '顾仓', '990301', 'psb', 'keeper', '涉案财物管理中心'],
  ['keeper2', '纪守库', '990302', 'psb', 'keeper', '涉案财物管理中心'],
  ['keeper3', '东方晓', '990303', 'psb', 'keeper', '东区保管室'],
  ['keeper4', '门怀东', '990304', 'psb', 'keeper', '东区保管室'],
  ['storehead', '严守正', '990300', 'psb', 'storehead', 'psb'],
  ['legal', '方准绳', '990401', 'psb', 'legal', 'psb'],
  ['legal2', '章有据', '990402', 'psb', 'legal', 'psb'],
  ['leader', '上官明', '990002', 'psb', 'leader', 'psb'],
  ['leader2', '司马和', '990003', 'psb', 'leader', 'psb'],
  ['principal', '欧阳正', '990001', 'psb', 'principal', 'psb'],
  ['finance', '钱清数', '990501', 'psb', 'finance', 'psb'],
  ['inspector', '甄察微', '990601', 'psb', 'inspector', 'psb'],
  ['procurator', '辛检之', 'J99001', 'proc', 'casemanager', 'proc'],
  ['procurator2', '何其慎', 'J99002', 'proc', 'casemanager', 'proc'],
  ['judge', '沈公允', 'F99001', 'court', 'casemanager', 'court'],
  ['judge2', '尹秉直', 'F99002', 'court', 'casemanager', 'court'],
]

/** The police first, with its administrator; then everybody else by that administrator. */
export async function addAgencies({ parts, times, take }: Founding): Promise<void> {
  const admin = { login: 'admin', name: '管维序', number: '990701' }
  if (!(await personByLogin(parts.pool, admin.login))) {
    await establish(parts, { agency: police, admin }, times.day(62, '09:00'))
  }
  const at = times.day(62, '09:30')
  for (const input of agencies) await take({ name: `agency ${input.id}`, by: 'admin', step: 'agency.add', at, input })
  for (const unit of units) {
    const input = { ...unit, agency: police.id }
    await take({ name: `unit ${unit.id}`, by: 'admin', step: 'unit.add', at, input })
  }
}

/** Needs the sites, which keepers' roles reach over. */
export async function addPeople({ times, places, take }: Founding): Promise<void> {
  const at = times.day(62, '11:00')
  for (const [login, name, number, unit, role, scope] of people) {
    const input = { login, name, number, unit }
    await take({ name: `person ${login}`, by: 'admin', step: 'person.add', at, input })
    if (!role) continue
    const given = { login, role, scope: role === 'keeper' ? places.get(scope!)! : scope! }
    await take({ name: `role of ${login}`, by: 'admin', step: 'person.grant', at, input: given })
  }
}

/** The same password for all, hashed for each with a salt of its own. */
export async function givePasswords({ parts }: Founding): Promise<void> {
  const ids = await Promise.all(
    ['admin', ...people.map(([login]) => login)].map(async (login) => (await personByLogin(parts.pool, login))!.id),
  )
  await Promise.all(ids.map((id) => setPassword(parts.pool, id, demoPassword)))
}

/** Who signs as second keeper beside whom. */
export const secondKeepers: Record<string, string> = { keeper: 'keeper2', keeper2: 'keeper', keeper3: 'keeper4' }
