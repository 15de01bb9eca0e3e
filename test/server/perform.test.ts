// The write path on a real database: one command, all or nothing, once.

import { randomUUID } from 'node:crypto'
import { expect } from 'chai'
import type pg from 'pg'
import { catalogue } from '../../server/custody/catalogue.ts'
import { codeFrom } from '../../server/custody/codes.ts'
import { Refusal } from '../../server/custody/define.ts'
import { eraseParticulars } from '../../server/ledger/particulars.ts'
import { establish, offered, type Parts, perform, type StepCommand } from '../../server/perform.ts'
import { readCase, readCases } from '../../server/views/cases.ts'
import { commitmentsIn, readChain } from '../../server/views/chain.ts'
import { readDockets } from '../../server/views/dockets.ts'
import { rebuildViews } from '../../server/views/history.ts'
import { readItems } from '../../server/views/items.ts'
import { personByLogin } from '../../server/views/people.ts'
import { viewTables } from '../../server/views/show.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { until } from '../support/server.ts'

const caseNo = 'A3301020000002026030001'
const photo = 'a'.repeat(64)

describe('perform', () => {
  let database: TestDatabase
  let parts: Parts
  const place: Record<string, string> = {}

  const take = (actor: string, step: string, input: unknown, more: Partial<StepCommand> = {}) =>
    perform(parts, {
      step,
      commandId: randomUUID(),
      items: [],
      input,
      actor,
      authenticated: { by: 'password' },
      ...more,
    })
  const signedBy = (...logins: string[]) => ({ claim: async () => logins })
  const refusal = async (attempt: Promise<unknown>): Promise<Refusal> => {
    try {
      await attempt
    } catch (error) {
      if (error instanceof Refusal) return error
      throw error
    }
    throw new Error('it was taken')
  }

  const thing = (line: string) => ({
    line,
    name: '黑色手机',
    class: 'general',
    quantity: '2',
    unit: '部',
    features: '屏幕有裂痕',
    details: { plate: randomUUID().slice(0, 18) },
    source: '现场扣押',
    extractedAt: '2026-03-01T01:00:00.000Z',
    takenFrom: { name: '测试甲', idNumber: '330102199001010012' },
    witness: { absentBecause: '无见证人在场' },
    photos: [photo],
  })
  const register = async (lines: string[], no = randomUUID()) => {
    const document = { kind: '扣押清单', no, date: '2026-03-01' }
    return take('officer', 'intake.register', { caseNo, document, measure: 'seize', items: lines.map(thing) })
  }
  const receive = (items: string[], more: Partial<StepCommand> = {}) =>
    take(
      'keeper',
      'intake.receive',
      {
        place: place.slot,
        checked: { documents: true, quantity: true, condition: '完好' },
        photos: [photo],
        quantityReceived: '2',
      },
      { items, ...signedBy('officer'), ...more },
    )

  /** Until the head of the ledger is free again, commands look and none is recorded. */
  const holdingTheHead = async () => {
    const holder = await database.pool.connect()
    await holder.query('BEGIN')
    await holder.query('SELECT FROM ledger_head FOR UPDATE')
    const waiting = async (count: number) =>
      (await holder.query('SELECT FROM pg_locks WHERE NOT granted AND pid <> pg_backend_pid()')).rowCount === count
    return {
      whenWaiting: (count: number) => until(() => waiting(count), `${count} commands to wait`),
      now: async () => {
        await holder.query('COMMIT')
        holder.release()
      },
    }
  }

  before(async () => {
    database = await freshDatabase()
    parts = { pool: database.pool, catalogue, origin: 'test.example/ledger', secret: 'a secret' }
    await establish(parts, {
      agency: { id: 'psb', name: '江城市公安局', type: 'police' },
      admin: { login: 'admin', name: '管理员', number: '000001' },
    })
    await take('admin', 'unit.add', { id: 'crim', name: '刑侦大队', agency: 'psb' })
    const add = async (input: object) => {
      const { entries } = await take('admin', 'place.add', input)
      return entries[0]!.subject.id
    }
    place.site = await add({ kind: 'site', name: '涉案财物管理中心' })
    place.room = await add({ kind: 'room', parent: place.site, name: '一号库' })
    place.rack = await add({ kind: 'rack', parent: place.room, name: 'A 架' })
    place.slot = await add({ kind: 'slot', parent: place.rack, name: 'A-01' })
    for (const [login, role, scope] of [
      ['officer', 'officer', 'crim'],
      ['head', 'head', 'crim'],
      ['keeper', 'keeper', place.site!],
    ] as const) {
      await take('admin', 'person.add', { login, name: login, number: login, unit: 'crim' })
      await take('admin', 'person.grant', { login, role, scope })
    }
    await database.pool.query(
      `INSERT INTO files (sha256, bytes, type, name, uploaded_by) VALUES ($1, 1, 'image/png', 'a', 'officer')`,
      [photo],
    )
    await take('officer', 'case.open', {
      caseNo,
      title: '盗窃案',
      kind: 'criminal',
      acceptedAt: '2026-02-01T00:00:00.000Z',
      unit: 'crim',
      officers: ['officer'],
    })
  })
  after(() => database?.close())

  it('registers and receives; the card says where the thing is', async () => {
    const { items } = await register(['1', '2'])
    expect(items.map((item) => item.custody.state)).to.deep.equal(['with-officer', 'with-officer'])
    const answer = await receive(items.map((item) => item.code))
    expect(answer.items[0]!.custody).to.include({ state: 'stored', place: place.slot, site: place.site })
    expect(answer.entries.map((entry) => entry.fact)).to.deep.equal(['ItemReceived', 'ItemReceived'])
    expect(answer.entries[1]!.position).to.equal(answer.entries[0]!.position + 1)
  })

  it('keeps particulars out of the entry', async () => {
    const { entries } = await register(['1'])
    const { rows } = await database.pool.query('SELECT body FROM ledger WHERE position = $1', [entries[0]!.position])
    expect(rows[0].body.toString()).not.to.contain('330102199001010012')
    expect((await database.pool.query('SELECT data FROM particulars')).rows).to.deep.include({
      data: { idNumber: '330102199001010012' },
    })
  })

  it('erases particulars and leaves the ledger as it was', async () => {
    const { entries, items } = await register(['1'])
    const entry = async () =>
      (await database.pool.query('SELECT body, hash FROM ledger WHERE position = $1', [entries[0]!.position])).rows[0]
    const before = await entry()
    const commitments = commitmentsIn(JSON.parse(before.body.toString()).data)
    expect(commitments).to.have.length(1)
    const told = async () => {
      const keys = ['unit:crim']
      const chain = await readChain(
        { dataSource: database.database.dataSource, pool: database.pool },
        keys,
        items[0]!.code,
      )
      return chain![0]!.particulars
    }
    expect(await told()).to.deep.equal({ [commitments[0]!]: { idNumber: '330102199001010012' } })
    expect(await eraseParticulars(database.pool, commitments)).to.equal(1)
    expect(await told()).to.deep.equal({ [commitments[0]!]: null })
    expect(await entry()).to.deep.equal(before)
    expect(await eraseParticulars(database.pool, commitments)).to.equal(0)
  })

  it('gives the first answer to the same command, and refuses another under its id', async () => {
    const [code] = (await register(['1'])).items.map((item) => item.code)
    const commandId = randomUUID()
    const first = await receive([code!], { commandId })
    await take('officer', 'retrieval.request', retrieval(), { items: [code!] })
    expect(await receive([code!], { commandId })).to.deep.equal(first)
    expect(
      (
        await refusal(
          take('keeper', 'intake.refuse', { reason: 'no-document', note: '无' }, { items: [code!], commandId }),
        )
      ).code,
    ).to.equal('command.reused')
  })

  it('takes one of many parallel commands and refuses the others', async () => {
    const [code] = (await register(['1'])).items.map((item) => item.code)
    await receive([code!])
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, () =>
        take('officer', 'retrieval.request', retrieval(), { items: [code!] }).then(
          () => 'taken',
          (error) => error.code,
        ),
      ),
    )
    expect(outcomes.filter((outcome) => outcome === 'taken')).to.have.length(1)
    expect(outcomes.filter((outcome) => outcome === 'docket.already-open')).to.have.length(11)
  })

  it('answers all parallel sendings of one command alike', async () => {
    const [code] = (await register(['1'])).items.map((item) => item.code)
    const commandId = randomUUID()
    const answers = await Promise.all(Array.from({ length: 8 }, () => receive([code!], { commandId })))
    for (const answer of answers) expect(answer).to.deep.equal(answers[0])
  })

  it('lets two at once make one case only', async () => {
    const open = () =>
      take('officer', 'case.open', {
        caseNo: 'A3301020000002026030009',
        title: '诈骗案',
        kind: 'criminal',
        acceptedAt: '2026-02-01T00:00:00.000Z',
        unit: 'crim',
        officers: ['officer'],
      }).then(
        () => 'taken',
        (error) => error.code,
      )
    expect((await Promise.all([open(), open(), open()])).sort()).to.deep.equal(['case.exists', 'case.exists', 'taken'])
  })

  it('adds one of several units that are called alike in the same moment', async () => {
    const add = (id: string, name: string) =>
      take('admin', 'unit.add', { id, name }).then(
        () => 'taken',
        (error: Refusal) => error.code,
      )
    // Connections that are there already, so that they begin together.
    await Promise.all([1, 2, 3].map(() => database.pool.query('SELECT pg_sleep(0.05)')))
    const outcomes = await Promise.all([
      add('one', '警务室（一）'),
      add('two', '警务室 [一]'),
      add('three', '警务室〔一〕'),
    ])
    expect(outcomes.sort()).to.deep.equal(['taken', 'unit.name-taken', 'unit.name-taken'])
  })

  it('gives a label to one of two things at once', async () => {
    const codes = (await register(['1', '2', '3', '4'])).items.map((item) => item.code)
    await receive(codes)
    const newCode = codeFrom('item', Buffer.from('a label printed before'))!
    const release = await holdingTheHead()
    const replacing = codes.map((code) =>
      take('keeper', 'label.replace', { newCode, reason: '破损' }, { items: [code] }).then(
        () => code,
        (error) => error.code,
      ),
    )
    await release.whenWaiting(codes.length)
    await release.now()
    const outcomes = await Promise.all(replacing)
    const [labelled, ...others] = outcomes.sort(
      (one, other) => Number(codes.includes(other)) - Number(codes.includes(one)),
    )
    expect(others).to.deep.equal(Array(3).fill('label.code-in-use'))
    const { rows } = await database.pool.query('SELECT id FROM codes WHERE code = $1', [newCode])
    expect(rows).to.deep.equal([{ id: labelled }])
  })

  it('packs into a container that is being moved', async () => {
    const add = async (input: object) => (await take('admin', 'place.add', input)).entries[0]!.subject.id
    const box = await add({ kind: 'container', parent: place.slot, name: '周转箱' })
    const other = await add({ kind: 'slot', parent: place.rack, name: 'A-09' })
    const codes = (await register(['1'])).items.map((item) => item.code)
    await receive(codes)
    const release = await holdingTheHead()
    const moving = take('keeper', 'relocation.move', { to: other, reason: '整理' }, { items: [box] })
    await release.whenWaiting(1)
    const packing = take('keeper', 'relocation.pack', { container: box }, { items: codes })
    await release.whenWaiting(2)
    await release.now()
    await moving
    expect((await packing).items[0]!.custody).to.deep.include({ place: box })
    expect((await packing).items[0]!.custody)
      .to.have.property('path')
      .that.includes(other)
  })

  it('refuses a command of several items whole', async () => {
    const codes = (await register(['1', '2', '3'])).items.map((item) => item.code)
    await receive([codes[0]!])
    expect((await refusal(receive(codes))).code).to.equal('intake.not-with-officer')
    const { rows } = await database.pool.query(`SELECT custody FROM items WHERE code = ANY($1) ORDER BY custody`, [
      codes,
    ])
    expect(rows.map(({ custody }) => custody)).to.deep.equal(['stored', 'with-officer', 'with-officer'])
  })

  it('says what moved on since the client looked', async () => {
    const [item] = (await register(['1'])).items
    await receive([item!.code])
    const { code, params } = await refusal(
      take('officer', 'retrieval.request', retrieval(), { items: [item!.code], expect: { [item!.code]: 1 } }),
    )
    expect(code).to.equal('item.changed')
    expect(params).to.include({ seen: 1, version: 2 })
  })

  it('takes 500 items with no more queries than one', async () => {
    const lines = Array.from({ length: 500 }, (_, n) => String(n + 1))
    const many = (await register(lines)).items.map((item) => item.code)
    const one = (await register(['1'])).items.map((item) => item.code)
    const counts: number[] = []
    for (const items of [one, many]) {
      const counting = countingPool(database.pool)
      parts = { ...parts, pool: counting.pool }
      await receive(items)
      counts.push(counting.count())
    }
    parts = { ...parts, pool: database.pool }
    expect(counts[0]).to.be.within(8, 30)
    expect(counts[1]).to.equal(counts[0])
  })

  it('takes in what somebody holds whose account is closed, when the head of the unit signs', async () => {
    await take('admin', 'person.add', { login: 'leaver', name: '离任', number: 'leaver', unit: 'crim' })
    await take('admin', 'person.grant', { login: 'leaver', role: 'officer', scope: 'crim' })
    const no = 'A3301020000002026030077'
    const opening = {
      caseNo: no,
      title: '盗窃案',
      kind: 'criminal',
      acceptedAt: '2026-02-01T00:00:00.000Z',
      unit: 'crim',
    }
    await take('leaver', 'case.open', { ...opening, officers: ['leaver'] })
    const document = { kind: '扣押清单', no: '离 1', date: '2026-03-01' }
    const seizure = { caseNo: no, document, measure: 'seize', items: [thing('1')] }
    const [item] = (await take('leaver', 'intake.register', seizure)).items
    const leaving = take('admin', 'person.disable', { login: 'leaver' })
    expect(await refusal(leaving)).to.deep.include({ code: 'person.still-holds' })
    await take('admin', 'person.add', { login: 'leader', name: '负责人', number: 'leader', unit: 'psb' })
    await take('admin', 'person.grant', { login: 'leader', role: 'leader', scope: 'psb' })
    await take('admin', 'person.disable', { login: 'leaver', atOnce: true }, signedBy('leader'))
    const signers = (await offered(parts, 'keeper', [item!.code])).find(
      ({ step }) => step === 'intake.receive',
    )!.signers
    expect(signers).to.deep.equal([{ as: 'head', roles: ['head'], scope: 'crim' }])
    const received = await receive([item!.code], signedBy('head'))
    expect(received.items[0]!.custody.state).to.equal('stored')
  })

  it('leaves no desk empty that a docket waits for, and ends on both sides what was lent', async () => {
    await take('admin', 'unit.add', { id: 'lone', name: '孤队' })
    for (const [login, role] of [
      ['lone.head', 'head'],
      ['lone.officer', 'officer'],
    ] as const) {
      await take('admin', 'person.add', { login, name: login, number: login, unit: 'lone' })
      await take('admin', 'person.grant', { login, role, scope: 'lone' })
    }
    const no = 'A3301020000002026030078'
    const opening = { caseNo: no, title: '诈骗案', kind: 'criminal', acceptedAt: '2026-02-01T00:00:00.000Z' }
    await take('lone.officer', 'case.open', { ...opening, unit: 'lone', officers: ['lone.officer'] })
    const document = { kind: '扣押清单', no: '孤 1', date: '2026-03-01' }
    const seizure = { caseNo: no, document, measure: 'seize', items: [thing('1')] }
    const [item] = (await take('lone.officer', 'intake.register', seizure)).items
    await receive([item!.code], signedBy('lone.officer'))
    const term = { usedAt: new Date(Date.now() + 3_600_000), dueAt: new Date(Date.now() + 7_200_000) }
    const asked = { purpose: 'identification', reason: '辨认', usedAt: term.usedAt.toISOString() }
    await take(
      'lone.officer',
      'retrieval.request',
      { ...asked, dueAt: term.dueAt.toISOString() },
      { items: [item!.code] },
    )
    const leaving = { login: 'lone.head' }
    const empty = { code: 'person.desk-empty', params: { name: 'lone.head', desk: 'head@lone', count: 1 } }
    expect(await refusal(take('admin', 'person.disable', leaving))).to.deep.include(empty)

    const lent = { to: 'head', role: 'head', scope: 'lone', until: term.dueAt.toISOString(), reason: '休假' }
    await take('lone.head', 'delegation.grant', lent, signedBy('leader'))
    await take('head', 'retrieval.approve', {}, { items: [item!.code] })
    const actors = await database.pool.query(
      `SELECT convert_from(body, 'UTF8')::jsonb #>> '{actor,for,login}' AS of FROM ledger WHERE step = 'retrieval.approve' AND subject_id = $1`,
      [item!.code],
    )
    expect(actors.rows).to.deep.equal([{ of: 'lone.head' }])
    await take(
      'admin',
      'person.revoke',
      { login: 'lone.head', role: 'head', scope: 'lone', atOnce: true },
      signedBy('leader'),
    )
    const sides = await database.pool.query(
      `SELECT state->'delegations' AS lent FROM people WHERE login IN ('head', 'lone.head')`,
    )
    expect(sides.rows).to.deep.equal([{ lent: [] }, { lent: [] }])
  })

  describe('finds what the rules look at', () => {
    const stored = async () => {
      const { items } = await register(['1', '2'])
      const codes = items.map((item) => item.code)
      await receive(codes)
      return codes as [string, string]
    }
    const facts = async (answer: Promise<{ entries: { fact: string }[] }>) =>
      (await answer).entries.map((entry) => entry.fact)

    it('in a scanned container, and above it', async () => {
      const codes = await stored()
      const { entries } = await take('admin', 'place.add', { kind: 'container', parent: place.slot, name: '周转箱' })
      const box = entries[0]!.subject.id
      await take('keeper', 'relocation.pack', { container: box }, { items: codes })
      const move = { to: place.room, reason: '整理' }
      expect(await facts(take('keeper', 'relocation.move', move, { items: [box] }))).to.deep.equal([
        'ItemMoved',
        'ItemMoved',
        'PlaceMoved',
      ])
      await take('keeper', 'relocation.move', { to: place.slot, reason: '放回' }, { items: [box] })
      const unpacked = await take('keeper', 'relocation.unpack', { container: box }, { items: [box] })
      expect(unpacked.items.map((item) => item.custody)).to.have.nested.property('[1].place', place.slot)
    })

    it('by its line, which a registration that was void leaves free and a correction may not take', async () => {
      const no = randomUUID()
      const [first, second] = (await register(['1', '2'], no)).items.map(({ code }) => code) as [string, string]
      expect(await refusal(register(['1'], no))).to.include({ code: 'intake.line-used' })
      const { rows } = await database.pool.query('SELECT min(position) AS at FROM ledger WHERE subject_id = $1', [
        second,
      ])
      const right = { position: Number(rows[0].at), field: 'line', right: '1', reason: '误写' }
      const note = () => take('officer', 'correction.note', right, { items: [second], ...signedBy('head') })
      expect(await refusal(note())).to.include({ code: 'correction.line-used' })
      await take('officer', 'intake.void', { reason: '重复登记' }, { items: [first], ...signedBy('head') })
      expect((await note()).items[0]).to.include({ line: '1' })
      expect(await refusal(register(['1'], no))).to.include({ code: 'intake.line-used' })
      expect((await register(['2'], no)).items[0]).to.include({ line: '2' })
    })

    it('in a place at any depth, when it is said what that is fit for', async () => {
      await stored()
      const suits = (classes: string[]) =>
        take(
          'admin',
          'place.correct',
          { place: place.room, field: 'classes', right: classes, reason: '改造' },
          signedBy('head'),
        )
      expect(await refusal(suits(['document']))).to.include({ code: 'place.lying-there' })
      expect(await refusal(suits(['document', 'general']))).to.include({ code: 'place.fit-below' })
    })

    it('below a place that is renamed, and in one that is given up', async () => {
      const { entries } = await take('admin', 'place.add', { kind: 'room', parent: place.site, name: '二号库' })
      const room = entries[0]!.subject.id
      const slot = await take('admin', 'place.add', { kind: 'slot', parent: room, name: 'B-01' })
      const renamed = take('admin', 'place.rename', { place: room, name: '贰号库' })
      expect(await facts(renamed)).to.deep.equal(['PlaceRenamed', 'PathRenamed'])
      expect(await refusal(take('admin', 'place.retire', { place: room }))).to.include({ code: 'place.not-empty' })
      await take('admin', 'place.retire', { place: slot.entries[0]!.subject.id })
      expect(await facts(take('admin', 'place.retire', { place: room }))).to.deep.equal(['PlaceRetired'])
    })

    it('by a label that was put on later, in the ledger, and in a site that a keeper leaves', async () => {
      const [code] = await stored()
      const { items } = await take('keeper', 'label.replace', { reason: '破损' }, { items: [code] })
      expect(items[0]!.code).to.equal(code)
      const { rows } = await database.pool.query(`SELECT code FROM codes WHERE id = $1 AND code <> $1`, [code])
      const label = rows[0].code as string
      const split = { parts: [{ quantity: '1' }, { quantity: '1' }] }
      expect(await facts(take('keeper', 'item.split', split, { items: [label] }))).to.deep.equal([
        'ItemSplit',
        'PartMade',
      ])
      const position = Number(
        (await database.pool.query('SELECT min(position) AS at FROM ledger WHERE subject_id = $1', [code])).rows[0].at,
      )
      const right = { position, field: 'name', right: '蓝色手机', reason: '误写' }
      const note = (at: number) =>
        take('officer', 'correction.note', { ...right, position: at }, { items: [code], ...signedBy('head') })
      expect((await note(position)).items[0]).to.include({ name: '蓝色手机' })
      expect(await refusal(note(0))).to.include({ code: 'correction.of-another-item' })
      const leave = { login: 'keeper', role: 'keeper', scope: place.site }
      expect(await refusal(take('admin', 'person.revoke', leave))).to.include({
        code: 'person.joint-stocktake-missing',
      })
    })

    it('in money that goes to an account', async () => {
      for (const [login, role, scope] of [
        ['teller', 'keeper', place.site!],
        ['finance', 'finance', 'psb'],
      ] as const) {
        await take('admin', 'person.add', { login, name: login, number: login, unit: 'psb' })
        await take('admin', 'person.grant', { login, role, scope })
      }
      const document = { kind: '扣押清单', no: randomUUID(), date: '2026-03-01' }
      const denominations = [{ face: '100', count: 5 }]
      const cash = { ...thing('1'), class: 'cash', value: '500', details: { denominations } }
      const { items } = await take('officer', 'intake.register', { caseNo, document, measure: 'seize', items: [cash] })
      const codes = items.map(({ code }) => code)
      await receive(codes, signedBy('officer', 'teller'))
      const deposit = {
        institution: '江城银行',
        account: '0001',
        voucher: { kind: '缴款单', no: '1', date: '2026-03-02' },
        amount: '500',
        currency: 'CNY',
      }
      const taken = take('finance', 'money.deposit', deposit, { items: codes, ...signedBy('keeper', 'teller') })
      expect(await facts(taken)).to.deep.equal(['MoneyDeposited'])
    })

    it('in a case that gets other officers', async () => {
      const other = caseNo.replace(/.$/, '7')
      const opened = { title: '他案', kind: 'criminal', acceptedAt: '2026-02-01T00:00:00.000Z', unit: 'crim' }
      await take('officer', 'case.open', { ...opened, caseNo: other, officers: ['officer'] })
      await take('admin', 'person.add', { login: 'officer9', name: '九', number: '9', unit: 'crim' })
      await take('admin', 'person.grant', { login: 'officer9', role: 'officer', scope: 'crim' })
      const document = { kind: '扣押清单', no: randomUUID(), date: '2026-03-01' }
      await take('officer', 'intake.register', {
        caseNo: other,
        document,
        measure: 'seize',
        items: [thing('1'), thing('2')],
      })
      const assigned = take('head', 'case.assign', { caseNo: other, officers: ['officer9'] })
      expect(await facts(assigned)).to.deep.equal(['CaseAssigned', 'OfficersChanged', 'OfficersChanged'])
    })

    it('in cases that are split, merged and numbered anew, by every number that they had', async () => {
      const no = (tail: string) => caseNo.replace(/..$/, tail)
      const opened = { title: '他案', kind: 'criminal', acceptedAt: '2026-02-01T00:00:00.000Z', unit: 'crim' }
      const open = (caseNo: string) => take('officer', 'case.open', { ...opened, caseNo, officers: ['officer'] })
      await open(no('21'))
      await open(no('22'))
      const document = { kind: '扣押清单', no: randomUUID(), date: '2026-03-01' }
      const register = (caseNo: string, line: string) =>
        take('officer', 'intake.register', { caseNo, document, measure: 'seize', items: [thing(line)] })
      const items = [...(await register(no('21'), '1')).items, ...(await register(no('21'), '2')).items]
      const [first, second] = items.map(({ code }) => code) as [string, string]
      const why = { reason: '编号有误' }

      await receive([second])
      await take('officer', 'retrieval.request', retrieval(), { items: [second] })
      await take('officer', 'case.renumber', { caseNo: no('21'), newCaseNo: no('23'), ...why }, signedBy('head'))
      expect(await refusal(register(no('21'), '2'))).to.include({ code: 'intake.line-used' })
      const third = (await register(no('21'), '3')).items[0]!
      expect(third.caseNo, 'the old number leads to the case').to.equal(no('23'))
      expect(await refusal(open(no('21')))).to.include({ code: 'case.exists' })
      const db = database.database.dataSource
      const keys = ['unit:crim']
      expect(await readCase(db, keys, no('21'))).to.include({ caseNo: no('23'), items: 3, held: 3 })
      const query = { limit: 50, case: no('21') }
      const dockets = async () =>
        (await readDockets(db, keys, { login: 'officer', desks: [] }, query as never)).dockets.flatMap(
          ({ caseNos }) => caseNos,
        )
      expect(await dockets()).to.deep.equal([no('23')])
      expect((await readItems(db, keys, query as never)).items).to.have.length(3)
      expect((await readCases(db, keys, { limit: 50, q: no('21') } as never)).cases).to.have.length(1)

      const split = { caseNo: no('24'), title: '另案', items: [first], reason: '另案处理' }
      expect(await facts(take('officer', 'case.split', split, signedBy('head')))).to.deep.equal([
        'CaseSplitOff',
        'CaseSplit',
        'ItemReassigned',
      ])
      const closing = {
        event: 'closed',
        date: '2026-03-01',
        document: { kind: '报告', no: '1' },
        heldBecause: '待处理',
      }
      const close = (held: number) => take('officer', 'case.record', { ...closing, caseNo: no('24'), held })
      expect(await refusal(close(0))).to.deep.include({ code: 'case.held-differs' })
      const merge = { caseNo: no('21'), into: no('22'), reason: '并案' }
      expect(await facts(take('officer', 'case.merge', merge, signedBy('head')))).to.deep.equal([
        'CaseMerged',
        'CaseTookIn',
        'ItemReassigned',
        'ItemReassigned',
      ])
      expect(await dockets(), 'they go with their things').to.deep.equal([])
      await take('officer', 'retrieval.withdraw', {}, { items: [second] })
      const reassign = { caseNo: no('24'), document, line: '1', reason: '登记有误' }
      const taken = take('officer', 'item.reassign', reassign, { items: [second], ...signedBy('head') })
      expect(await refusal(taken)).to.include({ code: 'case.line-used' })
      const free = { ...reassign, line: '2' }
      const moved = await take('officer', 'item.reassign', free, { items: [second], ...signedBy('head') })
      expect(moved.items[0]).to.deep.include({ caseNo: no('24'), formerCaseNos: [no('21'), no('23'), no('22')] })
    })

    it('in a case that is numbered anew while another command waits for it', async () => {
      const no = (tail: string) => caseNo.replace(/..$/, tail)
      const opened = { title: '他案', kind: 'criminal', acceptedAt: '2026-02-01T00:00:00.000Z', unit: 'crim' }
      await take('officer', 'case.open', { ...opened, caseNo: no('31'), officers: ['officer'] })
      const head = await holdingTheHead()
      const renumber = { caseNo: no('31'), newCaseNo: no('32'), reason: '编号有误' }
      const first = take('officer', 'case.renumber', renumber, signedBy('head'))
      await head.whenWaiting(1)
      const document = { kind: '扣押清单', no: randomUUID(), date: '2026-03-01' }
      const input = { caseNo: no('31'), document, measure: 'seize', items: [thing('1')] }
      const second = take('officer', 'intake.register', input)
      await head.whenWaiting(2)
      await head.now()
      await first
      expect((await second).items[0]).to.include({ caseNo: no('32') })
    })

    it('so that two administrators cannot close each other’s accounts at once', async () => {
      await take('admin', 'person.add', { login: 'admin2', name: '管二', number: '000002', unit: 'psb' })
      await take('admin', 'person.grant', { login: 'admin2', role: 'admin', scope: 'psb' })
      const both = await Promise.allSettled([
        take('admin', 'person.disable', { login: 'admin2' }),
        take('admin2', 'person.disable', { login: 'admin' }),
      ])
      expect(both.map(({ status }) => status).sort()).to.deep.equal(['fulfilled', 'rejected'])
      const { rows } = await database.pool.query(`SELECT state->'admins' AS admins FROM units WHERE id = 'psb'`)
      expect(rows[0].admins).to.have.length(1)
    })
  })

  // After all that has been recorded above.
  describe('who is refused because duties are apart', () => {
    const attempts = async () =>
      (
        await database.pool.query(
          `SELECT body, audience, subject_id AS id FROM ledger WHERE fact = 'AttemptRefused' ORDER BY position`,
        )
      ).rows.map(({ body, ...row }) => ({ ...row, data: JSON.parse(body.toString('utf8')).data }))

    it('has it written down, once for the same attempt, and may go on', async () => {
      const { items } = await register(['1'])
      const [code] = items.map((item) => item.code)
      const before = await attempts()
      for (let n = 0; n < 2; n++) {
        const refused = await refusal(receive([code!], signedBy('officer', 'keeper')))
        expect(refused.code).to.equal('step.signed-twice')
      }
      const written = (await attempts()).slice(before.length)
      expect(written).to.have.length(1)
      expect(written[0]!.audience).to.deep.equal(['inspects:psb'])
      expect(written[0]!.data).to.deep.include({
        step: 'intake.receive',
        items: [code],
        code: 'step.signed-twice',
        countersigners: ['officer', 'keeper'],
      })
      const person = await personByLogin(database.pool, 'keeper')
      expect(written[0]!.id).to.equal(person!.id)
      expect((await receive([code!])).entries).to.have.length(1)
    })

    it('is nobody who merely came too early or too late', async () => {
      const { items } = await register(['1'])
      await receive([items[0]!.code])
      const before = await attempts()
      expect((await refusal(receive([items[0]!.code]))).code).not.to.match(/^step\./)
      expect(await attempts()).to.have.length(before.length)
    })
  })

  describe('afterwards', () => {
    it('makes every view again from the ledger, identical', async () => {
      const look = async (client: pg.PoolClient) => {
        const tables = []
        for (const table of viewTables)
          tables.push((await client.query(`SELECT * FROM ${table} AS row ORDER BY row::text`)).rows)
        return tables
      }
      const client = await database.pool.connect()
      try {
        const before = await look(client)
        await client.query('BEGIN')
        const entries = await rebuildViews(client, catalogue)
        await client.query('COMMIT')
        expect(entries).to.be.greaterThan(500)
        const now = await look(client)
        for (const [n, table] of viewTables.entries()) expect(now[n], table).to.deep.equal(before[n])
        expect(before.every((rows) => rows.length > 0)).to.equal(true)
      } finally {
        client.release()
      }
    })
  })

  const retrieval = () => ({
    purpose: 'examination',
    reason: '送检',
    usedAt: new Date(Date.now() + 3_600_000).toISOString(),
    dueAt: new Date(Date.now() + 86_400_000).toISOString(),
  })
})

/** A pool that counts the statements of its clients. */
function countingPool(pool: pg.Pool): { pool: pg.Pool; count: () => number } {
  let count = 0
  const connect = async () => {
    const client = await pool.connect()
    return new Proxy(client, {
      get: (target, name) => {
        if (name === 'query') count++
        const value = Reflect.get(target, name)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
  }
  return { pool: { connect } as unknown as pg.Pool, count: () => count }
}
