// Signing in and everything that ends it; lock-out; passwords by link; the first administrator; countersignatures.

import { randomUUID } from 'node:crypto'
import { expect } from 'chai'
import {
  Browser,
  caseNo,
  newItem,
  password,
  populate,
  receiving,
  requesting,
  signedIn,
  startServer,
  type TestServer,
  taking,
  until,
  type World,
} from '../support/server.ts'

describe('signing in', () => {
  let server: TestServer
  let world: World
  const query = (sql: string, values: unknown[] = []) => server.database.pool.query(sql, values)
  const forgetFailures = () => query('DELETE FROM sign_in_failures')
  const sessionsOf = async (login: string) =>
    (
      await query(
        `SELECT sid, sess FROM sessions JOIN people ON people.id = sess ->> 'personId' WHERE login = $1 ORDER BY sid`,
        [login],
      )
    ).rows

  before(async () => {
    server = await startServer()
    world = await populate(server)
  })
  after(() => server?.close())
  beforeEach(forgetFailures)

  it('says who is signed in, by a cookie that scripts and other sites do not get', async () => {
    const browser = new Browser(server.url)
    expect((await browser.get('/api/session')).body).to.include({ status: 401, code: 'session.none' })
    const { status, body, headers } = await browser.signIn('officer')
    expect(status).to.equal(200)
    expect(body.person).to.deep.include({ login: 'officer', unitName: '刑侦大队', agency: 'psb', roles: ['officer'] })
    expect(body.idleSeconds).to.equal(1800)
    const cookie = headers.getSetCookie()[0]!
    expect(cookie).to.match(/^stillpoint=/)
    for (const part of ['HttpOnly', 'SameSite=Strict', 'Path=/']) expect(cookie).to.contain(part)
    expect(cookie).not.to.match(/Expires|Max-Age|Domain/)
    expect((await browser.get('/api/session')).body.person.login).to.equal('officer')
  })

  it('says in whose place somebody acts, who then reads what that desk reads until it ends', async () => {
    const [head, other] = [await signedIn(server, 'head'), await signedIn(server, 'econhead')]
    const readable = async () => (await other.get(`/api/items/${world.item.out}`)).status
    const session = async () => (await other.get('/api/session')).body.person
    expect([await readable(), (await session()).standsIn]).to.deep.equal([404, []])
    const from = new Date(Date.now() + 1_000).toISOString()
    const lent = {
      to: 'econhead',
      role: 'head',
      scope: 'crim',
      from,
      until: new Date(Date.now() + 4_000).toISOString(),
    }
    const input = { ...lent, reason: '出差' }
    const countersignatures = [await head.countersign('leader', 'delegation.grant', input)]
    const asked = { commandId: randomUUID(), items: [], input, countersignatures }
    expect((await head.post('/api/steps/delegation.grant', asked)).status).to.equal(201)
    expect(await readable()).to.equal(404)
    await until(async () => (await readable()) === 200, 'the desk that was lent')
    expect((await session()).standsIn).to.have.length(1)
    expect((await session()).standsIn[0]).to.deep.include({ role: 'head', scope: 'crim' })
    const found = await other.get('/api/people?role=head')
    expect(found.body.people.map(({ login }: { login: string }) => login)).to.include('econhead')
    await until(async () => (await readable()) === 404, 'the end of it')
    expect((await session()).standsIn).to.deep.equal([])
  })

  it('gives a new session at sign-in, so that one that was planted is worth nothing', async () => {
    const browser = await signedIn(server, 'officer')
    const planted = browser.cookie
    await browser.signIn('keeper')
    expect(browser.cookie).not.to.equal(planted)
    const thief = new Browser(server.url)
    thief.cookie = planted
    expect((await thief.get('/api/session')).status).to.equal(401)
  })

  it('behind TLS sets a cookie that only this host and only TLS can carry', async () => {
    const publicUrl = 'https://custody.example'
    const secure = await startServer({ database: server.database, config: { publicUrl } })
    try {
      const headers = {
        origin: publicUrl,
        'content-type': 'application/json',
        'x-forwarded-proto': 'https',
        'x-forwarded-for': '192.0.2.1',
      }
      const answer = await fetch(`http://127.0.0.1:${secure.port}/api/session`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ login: 'officer', password }),
      })
      expect(answer.status).to.equal(200)
      expect(answer.headers.getSetCookie()[0])
        .to.match(/^__Host-stillpoint=/)
        .and.contain('Secure')
        .and.contain('Path=/')
      expect(answer.headers.get('strict-transport-security')).to.contain('max-age=31536000')
    } finally {
      await secure.close()
    }
  })

  it('answers alike, and takes as long, for an unknown login and a wrong password', async () => {
    const attempt = async (login: string) => {
      await forgetFailures()
      const begun = performance.now()
      const { status, body } = await new Browser(server.url).signIn(login, 'not the password')
      const { requestId: _, ...said } = body
      return { said: { status, ...said }, ms: performance.now() - begun }
    }
    await attempt('nobody')
    const [known, unknown] = [await attempt('officer'), await attempt('nobody')]
    expect(known.said).to.deep.equal(unknown.said)
    expect(known.said.code).to.equal('session.wrong')
    const fastest = async (login: string) =>
      Math.min(...[await attempt(login), await attempt(login), await attempt(login)].map(({ ms }) => ms))
    expect((await fastest('nobody')) / (await fastest('officer'))).to.be.within(0.5, 2)
  })

  describe('locks out', () => {
    const tries = async (count: number, login: string, secret: string) => {
      const codes: string[] = []
      for (let n = 0; n < count; n++)
        codes.push((await new Browser(server.url).signIn(login, secret)).body.code ?? 'in')
      return codes
    }

    it('an account after five failures, whatever password comes then, for fifteen minutes', async () => {
      expect(await tries(5, 'officer', 'wrong')).to.deep.equal(Array(5).fill('session.wrong'))
      const { status, body, headers } = await new Browser(server.url).signIn('officer')
      expect({ status, code: body.code }).to.deep.equal({ status: 429, code: 'session.locked' })
      expect(body.params.minutes).to.equal(15)
      expect(Number(headers.get('retry-after'))).to.equal(900)
      await query(`UPDATE sign_in_failures SET failed_at = failed_at - interval '14 minutes'`)
      expect(await tries(1, 'officer', password)).to.deep.equal(['session.locked'])
      await query(`UPDATE sign_in_failures SET failed_at = failed_at - interval '1 minute'`)
      expect(await tries(1, 'officer', password)).to.deep.equal(['in'])
    })

    it('not a station where one person forgot the password', async () => {
      await tries(6, 'officer', 'wrong')
      expect(await tries(1, 'legal', password)).to.deep.equal(['in'])
    })

    it('an address after fifty failures, whatever account comes then', async () => {
      for (const login of ['officer', 'officer2', 'head', 'nobody']) await tries(1, login, 'wrong')
      await query(
        `INSERT INTO sign_in_failures (login, address)
         SELECT 'nobody' || n, (SELECT address FROM sign_in_failures LIMIT 1) FROM generate_series(1, 45) AS n`,
      )
      expect(await tries(1, 'keeper', 'wrong')).to.deep.equal(['session.wrong'])
      expect(await tries(1, 'legal', password)).to.deep.equal(['session.locked'])
      await query(`UPDATE sign_in_failures SET address = '192.0.2.7'`)
      expect(await tries(1, 'legal', password)).to.deep.equal(['in'])
    })

    it('an account that is tried from many addresses', async () => {
      await tries(5, 'officer', 'wrong')
      await query(`UPDATE sign_in_failures SET address = '192.0.2.' || id % 200`)
      expect(await tries(1, 'officer', password)).to.deep.equal(['session.locked'])
      expect(await tries(1, 'legal', password)).to.deep.equal(['in'])
    })

    it('not when four failures are followed by the right password', async () => {
      for (let round = 0; round < 2; round++) {
        await tries(4, 'officer', 'wrong')
        expect(await tries(1, 'officer', password)).to.deep.equal(['in'])
      }
    })

    it('counts attempts that come all at once', async () => {
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => new Browser(server.url).signIn('officer', 'wrong')),
      )
      const codes = answers.map(({ body }) => body.code)
      expect(codes.filter((code) => code === 'session.wrong')).to.have.length(5)
      expect(codes.filter((code) => code === 'session.locked')).to.have.length(15)
    })

    it('nobody when a whole shift signs in at once from one address', async () => {
      const shift = ['officer', 'officer2', 'head', 'keeper', 'keeper2', 'storehead', 'legal', 'inspector', 'principal']
      const answers = await Promise.all(shift.map((login) => new Browser(server.url).signIn(login)))
      expect(answers.map(({ status }) => status)).to.deep.equal(shift.map(() => 200))
    })

    it('by countersigning too', async () => {
      const keeper = await signedIn(server, 'keeper')
      const signing = {
        login: 'officer',
        password: 'wrong',
        step: 'intake.receive',
        items: [world.item.waiting],
        input: receiving(world.place.slot, world.photo),
      }
      for (let n = 0; n < 5; n++)
        expect((await keeper.post('/api/countersignatures', signing)).body).to.include({
          status: 403,
          code: 'countersignature.wrong',
        })
      expect((await keeper.post('/api/countersignatures', { ...signing, password })).body.code).to.equal(
        'session.locked',
      )
      expect(await tries(1, 'officer', password)).to.deep.equal(['session.locked'])
    })
  })

  describe('ends', () => {
    beforeEach(() => query('DELETE FROM sessions'))

    it('at sign-out, for good', async () => {
      const browser = await signedIn(server, 'officer2')
      const { cookie } = browser
      expect((await browser.delete('/api/session')).status).to.equal(204)
      browser.cookie = cookie
      expect((await browser.get('/api/session')).body.code).to.equal('session.none')
      expect(await sessionsOf('officer2')).to.deep.equal([])
    })

    it('a request that was under way does not bring an ended session back', async () => {
      const browser = await signedIn(server, 'officer2')
      await Promise.all([
        ...Array.from({ length: 10 }, () => browser.get('/api/items?limit=200')),
        browser.delete('/api/session'),
        ...Array.from({ length: 10 }, () => browser.get('/api/items?limit=200')),
      ])
      expect(await sessionsOf('officer2')).to.deep.equal([])
    })

    it('sleeps after half an hour in which nobody did anything, and says so', async () => {
      const browser = await signedIn(server, 'head')
      const age = (minutes: number) =>
        query(
          `UPDATE sessions SET sess = jsonb_set(sess::jsonb, '{seenAt}', to_jsonb($1::text))::json WHERE sid = $2`,
          [new Date(Date.now() - minutes * 60_000).toISOString(), sid],
        )
      const [{ sid }] = await sessionsOf('head')
      const seenAt = async () => Date.parse((await sessionsOf('head'))[0].sess.seenAt)
      await age(29)
      const before = await seenAt()
      expect((await browser.get('/api/session', { headers: { 'x-background': '1' } })).status).to.equal(200)
      expect(await seenAt(), 'what a page does by itself does not count').to.equal(before)
      expect((await browser.get('/api/session')).status).to.equal(200)
      expect(await seenAt(), 'a request is a sign of life').to.be.closeTo(Date.now(), 5_000)
      await age(31)
      for (const path of ['/api/session', '/api/items'])
        expect((await browser.get(path)).body).to.include({ status: 401, code: 'session.idle' })
      expect((await browser.step('retrieval.request', requesting(), [world.item.stored])).body.code).to.equal(
        'session.idle',
      )
      expect((await browser.signIn('head')).status).to.equal(200)
      expect((await browser.get('/api/items')).status).to.equal(200)
    })

    it('everywhere at once when the account is closed: requests, sessions, sockets, sign-in', async () => {
      const [desk, phone, admin] = [
        await signedIn(server, 'finance'),
        await signedIn(server, 'finance'),
        await signedIn(server, 'admin'),
      ]
      const socket = phone.socket()
      const ended = new Promise((resolve) => socket.once('disconnect', resolve))
      await new Promise((resolve) => socket.once('connect', () => resolve(undefined)))
      const { status, text } = await admin.step('person.disable', { login: 'finance', reason: '调离' })
      expect(status, text).to.equal(201)
      for (const browser of [desk, phone]) expect((await browser.get('/api/items')).body.code).to.equal('session.none')
      expect(await ended).to.equal('io server disconnect')
      await until(async () => (await sessionsOf('finance')).length === 0, 'the sessions to be gone')
      expect((await new Browser(server.url).signIn('finance')).body).to.include({
        status: 403,
        code: 'session.disabled',
      })
      expect((await new Browser(server.url).signIn('finance', 'wrong')).body.code).to.equal('session.wrong')
    })

    it('for the socket as well, when its session is signed out or falls asleep', async () => {
      for (const end of ['sign-out', 'sleep']) {
        const browser = await signedIn(server, 'legal')
        const socket = browser.socket()
        const ended = new Promise((resolve) => socket.once('disconnect', resolve))
        await new Promise((resolve) => socket.once('connect', () => resolve(undefined)))
        if (end === 'sign-out') await browser.delete('/api/session')
        else
          await query(
            `UPDATE sessions SET sess = jsonb_set(sess::jsonb, '{seenAt}', '"2026-01-01T00:00:00.000Z"')::json
             WHERE sess ->> 'personId' = (SELECT id FROM people WHERE login = 'legal')`,
          )
        expect(await ended, end).to.equal('io server disconnect')
      }
    })
  })

  describe('passwords', () => {
    const tokenIn = (link: string) => link.slice(link.indexOf('#') + 1)

    it('are chosen by the person with a link of the administrator, once; others are signed out', async () => {
      const admin = await signedIn(server, 'admin')
      const added = await admin.step('person.add', { login: 'newcomer', name: '新来的', number: '7', unit: 'crim' })
      expect(added.status, added.text).to.equal(201)
      expect((await new Browser(server.url).signIn('newcomer', password)).body.code).to.equal('session.wrong')
      const first = await admin.post('/api/people/newcomer/password-link')
      expect(first.status).to.equal(201)
      expect(first.body.link).to.match(new RegExp(`^${server.url}/password#[\\w-]{43}$`))
      const { body } = await admin.post('/api/people/newcomer/password-link')
      const anybody = new Browser(server.url)
      const set = (link: string, secret: string) =>
        anybody.post('/api/password', { token: tokenIn(link), password: secret })
      expect((await set(first.body.link, 'long enough for it')).body, 'replaced by a later link').to.include({
        status: 404,
        code: 'password.link-unknown',
      })
      const short = await set(body.link, '十一个字不够长度啊啊啊')
      expect(short.status).to.equal(400)
      expect(short.body.errors[0].pointer).to.equal('/password')
      expect((await set(body.link, 'long enough for it')).status).to.equal(204)
      expect((await set(body.link, 'another long password')).body.code).to.equal('password.link-unknown')
      const newcomer = await signedInWith('newcomer', 'long enough for it')

      const again = await admin.post('/api/people/newcomer/password-link')
      expect((await set(again.body.link, 'quite another one')).status).to.equal(204)
      expect((await newcomer.get('/api/session')).status).to.equal(401)
    })

    it('are kept as argon2id, links as hashes', async () => {
      const { rows } = await query('SELECT hash FROM credentials')
      for (const { hash } of rows) expect(hash).to.match(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
      const admin = await signedIn(server, 'admin')
      const { body } = await admin.post('/api/people/officer2/password-link')
      const { rows: links } = await query('SELECT * FROM password_links')
      expect(JSON.stringify(links)).not.to.contain(tokenIn(body.link))
    })

    it('are out of reach for other agencies, for those who administer nothing, and for old links', async () => {
      const link = (browser: Browser, login: string) => browser.post(`/api/people/${login}/password-link`)
      const [procadmin, keeper, admin] = [
        await signedIn(server, 'procadmin'),
        await signedIn(server, 'keeper'),
        await signedIn(server, 'admin'),
      ]
      expect((await link(procadmin, 'officer')).body).to.include({ status: 403, code: 'password.not-your-people' })
      expect((await link(keeper, 'keeper2')).status).to.equal(403)
      expect((await link(admin, 'procadmin')).body.code, 'has a password by now').to.equal('password.not-your-people')
      expect((await link(admin, 'nobody')).body).to.include({ status: 404, code: 'person.unknown' })
      await query(`DELETE FROM credentials WHERE person_id = (SELECT id FROM people WHERE login = 'procadmin')`)
      const { body, status } = await link(admin, 'procadmin')
      expect(status, 'the account that admin made has no password yet').to.equal(201)
      await query(`UPDATE password_links SET expires_at = now() - interval '1 second'`)
      const late = await new Browser(server.url).post('/api/password', { token: tokenIn(body.link), password })
      expect(late.body.code).to.equal('password.link-unknown')
      const fresh = await link(admin, 'procadmin')
      expect(
        (await new Browser(server.url).post('/api/password', { token: tokenIn(fresh.body.link), password })).status,
      ).to.equal(204)
    })

    it('are changed by their owner, who stays signed in here and nowhere else', async () => {
      const [here, there] = [await signedIn(server, 'leader'), await signedIn(server, 'leader')]
      const change = (current: string, next: string) => here.post('/api/session/password', { current, password: next })
      expect((await change('wrong', 'a wholly new one')).body.code).to.equal('password.wrong')
      expect((await change(password, 'a wholly new one')).status).to.equal(204)
      expect((await here.get('/api/session')).status).to.equal(200)
      expect((await there.get('/api/session')).status).to.equal(401)
      expect((await new Browser(server.url).signIn('leader')).body.code).to.equal('session.wrong')
      await signedInWith('leader', 'a wholly new one')
    })

    const signedInWith = async (login: string, secret: string) => {
      const browser = new Browser(server.url, login)
      expect((await browser.signIn(login, secret)).status).to.equal(200)
      return browser
    }
  })

  describe('countersignatures', () => {
    let keeper: Browser
    let input: object
    const register = async () => {
      const items = [newItem(randomUUID().slice(0, 8), world.photo)]
      const document = { kind: '扣押清单', no: randomUUID(), date: '2026-03-01' }
      const answer = await taking(server.parts)('officer', 'intake.register', {
        caseNo,
        document,
        measure: 'seize',
        items,
      })
      return answer.items[0]!.code
    }
    const receive = (by: Browser, code: string, token: string, changed: object = input) =>
      by.step('intake.receive', changed, [code], { countersignatures: [token] })

    beforeEach(async () => {
      keeper = await signedIn(server, 'keeper')
      input = receiving(world.place.slot, world.photo)
    })

    it('let the step be taken once, for exactly this command', async () => {
      const [code, other] = [await register(), await register()]
      expect((await receive(keeper, code, randomUUID())).body.code).to.equal('countersignature.unknown')
      expect((await keeper.step('intake.receive', input, [code])).body.code).to.equal('step.countersignature-missing')
      const token = await keeper.countersign('officer', 'intake.receive', input, [code])
      expect((await receive(keeper, other, token)).body).to.include({
        status: 409,
        code: 'countersignature.other-command',
      })
      const elsewhere = receiving(world.place.slot2, world.photo)
      expect((await receive(keeper, code, token, elsewhere)).body.code).to.equal('countersignature.other-command')
      const earlier = { countersignatures: [token], occurredAt: new Date(Date.now() - 60_000).toISOString() }
      expect((await keeper.step('intake.receive', input, [code], earlier)).body.code, 'at another time').to.equal(
        'countersignature.other-command',
      )
      const keeper2 = await signedIn(server, 'keeper2')
      expect((await receive(keeper2, code, token)).body.code, 'another person').to.equal('countersignature.unknown')
      const done = await receive(keeper, code, token)
      expect(done.status, done.text).to.equal(201)
      expect(done.body.items[0]!.custody).to.include({ state: 'stored', place: world.place.slot })
      expect((await receive(keeper, code, token)).body.code).to.equal('countersignature.used')
      const chain = await keeper.get(`/api/items/${code}/chain`)
      expect(chain.body.entries.at(-1).countersigners.map(({ login }: { login: string }) => login)).to.deep.equal([
        'officer',
      ])
    })

    it('are free again when the step was refused, and lapse after five minutes', async () => {
      const code = await register()
      const token = await keeper.countersign('officer', 'intake.receive', input, [code])
      await query('UPDATE places SET state = jsonb_set(state, $1, $2) WHERE code = $3', [
        '{inUse}',
        'false',
        world.place.slot,
      ])
      expect((await receive(keeper, code, token)).body.code).to.equal('place.not-in-use')
      await query('UPDATE places SET state = jsonb_set(state, $1, $2) WHERE code = $3', [
        '{inUse}',
        'true',
        world.place.slot,
      ])
      await query(`UPDATE countersignatures SET expires_at = expires_at - interval '5 minutes' WHERE used_at IS NULL`)
      expect((await receive(keeper, code, token)).body).to.deep.include({
        code: 'countersignature.expired',
        params: { minutes: 5 },
      })
      await query(`UPDATE countersignatures SET expires_at = expires_at + interval '5 minutes' WHERE used_at IS NULL`)
      expect((await receive(keeper, code, token)).status).to.equal(201)
    })

    it('are one when sent twice at once', async () => {
      const code = await register()
      const token = await keeper.countersign('officer', 'intake.receive', input, [code])
      const answers = await Promise.all(Array.from({ length: 6 }, () => receive(keeper, code, token)))
      expect(answers.filter(({ status }) => status === 201)).to.have.length(1)
      const { rows } = await query(
        `SELECT count(*)::int AS stored FROM ledger WHERE subject_id = $1 AND fact = 'ItemReceived'`,
        [code],
      )
      expect(rows[0].stored).to.equal(1)
    })

    it('are nobody’s own, and kept as hashes', async () => {
      const signing = { login: 'keeper', password, step: 'intake.receive', items: [await register()], input }
      expect((await keeper.post('/api/countersignatures', signing)).body.code).to.equal('countersignature.own')
      const token = await keeper.countersign('officer', 'intake.receive', input, [await register()])
      expect(JSON.stringify((await query('SELECT * FROM countersignatures')).rows)).not.to.contain(token)
    })
  })
})

