/** agency, unit, person: who takes part, who may do what, and how it ends. */
import { expect } from 'chai'
import { catalogue } from '../../../server/custody/catalogue.ts'
import { parseCode } from '../../../server/custody/codes.ts'
import { applyFact } from '../../../server/custody/decide.ts'
import { isSafePattern, settingsOf } from '../../../server/custody/settings.ts'
import { type Person, type Role, roles, type Unit } from '../../../server/custody/subjects.ts'
import { decideForSystem } from '../../../server/custody/system.ts'
import {
  asJson,
  decidedAgain,
  given,
  ofRules,
  places,
  received,
  registered,
  type Story,
  staffIdNumber,
  start,
  taken,
} from '../../support/custody.ts'
import { hired } from '../../support/custody-people.ts'
import { codeSource } from '../../support/custody-world.ts'

const unitOf = (story: Story, id: string): Unit => story.world.units.get(id)!
const personOf = (story: Story, login: string): Person => story.world.people.get(login)!
const rolesOf = (story: Story, login: string) => personOf(story, login).grants.map(({ role, scope }) => [role, scope])

describe('agency.add', () => {
  it('takes in another agency, or one below', () => {
    const story = given()
    story.when('admin', 'agency.add', { id: 'east', name: '城东分局', type: 'police', parent: 'psb' })
    story.gives('AgencyAdded')
    expect(unitOf(story, 'east')).to.include({ kind: 'agency', agency: 'east', parent: 'psb', addedBy: 'psb' })
    story.when('admin', 'agency.add', { id: 'high', name: '中级人民法院', type: 'court' }).gives('AgencyAdded')
  })

  it('has another name than every agency that is there, as a reader sees it', () => {
    const story = given()
    const taken = unitOf(story, 'proc').name
    expect(taken).to.include('人')
    for (const name of [taken, taken.replace('人', '⼈'), ` ${taken.split('').join('\u200b ')}`])
      story
        .when('admin', 'agency.add', { id: 'twin', name, type: 'procuratorate' })
        .refusedWith('agency.name-taken', { name: taken })
    story
      .when('admin', 'agency.add', { id: 'twin', name: `${taken}铁路分院`, type: 'procuratorate' })
      .gives('AgencyAdded')
  })

  it('could have the name of another by version 1 of the rules', () => {
    const story = given()
    story.world.units.set('psb', { ...unitOf(story, 'psb'), rules: 1 })
    const { name } = unitOf(story, 'proc')
    story.when('admin', 'agency.add', { id: 'twin', name, type: 'procuratorate' }).gives('AgencyAdded')
    story.when('admin', 'unit.add', { id: 'again', name: unitOf(story, 'crim').name }).gives('UnitAdded')
  })

  it('is for administrators of an agency that has none above', () => {
    const story = given()
    story.take('admin', 'agency.add', { id: 'east', name: '城东分局', type: 'police', parent: 'psb' })
    story.take('admin', 'person.add', { login: 'eastadmin', name: '管东', number: '1', unit: 'east' })
    story.take('admin', 'person.grant', { login: 'eastadmin', role: 'admin', scope: 'east' })
    const post = { id: 'post', name: '派出所', type: 'police', parent: 'east' }
    story.when('eastadmin', 'agency.add', post).refusedWith('agency.not-the-top')
    story.when('head', 'agency.add', post).refusedWith('step.no-role')
    story.when('admin', 'agency.add', post).gives('AgencyAdded')
  })

  it('hangs under an agency of its type, with an id of its own', () => {
    const story = given()
    const add = (over: Record<string, unknown>) =>
      story.when('admin', 'agency.add', { id: 'east', name: '东', type: 'police', ...over })
    add({ id: 'court' }).refusedWith('unit.exists')
    add({ parent: 'court' }).refusedWith('agency.parent-of-another-type')
    add({ parent: 'crim' }).refusedWith('agency.not-an-agency')
    add({ parent: 'nowhere' }).refusedWith('unit.unknown')
  })
})

