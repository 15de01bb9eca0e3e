// Reading rights: every route and every socket as everybody of two agencies, held against rights worked out from the raw states.

import { expect } from 'chai'
import sharp from 'sharp'
import { hasReceipt } from '../../server/contract/receipts.ts'
import { agenciesUnder, audienceOf, keysOf, mayRead } from '../../server/custody/audience.ts'
import { Refusal } from '../../server/custody/define.ts'
import type { Item } from '../../server/custody/item.ts'
import type { Case, Person, Place, Unit } from '../../server/custody/subjects.ts'
import { storeFile } from '../../server/files/store.ts'
import { routesOf } from '../../server/http/api.ts'
import type { HttpParts } from '../../server/http/parts.ts'
import {
  type Answer,
  Browser,
  caseNo,
  linesOf,
  logins,
  newItem,
  otherCaseNo,
  populate,
  procCaseNo,
  receiving,
  requesting,
  signedIn,
  startServer,
  type TestServer,
  taking,
  type World,
} from '../support/server.ts'

type Name = keyof World['item']
const police: Name[] = ['waiting', 'stored', 'out', 'cash', 'offered', 'accepted']
const controlled: Name[] = ['offered', 'accepted', 'proc']

/** Who sees which items, said by hand from "Who sees what" of the domain's rules; `econ` belongs to `officer` as well. */
const sees: Record<string, Name[]> = {
  admin: [],
  procadmin: [],
  officer: [...police, 'econ'],
  officer2: police,
  econofficer: ['econ'],
  head: police,
  econhead: ['econ'],
  keeper: police,
  keeper2: police,
  eastkeeper: ['econ', 'waiting'],
  storehead: [...police, 'econ'],
  legal: [...police, 'econ'],
  leader: [...police, 'econ'],
  principal: [...police, 'econ'],
  inspector: [...police, 'econ'],
  finance: ['cash'],
  procurator: controlled,
  procofficer: ['proc'],
  prochead: ['proc'],
  prockeeper: ['proc'],
  procstorehead: ['proc'],
  procleader: controlled,
  procprincipal: controlled,
  procinspector: controlled,
  procfinance: [],
}