describe('the first administrator', () => {
  it('founds the installation through the set-up link, once', async () => {
    const server = await startServer()
    try {
      const link = server.app.setupLink!
      expect(link).to.match(new RegExp(`^${server.url}/setup#[\\w-]{43}$`))
      const found = (login: string, token = link.slice(link.indexOf('#') + 1)) =>
        new Browser(server.url).post('/api/setup', {
          token,
          agency: { id: 'psb', name: '江城市公安局', type: 'police' },
          admin: { login, name: '管理员', number: '1', password },
        })
      expect((await found('thief', 'x'.repeat(43))).body).to.include({ status: 403, code: 'setup.wrong-link' })
      const answers = await Promise.all(['first', 'second', 'third'].map((login) => found(login)))
      expect(answers.map(({ status }) => status).sort()).to.deep.equal([201, 409, 409])
      const { login } = answers.find(({ status }) => status === 201)!.body
      const admin = await signedIn(server, login)
      expect((await admin.get('/api/session')).body.person.roles).to.deep.equal(['admin'])
      expect((await found('late')).body.code).to.equal('agency.founded')
      const { rows } = await server.database.pool.query('SELECT count(*)::int AS credentials FROM credentials')
      expect(rows[0].credentials).to.equal(1)
    } finally {
      await server.close()
    }
  })

  it('is not asked for any more when there is one', async () => {
    const server = await startServer()
    await populate(server)
    const again = await startServer({ database: server.database })
    expect(again.app.setupLink).to.equal(undefined)
    await again.close()
    await server.close()
  })
})