describe('agency.configure', () => {
  it('takes the signature of a leader to weaken what keeps one person from acting alone', () => {
    for (const settings of [
      { twoPersonClasses: ['drugs'] },
      { weightTolerancePerMille: 100 },
      { stagesNeedingLeader: [] },
    ]) {
      const story = given()
      const change = { agency: 'psb', settings }
      story.when('admin', 'agency.configure', change).refusedWith('step.countersignature-missing', { as: 'leader' })
      story
        .when('admin', 'agency.configure', change, { signedBy: ['inspector'] })
        .refusedWith('step.countersignature-missing')
      story.when('admin', 'agency.configure', change, { signedBy: ['leader'] }).gives('SettingsChanged', { settings })
    }
  })

  it('lays some settings over those in force', () => {
    const story = given()
    story.when('admin', 'agency.configure', { agency: 'psb', settings: { retrievalLongestDays: 7 } })
    story.gives('SettingsChanged', { settings: { retrievalLongestDays: 7 }, before: { retrievalLongestDays: null } })
    story.take('admin', 'agency.configure', { agency: 'psb', settings: { handInHours: 48 } })
    expect(unitOf(story, 'psb').settings).to.deep.equal({ retrievalLongestDays: 7, handInHours: 48 })
    expect(settingsOf(unitOf(story, 'psb'))).to.include({ retrievalLongestDays: 7, handInHours: 48, disposalDays: 7 })
  })

  it('is for the agency’s own administrators and wants something to change', () => {
    const story = given()
    story.take('admin', 'person.add', { login: 'courtadmin', name: '管院', number: '1', unit: 'court' })
    story.take('admin', 'person.grant', { login: 'courtadmin', role: 'admin', scope: 'court' })
    const change = { agency: 'court', settings: { handInHours: 12 } }
    story.when('admin', 'agency.configure', change).refusedWith('agency.not-yours')
    story.when('courtadmin', 'agency.configure', change).gives('SettingsChanged')
    story.when('admin', 'agency.configure', { agency: 'psb', settings: {} }).refusedWith('agency.nothing-to-configure')
    const unit = { agency: 'crim', settings: { handInHours: 12 } }
    story.when('admin', 'agency.configure', unit).refusedWith('agency.not-an-agency')
  })

  it('takes no pattern that a case number could hang on', () => {
    const story = given()
    for (const pattern of ['^(a+)+$', '^A*$', '(', '^(a|b)\\1$', '^a{2,}$', '^(ab){3}$', 'a?b?c?d?', 'a|b|c|d|e'])
      story
        .when('admin', 'agency.configure', { agency: 'psb', settings: { caseNoPattern: pattern } })
        .refusedWith('agency.unsafe-pattern')
    for (const pattern of ['^[A-Z]\\d{22}$', '^[AB+*]\\d{1,4}号\\+$', '^(刑|行)\\d{4}-?\\d{6}$'])
      expect(isSafePattern(pattern), pattern).to.equal(true)
  })

  it('takes settings that exist, within their bounds', () => {
    const { input } = catalogue.steps['agency.configure']!
    expect(input.safeParse({ agency: 'psb', settings: { handInHours: 0 } }).success).to.equal(false)
    expect(input.safeParse({ agency: 'psb', settings: { fee: 1 } }).success).to.equal(false)
    expect(input.parse({ agency: 'psb', settings: {} })).to.deep.equal({ agency: 'psb', settings: {} })
  })
})