describe('reading rights', function () {
  this.timeout(180_000)
  let server: TestServer
  let world: World
  const browsers = new Map<string, Browser>()
  /** Photographs that one item each names. */
  const photos: Record<string, string> = {}
  let cells = 0
  let wrong = 0
  const leaks: string[] = []

  type Raw = {
    items: Item[]
    cases: Case[]
    places: Place[]
    people: Person[]
    units: Unit[]
    dockets: { code: string; items: string[]; audience: string[] }[]
    movements: { position: number; audience: string[]; subject: string; fact: string }[]
    uses: { sha256: string; kind: 'item' | 'case' | 'place' | 'person'; id: string }[]
  }
  let raw: Raw
  const readRaw = async (): Promise<Raw> => {
    const rows = async (sql: string) => (await server.database.pool.query(sql)).rows
    const states = async (table: string) => (await rows(`SELECT state FROM ${table}`)).map(({ state }) => state)
    return {
      items: await states('items'),
      cases: await states('cases'),
      places: await states('places'),
      people: await states('people'),
      units: await states('units'),
      dockets: (await states('dockets')).map(({ code, items, audience }) => ({
        code,
        audience,
        items: items.map((item: { code: string }) => item.code),
      })),
      movements: (await rows(
        'SELECT position::int, audience, subject_id AS subject, fact FROM ledger ORDER BY position',
      )) as Raw['movements'],
      uses: await rows('SELECT sha256, subject_kind AS kind, subject_id AS id FROM file_uses'),
    }
  }
  const keysFor = (login: string) => {
    const person = raw.people.find((one) => one.login === login)!
    return keysOf(person, agenciesUnder(person.agency, raw.units), new Date().toISOString())
  }

  /** One cell: something that was asked for by somebody, and whether the answer is what the rights say. */
  const cell = (who: string, what: string, right: boolean) => {
    cells += 1
    if (right) return
    wrong += 1
    leaks.push(`${who}: ${what}`)
  }
  const sameSet = (one: Iterable<string | number>, other: Iterable<string | number>) =>
    [...one].sort().join() === [...other].sort().join()

  before(async () => {
    server = await startServer()
    world = await populate(server)
    const take = taking(server.parts)
    // One docket over things of two units, which the head of each sees in part.
    await take('econhead', 'case.assign', { caseNo: otherCaseNo, officers: ['econofficer', 'officer'] })
    await take('officer', 'retrieval.request', requesting(), [world.item.stored, world.item.econ])
    for (const [name, actor, no, keeper, place, officer] of [
      ['crim', 'officer2', caseNo, 'keeper', world.place.slot2, 'officer'],
      ['econ', 'econofficer', otherCaseNo, 'eastkeeper', world.place.eastslot, 'econofficer'],
      ['proc', 'procofficer', procCaseNo, 'prockeeper', world.place.procslot, 'procofficer'],
    ] as const) {
      const picture = await sharp({
        create: { width: 8, height: 8, channels: 3, background: '#405060' },
      })
        .png()
        .toBuffer()
      const unique = Buffer.concat([picture, Buffer.from(name)])
      const stored = await storeFile(server.database.pool, server.config.dataDir, unique, {
        name: `${name}.png`,
        uploadedBy: actor,
      })
      photos[name] = stored.sha256
      const document = { kind: '扣押清单', no: `照 ${name}`, date: '2026-03-01' }
      const { items } = await take(officer, 'intake.register', {
        caseNo: no,
        document,
        measure: 'seize',
        items: [newItem('1', stored.sha256)],
      })
      await take(keeper, 'intake.receive', receiving(place, stored.sha256), [items[0]!.code], [officer])
    }
    for (const login of ['admin', 'procadmin'])
      await refusedOf(take(login, 'person.revoke', { login, role: 'admin', scope: login === 'admin' ? 'psb' : 'proc' }))
    raw = await readRaw()
    for (const login of logins) browsers.set(login, await signedIn(server, login))
  })
  after(async () => {
    await server?.close()
    console.log(`      ${cells} cells, ${wrong} leaks`)
  })

  it('are those that the domain states for each role', () => {
    expect(Object.keys(sees).sort()).to.deep.equal([...logins].sort())
    const named = new Map(Object.entries(world.item).map(([name, code]) => [code, name]))
    for (const login of logins) {
      const readable = raw.items.filter(
        (item) => named.has(item.code) && mayRead(keysFor(login), audienceOf('item', item)),
      )
      expect(readable.map(({ code }) => named.get(code)).sort(), login).to.deep.equal([...sees[login]!].sort())
    }
  })

  it('hold on every route for everybody', async () => {
    const asked = new Set<string>()
    for (const login of logins) {
      const browser = browsers.get(login)!
      const keys = keysFor(login)
      const may = (audience: string[]) => mayRead(keys, audience)
      const items = raw.items.filter((item) => may(audienceOf('item', item)))
      const hidden = raw.items.filter((item) => !items.includes(item))
      const cases = raw.cases.filter((each) => may(audienceOf('case', each)))
      const places = raw.places.filter((each) => may(audienceOf('place', each)))
      const people = raw.people.filter((each) => may(audienceOf('person', each)))
      const dockets = raw.dockets.filter((each) => may(each.audience))
      const files = new Set(
        raw.uses
          .filter(({ kind, id }) => {
            const states = { item: raw.items, case: raw.cases, place: raw.places, person: raw.people }[kind]
            const idOf = (state: object) =>
              (state as { code?: string; caseNo: string; id?: string }).code ??
              (state as Person).id ??
              (state as Case).caseNo
            const state = (states as object[]).find(
              (each) => (kind === 'case' ? (each as Case).caseNo : idOf(each)) === id,
            )!
            return may(audienceOf(kind, state as never))
          })
          .map(({ sha256 }) => sha256),
      )

      const get = async (route: string, path: string) => {
        asked.add(route)
        const answer = await browser.get(path)
        // Whatever is asked, the answer names nothing that is hidden – but the log, whose lines keep their own audience,
        // and its entries as they were hashed, which everybody of the house may verify.
        if (!['/api/movements', '/api/log/tile/*path'].includes(route) && answer.status < 400)
          cell(
            login,
            `${path} names a hidden item`,
            !hidden.some(({ code }) => answer.text.includes(code) && !path.includes(code)),
          )
        if (answer.status >= 400)
          cell(login, `${path} tells a name`, !raw.items.some(({ name }) => answer.text.includes(name)))
        return answer
      }
      const one = async (route: string, path: string, readable: boolean) => {
        const { status } = await get(route, path)
        cell(login, `${path} → ${status}`, status === (readable ? 200 : 404))
      }
      const list = async (
        route: string,
        path: string,
        pick: (body: Answer['body']) => (string | number)[],
        expected: (string | number)[],
      ) => {
        const { status, body } = await get(route, path)
        cell(login, path, status === 200 && sameSet(pick(body), expected))
      }
      const codes = (body: { items: Item[] }) => body.items.map(({ code }) => code)

      await list(
        '/api/items',
        '/api/items?limit=200',
        codes,
        items.map(({ code }) => code),
      )
      for (const [query, holds] of [
        ['q=黑色手机', ({ name }: Item) => name.includes('黑色手机')],
        ['q=现金', ({ name }: Item) => name.includes('现金')],
        ['q=测试甲', () => true],
        [`q=${otherCaseNo}`, ({ caseNo: no }: Item) => no === otherCaseNo],
        [`q=${procCaseNo.slice(-6)}`, ({ caseNo: no }: Item) => no.includes(procCaseNo.slice(-6))],
        [`case=${caseNo}`, ({ caseNo: no }: Item) => no === caseNo],
        [
          `place=${world.place.procslot}`,
          ({ custody }: Item) => custody.state === 'stored' && custody.place === world.place.procslot,
        ],
        ['class=cash', (item: Item) => item.class === 'cash'],
        ['control=offered', ({ control }: Item) => control.state === 'offered'],
        ['holder=officer', ({ custody }: Item) => 'holder' in custody && custody.holder === 'officer'],
      ] as [string, (item: Item) => boolean][])
        await list(
          '/api/items',
          `/api/items?limit=200&${encodeURI(query)}`,
          codes,
          items.filter(holds).map(({ code }) => code),
        )

      for (const [q, holds] of [
        ['黑色手机', ({ name }) => name.includes('黑色手机')],
        ['heiseshouji', ({ name }) => name.includes('黑色手机')],
        ['hssj', ({ name }) => name.includes('黑色手机')],
        ['测试甲', () => true],
        ['某officer2', ({ custody }) => 'holder' in custody && custody.holder === 'officer2'],
        ['检察院库房', ({ custody }) => custody.state === 'stored' && custody.site === world.place.procsite],
        [procCaseNo, ({ caseNo: no }) => no === procCaseNo],
        ['扣002', ({ document }) => document.no === '扣 002'],
      ] as [string, (item: Item) => boolean][]) {
        const path = `/api/search?limit=50&q=${encodeURIComponent(q)}`
        await list(
          '/api/search',
          path,
          codes,
          items.filter(holds).map(({ code }) => code),
        )
        const { body } = await get('/api/search', path)
        const within = (group: object[], key: string, readable: string[]) =>
          group.every((hit) => readable.includes((hit as Record<string, string>)[key]!))
        cell(
          login,
          `${path} finds what is hidden`,
          within(
            body.cases,
            'caseNo',
            cases.map((each) => each.caseNo),
          ) &&
            within(
              body.dockets,
              'code',
              dockets.map(({ code }) => code),
            ) &&
            within(
              body.people,
              'id',
              people.map(({ id }) => id),
            ) &&
            within(
              body.places,
              'code',
              places.map(({ code }) => code),
            ),
        )
      }
      for (const docket of raw.dockets) {
        const path = `/api/search?q=${docket.code}`
        await list(
          '/api/search',
          path,
          (body) => body.dockets.map(({ code }: Item) => code),
          dockets.includes(docket) ? [docket.code] : [],
        )
      }
      for (const item of raw.items) {
        const readable = items.includes(item)
        await one('/api/items/:code', `/api/items/${item.code}`, readable)
        await one('/api/items/:code/chain', `/api/items/${item.code}/chain`, readable)
        await one('/api/items/:code/twins', `/api/items/${item.code}/twins`, readable)
        await one('/api/items/:code/proof', `/api/items/${item.code}/proof?format=json`, readable)
        await one('/api/codes/:code', `/api/codes/${item.code}`, readable)
        await one('/api/labels', `/api/labels?format=zpl&items=${item.code}`, readable)
        await one('/api/labels/undrawn', `/api/labels/undrawn?items=${item.code}`, readable)
        await list('/api/items', `/api/items?q=${item.code}`, codes, readable ? [item.code] : [])
        await list(
          '/api/movements',
          `/api/movements?limit=500&item=${item.code}`,
          positionsIn,
          positionsOf(login, item.code),
        )
        const { body } = await get('/api/steps', `/api/steps?item=${item.code}`)
        const refusals = body.steps.map(({ refusal }: { refusal?: { code: string } }) => refusal?.code)
        cell(
          login,
          `steps of ${item.code}`,
          readable || refusals.every((code: string) => ['item.unknown', 'step.no-role'].includes(code)),
        )
        if (!readable) {
          const taken = await browser.step('retrieval.request', requesting(), [item.code])
          cell(
            login,
            `a step on ${item.code} → ${taken.body.code}`,
            ['item.unknown', 'step.no-role'].includes(taken.body.code) && !taken.text.includes(item.name),
          )
        }
      }
      await list(
        '/api/dockets',
        '/api/dockets?limit=200',
        (body) => body.dockets.map(({ code }: { code: string }) => code),
        dockets.map(({ code }) => code),
      )
      for (const docket of raw.dockets) {
        const readable = dockets.includes(docket)
        await one('/api/dockets/:id', `/api/dockets/${docket.code}`, readable)
        await one('/api/codes/:code', `/api/codes/${docket.code}`, readable)
        if (!readable) continue
        const { body } = await get('/api/dockets/:id', `/api/dockets/${docket.code}`)
        const visible = docket.items.filter((code) => items.some((item) => item.code === code))
        cell(login, `items of docket ${docket.code}`, sameSet(codes(body), visible))
        const whose = new Set(items.filter((item) => visible.includes(item.code)).map((item) => item.caseNo))
        cell(login, `cases of docket ${docket.code}`, sameSet(body.caseNos, whose))
        const said = body.route.some(({ data }: { data: object }) => Object.keys(data).length > 0)
        cell(login, `words of docket ${docket.code}`, visible.length === docket.items.length || !said)
      }
      await list(
        '/api/cases',
        '/api/cases?limit=200',
        (body) => body.cases.map((each: Case) => each.caseNo),
        cases.map((each) => each.caseNo),
      )
      for (const each of raw.cases) {
        await one('/api/cases/:no', `/api/cases/${each.caseNo}`, cases.includes(each))
        if (!cases.includes(each)) continue
        const { body } = await get('/api/cases/:no', `/api/cases/${each.caseNo}`)
        cell(
          login,
          `items counted in ${each.caseNo}`,
          body.items === items.filter((item) => item.caseNo === each.caseNo).length,
        )
      }
      await list(
        '/api/places',
        '/api/places?limit=2000',
        (body) => body.places.map(({ code }: Place) => code),
        places.map(({ code }) => code),
      )
      for (const { position, subject, fact } of raw.movements) {
        if (!hasReceipt(fact)) continue
        const readable = items.some(({ code }) => code === subject)
        for (const path of ['/api/documents/receipt', '/api/documents/receipt/undrawn']) {
          const { status } = await get(path, `${path}?position=${position}`)
          // Right after the step no checkpoint need cover it yet.
          cell(login, `${path} of ${position} → ${status}`, readable ? [200, 409].includes(status) : status === 404)
        }
      }
      for (const place of raw.places) {
        await one('/api/places/:code', `/api/places/${place.code}`, places.includes(place))
        await one('/api/codes/:code', `/api/codes/${place.code}`, places.includes(place))
      }
      await list(
        '/api/people',
        '/api/people?limit=500',
        (body) => body.people.map((each: Person) => each.login),
        people.map((each) => each.login),
      )
      for (const person of raw.people) {
        await one('/api/people/:login', `/api/people/${person.login}`, people.includes(person))
        await one('/api/people/:login/duties', `/api/people/${person.login}/duties`, people.includes(person))
        await one('/api/codes/:code', `/api/codes/${person.id}`, people.includes(person))
      }
      for (const sha256 of [world.photo, ...Object.values(photos)]) {
        const uploaded =
          (sha256 === world.photo && login === 'officer') ||
          (sha256 === photos.crim && login === 'officer2') ||
          (sha256 === photos.econ && login === 'econofficer') ||
          (sha256 === photos.proc && login === 'procofficer')
        await one('/api/files/:sha256', `/api/files/${sha256}`, files.has(sha256) || uploaded)
        await one('/api/files/:sha256', `/api/files/${sha256}?width=160`, files.has(sha256) || uploaded)
      }
      const inspected: Record<string, string> = { inspector: 'admin', procinspector: 'procadmin' }
      await list(
        '/api/attempts',
        '/api/attempts',
        (body) => body.attempts.map(({ who }: { who: Person }) => who.login),
        inspected[login] ? [inspected[login]!] : [],
      )
      await list(
        '/api/leftovers',
        '/api/leftovers',
        (body) => body.numbers.flatMap((same: { people: Person[] }) => same.people.map((person) => person.login)),
        [],
      )
      const cash = items.filter((item) => item.class === 'cash')
      await list(
        '/api/money/lines',
        '/api/money/lines',
        (body) => body.lines.map((line: { item: string }) => line.item),
        cash.map(({ code }) => code),
      )
      await list(
        '/api/money',
        '/api/money',
        (body) => body.balances.map((balance: { caseNo: string }) => balance.caseNo),
        [...new Set(cash.map((item) => item.caseNo))],
      )
      await list('/api/movements', '/api/movements?limit=500', positionsIn, positionsOf(login))
      await list('/api/movements', '/api/movements?limit=500&before=1000000', positionsIn, positionsOf(login))
      const { body: counts } = await get('/api/counts', '/api/counts')
      cell(
        login,
        'counts',
        counts.stored === items.filter(({ custody }) => custody.state === 'stored').length &&
          counts.offered === items.filter(({ control }) => control.state === 'offered').length,
      )
      await list(
        '/api/units',
        '/api/units',
        (body) => body.units.map(({ id }: Unit) => id),
        raw.units.map(({ id }) => id),
      )
      await one('/api/log', '/api/log', true)
      await one('/api/log/checkpoint', '/api/log/checkpoint', true)
      await one('/api/log/tile/*path', '/api/log/tile/0/000.p/1', true)
      await one('/api/log/tile/*path', '/api/log/tile/entries/000.p/1', true)
      const me = await get('/api/session', '/api/session')
      cell(login, 'oneself', me.body.person.login === login)
    }
    const reading = routesOf(statedOnly).filter(({ method, open }) => method === 'get' && !open)
    expect(
      reading.map(({ path }) => path).filter((path) => !asked.has(path)),
      'routes that nobody walked',
    ).to.deep.equal([])
    expect(leaks.splice(0).join('\n')).to.equal('')
  })

  it('give nothing to somebody who is not signed in', async () => {
    const nobody = new Browser(server.url)
    for (const { method, path, open } of routesOf(statedOnly)) {
      const filled = path.replace(/:(\w+)/g, (_, name) =>
        name === 'sha256' ? world.photo : name === 'login' ? 'officer' : name === 'no' ? caseNo : world.item.stored,
      )
      const { status, body } = await nobody.ask(method.toUpperCase(), filled, method === 'post' ? {} : undefined)
      cell(
        'nobody',
        `${method} ${path} → ${status}`,
        open ? status !== 500 : status === 401 && body.code === 'session.none',
      )
    }
    expect(leaks.splice(0).join('\n')).to.equal('')
  })

  it('hold for every socket, for what was and for what comes', async () => {
    const listeners = logins.map((login) => {
      const socket = browsers.get(login)!.socket()
      const { lines } = linesOf(socket)
      socket.on('connect', () => socket.emit('resume', { after: -1 }))
      return { login, socket, lines }
    })
    const settled = () => new Promise((resolve) => setTimeout(resolve, 1_500))
    await settled()
    const take = taking(server.parts)
    const refuse = { reason: 'no-document', note: '缺少扣押清单' }
    await take('keeper', 'intake.refuse', refuse, [world.item.waiting])
    await take('eastkeeper', 'relocation.move', { to: world.place.eastslot, reason: '整理' }, [world.item.econ]).catch(
      () => {},
    )
    await take('procofficer', 'retrieval.request', requesting(), [world.item.proc])
    await take('head', 'retrieval.approve', {}, [world.item.stored]).catch(() => {})
    await take('legal', 'transfer.endorse', {}, [world.item.offered])
    await take('admin', 'place.rename', { place: world.place.slot2, name: 'A-02 改' })
    await take('procadmin', 'person.add', { login: 'proclate', name: '后来者', number: '9', unit: 'dept' })
    await settled()
    const before = raw.movements.length
    raw = await readRaw()
    expect(raw.movements.length).to.be.greaterThan(before + 3)
    for (const { login, lines } of listeners) {
      const heard = lines.map(({ position }) => position)
      const expected = positionsOf(login)
      for (const { position } of raw.movements)
        cell(
          login,
          `line ${position}`,
          heard.filter((each) => each === position).length === (expected.includes(position) ? 1 : 0),
        )
    }
    for (const { socket } of listeners) socket.disconnect()
    expect(leaks.splice(0).join('\n')).to.equal('')
  })

  const positionsIn = (body: { movements: { position: number }[] }) => body.movements.map(({ position }) => position)
  /** Lines that somebody may read, by the audience that the ledger keeps beside each entry. */
  const positionsOf = (login: string, subject?: string): number[] => {
    const keys = keysFor(login)
    return raw.movements
      .filter((line) => mayRead(keys, line.audience) && (!subject || line.subject === subject))
      .map(({ position }) => position)
  }
  const refusedOf = (attempt: Promise<unknown>) =>
    attempt.then(
      () => expect.fail('it was taken'),
      (error: unknown) => expect(error).to.be.instanceOf(Refusal),
    )
  const statedOnly = { catalogue: { steps: {} }, publicUrl: 'http://x', dataDir: '/nowhere' } as unknown as HttpParts
})