describe('unit.add', () => {
  it('adds a unit to the administrator’s agency, or to one that has no administrator yet', () => {
    const story = given()
    story
      .when('admin', 'unit.add', { id: 'drug', name: '禁毒大队' })
      .gives('UnitAdded', { agency: 'psb', type: 'police' })
    story.when('admin', 'unit.add', { id: 'first', name: '第一检察部', agency: 'proc' }).gives('UnitAdded')
    expect(unitOf(story, 'first')).to.include({ kind: 'unit', agency: 'proc', type: 'procuratorate' })
    story.when('admin', 'unit.add', { id: 'drug', name: '禁毒大队' }).refusedWith('unit.exists')
    story.take('admin', 'person.add', { login: 'procadmin', name: '管检', number: '1', unit: 'proc' })
    story.take('admin', 'person.grant', { login: 'procadmin', role: 'admin', scope: 'proc' })
    const second = { id: 'second', name: '第二检察部', agency: 'proc' }
    story.when('admin', 'unit.add', second).refusedWith('agency.not-yours')
    story.when('procadmin', 'unit.add', second).gives('UnitAdded')
  })
})

describe('the time zone of an agency', () => {
  it('is that of China until it is set, by a name that is known', () => {
    const story = given()
    expect(settingsOf(unitOf(story, 'psb')).timeZone).to.equal('Asia/Shanghai')
    const settings = { timeZone: 'Asia/Urumqi' }
    story.when('admin', 'agency.configure', { agency: 'psb', settings }).gives('SettingsChanged', { settings })
    expect(settingsOf(unitOf(story, 'psb')).timeZone).to.equal('Asia/Urumqi')
    const unknown = { agency: 'psb', settings: { timeZone: 'Mars/Olympus' } }
    expect(catalogue.steps['agency.configure']!.input.safeParse(unknown).success).to.equal(false)
  })
})

describe('the name of a unit', () => {
  it('is its own within the agency', () => {
    const story = given()
    story.when('admin', 'unit.add', { id: 'drug', name: '禁毒大队（一）' }).gives('UnitAdded')
    story
      .when('admin', 'unit.add', { id: 'drug2', name: '禁毒大队 [一]' })
      .refusedWith('unit.name-taken', { name: '禁毒大队（一）' })
    story.when('admin', 'unit.add', { id: 'drug2', name: '禁毒大队（一）', agency: 'proc' }).gives('UnitAdded')
  })
})

describe('person.add', () => {
  const recruit = { login: 'nora', name: '新诺', number: '012345', unit: 'crim' }

  it('makes an account with a badge code', () => {
    const story = given()
    story.when('admin', 'person.add', recruit).gives('PersonAdded', { unitName: '刑事侦查大队', agency: 'psb' })
    const made = personOf(story, 'nora')
    expect(parseCode(made.id)?.kind).to.equal('person')
    expect(made).to.include({ disabled: false, agencyName: '江城市公安局' })
    expect(made.grants).to.deep.equal([])
    expect(story.decision!.facts[0]!.subject).to.deep.equal({ kind: 'person', id: made.id })
  })

  it('keeps the identity number out of the entry', () => {
    const story = given()
    story.when('admin', 'person.add', { ...recruit, idNumber: '330102199001011111' }).gives('PersonAdded')
    expect(JSON.stringify(story.facts)).not.to.include('330102199001011111')
    expect([...story.sealed.values()]).to.deep.equal([{ idNumber: '330102199001011111' }])
    const twice = { ...recruit, login: 'nora2', idNumber: staffIdNumber }
    story.when('admin', 'person.add', twice).refusedWith('person.second-account')
    const small = { ...recruit, login: 'nora3', number: '012346', idNumber: '33010219900101222x' }
    story.take('admin', 'person.add', small)
    expect([...story.sealed.values()].at(-1), 'as on the card').to.deep.equal({ idNumber: '33010219900101222X' })
  })

  it('takes a login once, and never the system’s', () => {
    const story = given()
    story.when('admin', 'person.add', { ...recruit, login: 'officer' }).refusedWith('person.exists')
    story.when('admin', 'person.add', { ...recruit, login: 'system' }).refusedWith('person.reserved')
    story.when('head', 'person.add', recruit).refusedWith('step.no-role')
  })
})

describe('person.grant', () => {
  const grant = (story: Story, login: string, role: string, scope: string) =>
    story.when('admin', 'person.grant', { login, role, scope })

  it('gives every role over what it reaches', () => {
    const reach: Partial<Record<Role, string>> = { officer: 'crim', head: 'crim', keeper: places.site }
    for (const role of roles.filter((one) => one !== 'casemanager')) {
      const story = given()
      grant(story, 'recruit', role, reach[role] ?? 'psb').gives('RoleGranted')
      const [given_] = personOf(story, 'recruit').grants
      expect(given_).to.include({ role, scope: reach[role] ?? 'psb', grantedBy: 'admin' })
    }
  })

  it('refuses a scope of another sort or another agency', () => {
    const story = given()
    grant(story, 'recruit', 'officer', 'psb').refusedWith('person.scope-not-a-unit')
    grant(story, 'recruit', 'head', places.site).refusedWith('person.scope-not-a-unit')
    grant(story, 'recruit', 'keeper', 'psb').refusedWith('person.scope-not-a-site')
    grant(story, 'recruit', 'keeper', places.room).refusedWith('person.scope-not-a-site')
    grant(story, 'recruit', 'legal', 'crim').refusedWith('person.scope-not-an-agency')
    grant(story, 'recruit', 'legal', places.site).refusedWith('person.scope-not-an-agency')
    grant(story, 'recruit', 'inspector', 'court').refusedWith('person.scope-elsewhere')
    story.take('admin', 'unit.add', { id: 'first', name: '第一检察部', agency: 'proc' })
    grant(story, 'recruit', 'officer', 'first').refusedWith('person.scope-elsewhere')
    story.world.places.set(places.east, { ...story.world.places.get(places.east)!, agency: 'court' })
    grant(story, 'recruit', 'keeper', places.east).refusedWith('person.scope-elsewhere')
    story.world.places.set(places.site, { ...story.world.places.get(places.site)!, inUse: false })
    grant(story, 'recruit', 'keeper', places.site).refusedWith('place.not-in-use')
  })

  it('gives an office only where there is one', () => {
    const story = given()
    grant(story, 'recruit', 'casemanager', 'psb').refusedWith('person.role-of-another-agency')
    grant(story, 'judge', 'legal', 'court').refusedWith('person.role-of-another-agency')
    story.take('admin', 'unit.add', { id: 'bench', name: '刑庭', agency: 'court' })
    grant(story, 'judge', 'officer', 'bench').refusedWith('person.role-of-another-agency')
    story.take('admin', 'person.add', { login: 'bailiff', name: '法警', number: '77', unit: 'court' })
    grant(story, 'bailiff', 'inspector', 'court').gives('RoleGranted')
  })

  it('keeps handling and keeping apart', () => {
    const story = given()
    for (const role of ['keeper', 'storehead'] as const) {
      const scope = role === 'keeper' ? places.site : 'psb'
      grant(story, 'officer', role, scope).refusedWith('person.handling-and-keeping')
      grant(story, 'head', role, scope).refusedWith('person.handling-and-keeping')
    }
    grant(story, 'keeper', 'officer', 'crim').refusedWith('person.handling-and-keeping')
    grant(story, 'storehead', 'head', 'crim').refusedWith('person.handling-and-keeping')
    grant(story, 'officer', 'head', 'crim').gives('RoleGranted')
    grant(story, 'keeper', 'storehead', 'psb').gives('RoleGranted')
  })

  it('keeps administration apart from business', () => {
    const story = given(hired('admin2', ['admin', 'psb']))
    grant(story, 'officer', 'admin', 'psb').refusedWith('person.admin-apart')
    grant(story, 'admin2', 'finance', 'psb').refusedWith('person.admin-apart')
  })

  it('names administrators on the agency', () => {
    const story = given(hired('admin2', ['admin', 'psb']))
    expect(unitOf(story, 'psb').admins).to.deep.equal(['admin', 'admin2'])
  })

  it('is refused for oneself, twice, for a closed account, and for another agency’s people', () => {
    const story = given()
    grant(story, 'admin', 'admin', 'court').refusedWith('person.own-role')
    grant(story, 'officer', 'officer', 'crim').refusedWith('person.already-granted')
    grant(story, 'gone', 'finance', 'psb').refusedWith('person.disabled')
    story.take('admin', 'person.add', { login: 'courtadmin', name: '管院', number: '1', unit: 'court' })
    grant(story, 'courtadmin', 'admin', 'court').gives('AdministratorsNamed', { admins: ['courtadmin'] })
    grant(story, 'judge', 'finance', 'court').refusedWith('agency.not-yours')
    story.when('courtadmin', 'person.grant', { login: 'judge', role: 'finance', scope: 'court' }).gives('RoleGranted')
    story
      .when('courtadmin', 'person.grant', { login: 'officer', role: 'legal', scope: 'psb' })
      .refusedWith('person.unknown')
  })
})

describe('person.revoke', () => {
  const leave = { login: 'keeper', role: 'keeper', scope: places.site }
  const stocktake = { document: { kind: '交接盘点表', no: '盘2026-3', date: '2026-03-02' } }

  it('ends a role', () => {
    const story = given()
    story.when('admin', 'person.revoke', { login: 'officer', role: 'officer', scope: 'crim' }).gives('RoleRevoked')
    expect(rolesOf(story, 'officer')).to.deep.equal([])
    story.when('officer', 'case.open', {
      caseNo: 'A3301020000002026039999',
      title: '某案',
      kind: 'criminal',
      acceptedAt: start,
      unit: 'crim',
      officers: ['officer2'],
    })
    story.refusedWith('step.no-role')
    story
      .when('admin', 'person.revoke', { login: 'officer', role: 'officer', scope: 'crim' })
      .refusedWith('person.not-granted')
  })

  it('lets a keeper of an empty site go', () => {
    given().when('admin', 'person.revoke', leave).gives('RoleRevoked')
  })

  it('ends a keeper’s role with a joint count that the successor signs', () => {
    const story = given(registered(), received())
    story.when('admin', 'person.revoke', leave).refusedWith('person.joint-stocktake-missing')
    const counted = { ...leave, stocktake }
    story.when('admin', 'person.revoke', counted).refusedWith('step.countersignature-missing', { as: 'successor' })
    const by = (login: string) => story.when('admin', 'person.revoke', counted, { signedBy: [login] })
    by('keeper').refusedWith('step.countersignature-missing')
    by('eastkeeper').refusedWith('step.countersignature-missing')
    by('storehead').refusedWith('step.countersignature-missing')
    by('keeper2').gives('RoleRevoked', { stocktake })
    expect(rolesOf(story, 'keeper')).to.deep.equal([])
  })

  it('asks for the count while a thing of the site is out', () => {
    const story = given(registered(), received())
    const { custody } = story.item
    const from = custody.state === 'stored' ? custody : undefined
    const out = { state: 'out' as const, holder: 'officer', holderName: '陆一舟', from: from! }
    story.world.items.set(story.item.code, { ...story.item, custody: out })
    story.when('admin', 'person.revoke', leave).refusedWith('person.joint-stocktake-missing')
  })

  it('leaves an agency its last administrator, and everybody their own roles', () => {
    const story = given(hired('admin2', ['admin', 'psb']), hired('admin3', ['admin', 'psb']))
    const end = (by: string, login: string) => story.when(by, 'person.revoke', { login, role: 'admin', scope: 'psb' })
    end('admin2', 'admin2').refusedWith('person.own-role')
    end('admin2', 'admin').gives('AdministratorsNamed', { admins: ['admin2', 'admin3'] })
    end('admin', 'admin2').refusedWith('step.no-role')
    story.take('admin2', 'person.disable', { login: 'admin3' })
    expect(unitOf(story, 'psb').admins).to.deep.equal(['admin2'])
    end('admin3', 'admin2').refusedWith('person.disabled')
    // An administrator from outside could end the last one only while the agency had none.
    story.world.units.set('psb', { ...unitOf(story, 'psb'), admins: ['admin3'] })
    end('admin2', 'admin3').refusedWith('person.last-admin')
  })
})

describe('person.disable', () => {
  it('closes the account at once, whatever is held', () => {
    const story = given(registered(), received())
    story.when('admin', 'person.disable', { login: 'keeper', reason: '停职' }).gives('PersonDisabled')
    expect(personOf(story, 'keeper').disabled).to.equal(true)
    story
      .when('keeper', 'discrepancy.report', { kind: 'missing', note: '无', photos: [] })
      .refusedWith('person.disabled')
    story.when('admin', 'person.disable', { login: 'keeper' }).refusedWith('person.disabled')
  })

  it('is refused for oneself, the last administrator, and other agencies', () => {
    const story = given()
    story.when('admin', 'person.disable', { login: 'admin' }).refusedWith('person.own-account')
    story.and(hired('admin2', ['admin', 'psb']))
    story.world.units.set('psb', { ...unitOf(story, 'psb'), admins: ['admin'] })
    story.when('admin2', 'person.disable', { login: 'admin' }).refusedWith('person.last-admin')
    story.take('admin', 'person.add', { login: 'courtadmin', name: '管院', number: '1', unit: 'court' })
    story.take('admin', 'person.grant', { login: 'courtadmin', role: 'admin', scope: 'court' })
    story.when('admin', 'person.disable', { login: 'judge' }).refusedWith('agency.not-yours')
  })
})

describe('what somebody holds', () => {
  const holding = () => given(registered())

  it('is handed on before they leave, lose the role or move', () => {
    const story = holding()
    const told = { count: 1, codes: story.codes, name: '陆一舟' }
    story.when('admin', 'person.disable', { login: 'officer' }).refusedWith('person.still-holds', told)
    const role = { login: 'officer', role: 'officer', scope: 'crim' }
    story.when('admin', 'person.revoke', role).refusedWith('person.still-holds', told)
    story.and(received())
    story.when('admin', 'person.revoke', role).gives('RoleRevoked')
    story.when('admin', 'person.disable', { login: 'officer' }).gives('PersonDisabled')
  })

  it('keeps nobody in office whose account must be closed at once: a leader signs', () => {
    const story = holding()
    const atOnce = { login: 'officer', reason: '停职', atOnce: true }
    story.when('admin', 'person.disable', atOnce).refusedWith('step.countersignature-missing', { as: 'leader' })
    story.when('admin', 'person.disable', atOnce, { signedBy: ['leader'] }).gives('PersonDisabled')
  })

  it('stopped nobody by version 1 of the rules', () => {
    given(ofRules(1), registered()).when('admin', 'person.disable', { login: 'officer' }).gives('PersonDisabled')
  })
})

describe('person.enable', () => {
  it('opens an account again with its roles', () => {
    const story = given()
    story.when('admin', 'person.enable', { login: 'officer', reason: '误停' }).refusedWith('person.not-disabled')
    story.take('admin', 'person.disable', { login: 'officer' })
    story.when('admin', 'person.enable', { login: 'officer', reason: '误停' }).gives('PersonEnabled')
    expect(personOf(story, 'officer').disabled).to.equal(false)
    expect(rolesOf(story, 'officer')).to.deep.equal([['officer', 'crim']])
  })

  it('names an administrator on the agency again', () => {
    const story = given(hired('admin2', ['admin', 'psb']))
    story.take('admin', 'person.disable', { login: 'admin2' })
    story.when('admin', 'person.enable', { login: 'admin2', reason: '误停' })
    story.gives('AdministratorsNamed', { admins: ['admin', 'admin2'] })
  })
})

describe('person.move', () => {
  const move = (story: Story, unit = 'econ', login = 'officer') => story.when('admin', 'person.move', { login, unit })

  it('takes somebody to another unit of the agency, without the roles of the old one', () => {
    const story = given()
    move(story).refusedWith('person.unit-role-open', { role: 'officer', unit: '刑事侦查大队' })
    story.take('admin', 'person.revoke', { login: 'officer', role: 'officer', scope: 'crim' })
    move(story).gives('PersonMoved', { unit: 'econ', unitName: '经济犯罪侦查大队', before: { unit: 'crim' } })
    expect(personOf(story, 'officer')).to.include({ unit: 'econ', unitName: '经济犯罪侦查大队', agency: 'psb' })
    move(story).refusedWith('person.same-unit')
    move(story, 'psb').gives('PersonMoved')
    move(story, 'court').refusedWith('person.unit-elsewhere')
    move(story, 'crim', 'gone').refusedWith('person.disabled')
  })
})

describe('names', () => {
  it('of a person change for what comes, and stay in what was', () => {
    const story = given(registered())
    const rename = { login: 'officer', name: '陆一州', reason: '户籍更名' }
    story.when('admin', 'person.rename', rename).gives('PersonRenamed', { name: '陆一州', before: '陆一舟' })
    expect(story.log.at(-2)!.actor.name).to.equal('陆一舟')
    story.when('admin', 'person.rename', rename).refusedWith('person.same-name')
    story.when('admin', 'person.rename', { ...rename, login: 'admin' }).refusedWith('person.own-name')
    const renumber = (number: string, login = 'officer') =>
      story.when('admin', 'person.renumber', { login, number, reason: '重号' })
    const before = story.world.people.get('officer')!.number
    const taken = story.world.people.get('officer2')!.number
    renumber(` ${taken} `).refusedWith('person.number-taken', { number: taken })
    renumber(before).refusedWith('person.same-number')
    renumber('700001', 'admin').refusedWith('person.own-name')
    renumber('700001').gives('PersonRenumbered', { number: '700001', before })
    expect(story.world.people.get('officer')!.number).to.equal('700001')
  })

  it('closes a unit that nobody and nothing is in any more, with the leader, and opens it again', () => {
    const story = given(taken('admin', 'unit.add', { id: 'old', name: '旧部门' }))
    const step = (name: string, unit: string, signedBy = ['leader']) =>
      story.when('admin', name, { unit, reason: '机构调整' }, { signedBy })
    step('unit.close', 'crim').refusedWith('unit.not-empty', { name: '刑事侦查大队', cases: 1 })
    expect(story.attempt('admin', 'unit.close', { unit: 'crim', reason: '机构调整' }, { signedBy: ['leader'] }))
      .to.have.nested.property('params.people')
      .that.is.above(2)
    step('unit.close', 'old', []).refusedWith('step.countersignature-missing', { as: 'leader' })
    step('unit.reopen', 'old').refusedWith('unit.not-closed')
    step('unit.close', 'old').gives('UnitClosed')
    step('unit.close', 'old').refusedWith('unit.closed')
    const recruit = { login: 'nora9', name: '诺拉', number: '900009', unit: 'old' }
    story.when('admin', 'person.add', recruit).refusedWith('unit.closed', { name: '旧部门' })
    story.when('admin', 'person.grant', { login: 'recruit', role: 'officer', scope: 'old' }).refusedWith('unit.closed')
    step('unit.reopen', 'old').gives('UnitReopened')
    story.when('admin', 'person.add', recruit).gives('PersonAdded')
    step('unit.close', 'old').refusedWith('unit.not-empty', { people: 1, cases: 0, items: 0 })
    expect(decidedAgain(story.log)).to.deep.equal([])
  })

  it('of units and agencies change, and no two beside each other look the same', () => {
    const story = given()
    const unit = (name: string, id = 'crim') => story.when('admin', 'unit.rename', { unit: id, name, reason: '改革' })
    unit('刑事侦查支队').gives('UnitRenamed', { name: '刑事侦查支队', before: '刑事侦查大队' })
    expect(unitOf(story, 'crim').name).to.equal('刑事侦查支队')
    unit('刑事侦查支队').refusedWith('unit.same-name')
    unit('经济犯罪 侦查大队').refusedWith('unit.name-taken', { name: '经济犯罪侦查大队' })
    unit('公安局', 'psb').refusedWith('unit.not-a-unit')
    const agency = (name: string) => story.when('admin', 'agency.rename', { agency: 'psb', name, reason: '改革' })
    agency('江城市⼈民检察院').refusedWith('agency.name-taken', { name: '江城市人民检察院' })
    agency('江城市公安局（新）').gives('UnitRenamed')
  })

  it('go into entries as they are at that time, of the unit too', () => {
    const story = given()
    story.take('admin', 'unit.rename', { unit: 'crim', name: '刑事侦查支队', reason: '改革' })
    story.take('admin', 'agency.rename', { agency: 'psb', name: '江城公安', reason: '改革' })
    story.and(registered())
    expect(story.log.at(-1)!.actor).to.include({ unitName: '刑事侦查支队', agencyName: '江城公安' })
    expect(story.item.control).to.include({ agencyName: '江城公安' })
  })
})

describe('a number', () => {
  it('is one person’s in an agency, however it is written', () => {
    const story = given()
    const add = (login: string, number: string, unit = 'crim') =>
      story.when('admin', 'person.add', { login, name: '新', number, unit })
    add('nora', 'A7001').gives('PersonAdded')
    add('nora2', 'ａ7001').refusedWith('person.number-taken', { name: '新' })
    add('nora2', 'A7001', 'court').gives('PersonAdded')
    given(ofRules(1), taken('admin', 'person.add', { login: 'nora', name: '新', number: '1', unit: 'crim' }))
      .when('admin', 'person.add', { login: 'nora2', name: '新', number: '1', unit: 'crim' })
      .gives('PersonAdded')
  })
})

describe('the founding of an agency', () => {
  const founded = () =>
    decideForSystem(
      'agency.found',
      undefined,
      {
        agency: { id: 'psb', name: '江城市公安局', type: 'police' },
        admin: { login: 'root', name: '管理', number: '000001' },
      },
      start,
      codeSource(),
    )

  it('is signed by the system and makes an agency with its administrator', () => {
    const { facts, actor } = founded()
    expect(facts.map(({ recorded }) => recorded.fact)).to.deep.equal([
      'AgencyAdded',
      'PersonAdded',
      'RoleGranted',
      'AdministratorsNamed',
    ])
    expect(actor.login).to.equal('system')
    expect(facts.map(({ version }) => version)).to.deep.equal([1, 1, 2, 2])
    expect(facts[3]!.after).to.deep.include({ id: 'psb', kind: 'agency', admins: ['root'], addedBy: 'psb' })
    const admin = facts[2]!.after as Person
    expect(admin.grants).to.deep.equal([{ role: 'admin', scope: 'psb', grantedAt: start, grantedBy: 'system' }])
    expect(facts[2]!.audience).to.include('staff:psb')
  })

  it('is replayed like every other fact, and lets the administrator begin', () => {
    const states = new Map<string, unknown>()
    for (const { subject, recorded, after } of asJson(founded().facts)) {
      const state = applyFact(catalogue.facts[recorded.fact]!, states.get(subject.id) as never, recorded)
      expect(asJson(state)).to.deep.equal(asJson(after))
      states.set(subject.id, state)
    }
    const story = given()
    story.world.units.clear()
    story.world.people.clear()
    for (const { subject, after } of founded().facts)
      if (subject.kind === 'unit') story.world.units.set(subject.id, after as Unit)
      else story.world.people.set((after as Person).login, after as Person)
    story.when('root', 'unit.add', { id: 'crim', name: '刑侦大队' }).gives('UnitAdded')
    story.when('root', 'place.add', { kind: 'site', name: '中心库' }).gives('PlaceAdded')
  })

  it('is no step that somebody could take', () => {
    given().when('admin', 'agency.found', {}).refusedWith('step.unknown')
  })
})
