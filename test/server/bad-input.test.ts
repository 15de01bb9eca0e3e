// What must bounce off: every route with wrong, broken, hostile and oversized input – 4xx in words, nothing written, nothing logged.

import { randomUUID } from 'node:crypto'
import { request } from 'node:http'
import { crc32, deflateSync } from 'node:zlib'
import { expect } from 'chai'
import { catalogue } from '../../server/custody/catalogue.ts'
import { routesOf } from '../../server/http/api.ts'
import type { HttpParts } from '../../server/http/parts.ts'
import type { Route } from '../../server/http/route.ts'
import { type Leaf, misread, sampleOf, unknownCode, withValue } from '../support/samples.ts'
import {
  type Answer,
  Browser,
  caseNo,
  idNumber,
  newItem,
  password,
  populate,
  signedIn,
  staff,
  startServer,
  type TestServer,
  type World,
} from '../support/server.ts'

const sql = `'); DROP TABLE items; --`
const html = `<img src=x onerror="alert(1)"><script>alert(2)</script>`
const secretWord = '不得入日志的检索词'

describe('bad input', function () {
  this.timeout(240_000)
  let server: TestServer
  let world: World
  let officer: Browser
  const browsers = new Map<string, Browser>()
  let requests = 0

  const stated = routesOf({ catalogue, publicUrl: 'http://x', dataDir: '/nowhere' } as unknown as HttpParts)
  const posts = stated.filter(({ method }) => method === 'post')
  const as = async (login: string) => {
    if (!browsers.has(login)) browsers.set(login, await signedIn(server, login))
    return browsers.get(login)!
  }
  const size = async (): Promise<number> =>
    Number((await server.database.pool.query('SELECT size FROM ledger_head')).rows[0].size)
  const forgetFailures = () => server.database.pool.query('DELETE FROM sign_in_failures')

  /** A refusal a person can read. */
  const bounced = ({ status, body, text, headers }: Answer, what: string, ...statuses: number[]) => {
    requests += 1
    expect(status, `${what}: ${text.slice(0, 300)}`).to.be.within(400, 499)
    if (statuses.length > 0) expect(statuses, `${what}: ${text.slice(0, 300)}`).to.include(status)
    expect(headers.get('content-type'), what).to.match(/^application\/problem\+json/)
    expect(body.status, what).to.equal(status)
    expect(body.detail, what).to.match(/\p{Script=Han}/u)
    for (const error of body.errors ?? [])
      expect(error.detail, `${what} ${text.slice(0, 300)}`).to.match(/\p{Script=Han}/u)
  }
  const filled = (path: Route['path']) =>
    path.replace(/:(\w+)/g, (_, name) =>
      name === 'sha256'
        ? world.photo
        : name === 'login'
          ? 'officer2'
          : name === 'no'
            ? caseNo
            : name === 'step'
              ? 'retrieval.request'
              : world.item.stored,
    )

  before(async () => {
    server = await startServer()
    world = await populate(server)
    officer = await as('officer')
  })
  after(async () => {
    await server?.close()
    console.log(`      ${requests} requests bounced`)
  })

  let before_: number
  beforeEach(async () => {
    await forgetFailures()
    before_ = await size()
  })
  afterEach(async () => {
    expect(await size(), 'entries in the ledger').to.equal(before_)
  })

  describe('in bodies', () => {
    const bodies = posts.filter(({ body }) => body)

    it('of the wrong kind, with wrong types or unknown fields', async () => {
      expect(bodies.length).to.be.greaterThan(5)
      for (const { path } of bodies) {
        for (const raw of ['null', '[]', '"x"', '1', 'true', '', '{', '{"a":1,}', '\u0000', '{"a":"\u0001"}'])
          bounced(
            await officer.ask('POST', filled(path), undefined, {
              raw,
              headers: { 'content-type': 'application/json' },
            }),
            `${path} ${raw}`,
            400,
            403,
            409,
          )
        for (const body of [
          { unknown: 1 },
          { login: 1, password: [], step: {}, items: 'x', commandId: 3, token: null, agency: 1, admin: 'x' },
        ])
          bounced(await officer.post(filled(path), body), `${path} ${JSON.stringify(body)}`, 400)
      }
    })

    it('of ten megabytes', async () => {
      const raw = JSON.stringify({ commandId: randomUUID(), input: { reason: 'x'.repeat(10 * 1024 * 1024) } })
      for (const { path } of bodies)
        bounced(
          await officer.ask('POST', filled(path), undefined, { raw, headers: { 'content-type': 'application/json' } }),
          path,
          413,
        )
    })

    it('that are no UTF-8, packed, nested without end, or play with prototypes', async () => {
      const path = '/api/steps/retrieval.request'
      const send = (raw: string | Buffer, headers: Record<string, string> = {}) =>
        officer.ask('POST', path, undefined, { raw, headers: { 'content-type': 'application/json', ...headers } })
      bounced(await send(Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])), 'no UTF-8', 400)
      bounced(await send('{}', { 'content-encoding': 'gzip' }), 'packed', 415)
      bounced(await send('{}', { 'content-type': 'application/json; charset=utf-16' }), 'UTF-16', 400, 415)
      for (const depth of [30, 1_000, 100_000])
        bounced(
          await send(`{"commandId":"${randomUUID()}","input":{"reason":${'['.repeat(depth)}${']'.repeat(depth)}}}`),
          `nested ${depth}`,
          400,
        )
      for (const raw of [
        `{"__proto__":{"admin":true}}`,
        `{"input":{"__proto__":{"purpose":"court"}}}`,
        `{"input":{"constructor":{"prototype":{"x":1}}}}`,
      ])
        bounced(await send(raw), raw, 400)
    })

    it('with NUL or half a character in any text of any step', async () => {
      for (const [name, step] of Object.entries(catalogue.steps)) {
        const browser = await as(actorFor(name))
        const leaves: Leaf[] = []
        const sample = sampleOf(step.input, '文字', leaves)
        for (const { path, kind } of leaves) {
          if (kind === 'number' || kind === 'boolean') continue
          for (const broken of ['a\u0000b', 'a\ud800b', '\udc00'])
            bounced(
              await browser.step(name, withValue(sample, path, broken), itemsFor(name)),
              `${name} ${path.join('.')}`,
              400,
            )
        }
      }
      for (const { path } of bodies)
        for (const broken of ['"a\\u0000b"', '"a\\ud800b"'])
          for (const raw of [
            `{"login":${broken},"password":${broken},"token":${broken}}`,
            `{${broken}:1}`,
            `{"input":{"x":[${broken}]},"device":${broken}}`,
          ])
            bounced(
              await officer.ask('POST', filled(path), undefined, {
                raw,
                headers: { 'content-type': 'application/json' },
              }),
              `${path} ${raw}`,
              400,
            )
    })

    it('with wrong types and unknown fields anywhere in any step', async () => {
      for (const [name, step] of Object.entries(catalogue.steps)) {
        const browser = await as(actorFor(name))
        const leaves: Leaf[] = []
        const sample = sampleOf(step.input, '文字', leaves) as Record<string, unknown>
        for (const { path, kind } of leaves)
          for (const wrong of [
            // What is right may be of the type of any field, so a number too.
            kind === 'number' ? 'x' : path.join() === 'right' ? [[]] : 17,
            { a: 1 },
            [[]],
            kind === 'number' ? 1e300 : null,
            ...(kind === 'boolean' ? ['yes'] : []),
          ])
            bounced(
              await browser.step(name, withValue(sample, path, wrong), itemsFor(name)),
              `${name} ${path.join('.')} ${JSON.stringify(wrong)}`,
              400,
            )
        bounced(await browser.step(name, { ...sample, unheardOf: 1 }, itemsFor(name)), `${name} unknown field`, 400)
        bounced(
          await browser.step(name, sample, itemsFor(name), { unheardOf: 1 }),
          `${name} unknown field beside the input`,
          400,
        )
        for (const wrong of [null, [], 'x', 1])
          bounced(await browser.step(name, wrong, itemsFor(name)), `${name} ${wrong}`, 400)
      }
    })

    it('with codes that were misread or belong to nothing', async () => {
      for (const [name, step] of Object.entries(catalogue.steps)) {
        const browser = await as(actorFor(name))
        const leaves: Leaf[] = []
        const sample = sampleOf(step.input, '文字', leaves)
        for (const { path, kind } of leaves.filter((leaf) => ['place', 'item', 'docket'].includes(leaf.kind)))
          for (const wrong of [misread(unknownCode(kind as 'place')), unknownCode('person'), 'E12', sql])
            bounced(
              await browser.step(name, withValue(sample, path, wrong), itemsFor(name)),
              `${name} ${path.join('.')} ${wrong}`,
              400,
            )
        if (step.on !== 'item') continue
        for (const wrong of [misread(world.item.stored), unknownCode('person'), unknownCode('docket'), 'E12', '', sql])
          bounced(await browser.step(name, sample, [wrong]), `${name} on ${wrong}`, 400)
        bounced(await browser.step(name, sample, [unknownCode('item')]), `${name} on an unknown item`, 403, 409)
        bounced(await browser.step(name, sample, Array(2001).fill(unknownCode('item'))), `${name} on 2,001 items`, 400)
      }
      bounced(
        await officer.post('/api/countersignatures', {
          login: 'officer2',
          password,
          step: 'no.step',
          items: [],
          input: {},
        }),
        'unknown step',
        404,
      )
    })

    it('with SQL and HTML in any text of any step', async () => {
      for (const [name, step] of Object.entries(catalogue.steps)) {
        // By somebody without the role, and by somebody with it but about things that are not there.
        for (const login of ['finance', actorFor(name)]) {
          const browser = await as(login)
          for (const text of [sql, html]) {
            const input = sampleOf(step.input, text.slice(0, 20))
            // These bring something into being that needs nothing else to be there: see the next test.
            if (['place.add', 'agency.add', 'unit.add'].includes(name) && login === 'admin') continue
            bounced(await browser.step(name, input, itemsFor(name)), `${name} as ${login}`, 400, 403, 409)
          }
        }
      }
    })
  })

  it('in texts that are taken comes back letter by letter, found and not run', async () => {
    const text = `${html} ${sql} {{limit}} $1 %_\\ "`
    const document = { kind: '扣押清单', no: sql, date: '2026-03-01' }
    const items = [newItem(`1<b>'`, world.photo, { name: text.slice(0, 120), features: text, serials: [html, sql] })]
    const { status, body } = await officer.step('intake.register', { caseNo, document, measure: 'seize', items })
    expect(status).to.equal(201)
    before_ += body.entries.length
    const { code } = body.items[0]!
    const card = (await officer.get(`/api/items/${code}`)).body
    expect(card).to.deep.include({ name: text.slice(0, 120).trim(), features: text.trim(), serials: [html, sql] })
    for (const q of [`' DROP TABLE`, 'onerror="alert(1)"', '{{limit}}', '%_\\']) {
      const found = await officer.get(`/api/items?q=${encodeURIComponent(q)}`)
      expect(
        found.body.items.map((item: { code: string }) => item.code),
        q,
      ).to.include(code)
    }
    expect((await officer.get(`/api/items?q=${encodeURIComponent('%')}&limit=1`)).status).to.equal(200)
    const label = await officer.get(`/api/labels?items=${code}&format=svg`)
    expect(label.status).to.equal(200)
    expect(label.text).not.to.match(/<script|<img/i)
    expect(label.headers.get('x-content-type-options')).to.equal('nosniff')
  })

  describe('in addresses', () => {
    const values = [
      '%00',
      'a%00b',
      'x'.repeat(3_000),
      encodeURIComponent(sql),
      encodeURIComponent(html),
      '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
      'NaN',
      '..%5c',
      '𠮷',
    ]

    it('as what a route is about', async () => {
      for (const { method, path } of stated.filter(({ path }) => path.includes(':')))
        for (const value of [...values, misread(world.item.stored), unknownCode('item')]) {
          const address = path.replace(/:\w+/, value)
          bounced(
            await officer.ask(
              method.toUpperCase(),
              address,
              method === 'post' ? { commandId: randomUUID() } : undefined,
            ),
            `${method} ${address.slice(0, 80)}`,
          )
        }
      for (const broken of ['/api/items/%E0%A4%A', '/api/codes/%', '/api/items/%c0%80'])
        bounced(await officer.get(broken), broken, 400)
    })

    it('as what is asked of a list', async () => {
      const lists = stated.filter(({ method, query }) => method === 'get' && query)
      expect(lists.length).to.be.greaterThan(7)
      const fine: Record<string, string> = {
        '/api/steps': `item=${world.item.stored}`,
        '/api/labels': `items=${world.item.stored}`,
        '/api/labels/undrawn': `items=${world.item.stored}`,
      }
      for (const { path } of lists) {
        const ask = (query: string) => officer.get(`${filled(path)}?${fine[path] ? `${fine[path]}&` : ''}${query}`)
        for (const query of [
          'unheard=1',
          'q[]=a',
          'limit=1&__proto__=1',
          'lang=fr',
          'limit=1&limit=2',
          'limit=0',
          'limit=-1',
          'limit=1e9',
          'limit=x',
          'limit=1.5',
        ])
          bounced(await ask(query), `${path}?${query}`, 400)
      }
      for (const path of ['/api/items', '/api/cases', '/api/places', '/api/people'])
        for (const value of values) {
          const answer = await officer.get(`${path}?q=${value}`)
          if (value.includes('%00') || value.length > 200) bounced(answer, `${path}?q=${value.slice(0, 20)}`, 400)
          else expect(answer.status, `${path}?q=${value}`).to.equal(200)
        }
      for (const path of ['/api/items', '/api/dockets', '/api/cases', '/api/places', '/api/people'])
        for (const cursor of [
          'x',
          'e30',
          Buffer.from('["a"]').toString('base64url'),
          Buffer.from('[1,2]').toString('base64url'),
          Buffer.from('["\\u0000","x"]').toString('base64url'),
          Buffer.from('["x","y"]').toString('base64url'),
          'a'.repeat(500),
        ]) {
          const answer = await officer.get(`${path}?cursor=${cursor}`)
          if (answer.status !== 200) bounced(answer, `${path}?cursor=${cursor}`, 400)
        }
      for (const query of ['class=boat', 'custody=lost', 'control=x', 'overdue=maybe'])
        bounced(await officer.get(`/api/items?${query}`), query, 400)
      for (const query of ['after=-2', 'after=x', 'after=99999999999999999999', 'before=-1', 'limit=501'])
        bounced(await officer.get(`/api/movements?${query}`), query, 400)
      for (const query of [
        'format=gif',
        'layout=a5',
        'dpi=72',
        'startAt=0',
        'items=',
        'items=,',
        `items=${misread(world.item.stored)}`,
        `items=${Array(501).fill(world.item.stored)}`,
      ])
        bounced(
          await officer.get(`/api/labels?${query.startsWith('items') ? '' : `items=${world.item.stored}&`}${query}`),
          query.slice(0, 60),
          400,
        )
      bounced(await officer.get('/api/steps'), 'steps of nothing', 400)
    })

    it('as cookies, methods and headers', async () => {
      for (const cookie of [
        'stillpoint=x',
        'stillpoint=s%3Ax.y',
        'stillpoint=j%3A%7B%7D',
        `stillpoint=${'x'.repeat(3000)}`,
        'stillpoint=s%3A%00.x',
      ]) {
        const browser = new Browser(server.url)
        bounced(await browser.get('/api/items', { headers: { cookie } }), cookie.slice(0, 30), 401)
      }
      for (const method of ['PUT', 'PATCH', 'DELETE']) bounced(await officer.ask(method, '/api/items'), method, 404)
      expect(
        await status({ 'x-request-id': 'a'.repeat(5000), 'accept-language': ','.repeat(500), cookie: officer.cookie }),
      ).to.equal(200)
    })
    const status = (headers: Record<string, string>) =>
      new Promise((resolve, reject) => {
        request(`${server.url}/api/session`, { headers }, (response) => resolve(response.resume().statusCode))
          .on('error', reject)
          .end()
      })
  })

  describe('in files', () => {
    const upload = (bytes: Buffer, name: string, field = 'file') => {
      const form = new FormData()
      form.append(field, new Blob([new Uint8Array(bytes)]), name)
      return officer.ask('POST', '/api/files', undefined, { raw: form })
    }
    const stored = async () =>
      (await server.database.pool.query('SELECT count(*)::int AS files FROM files')).rows[0].files

    it('that are no pictures, or pictures of 14,000 by 14,000 dots', async () => {
      const before = await stored()
      bounced(await upload(Buffer.from('GIF89a'), 'a.jpg'), 'no picture', 400)
      bounced(await upload(Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]), 'a.jpg'), 'a picture that breaks off', 400)
      bounced(await upload(Buffer.from(html), 'a.html'), 'a page', 415)
      bounced(await upload(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${html}</svg>`), 'a.svg'), 'SVG', 415)
      const huge = png(14_000)
      expect(huge.length).to.be.lessThan(200_000)
      const answer = await upload(huge, 'big.png')
      bounced(answer, '14,000²', 400)
      expect(answer.body.code).to.equal('file.too-many-pixels')
      expect(await stored()).to.equal(before)
    })

    it('under another name, two at once, or none', async () => {
      const before = await stored()
      const small = png(4)
      bounced(await upload(small, 'a.png', 'other'), 'another field', 400)
      const form = new FormData()
      for (const name of ['a.png', 'b.png']) form.append('file', new Blob([new Uint8Array(small)]), name)
      bounced(await officer.ask('POST', '/api/files', undefined, { raw: form }), 'two', 400)
      const fields = new FormData()
      fields.append('file', 'text')
      bounced(await officer.ask('POST', '/api/files', undefined, { raw: fields }), 'a field', 400)
      const broken = { raw: '--x\r\nnonsense', headers: { 'content-type': 'multipart/form-data; boundary=x' } }
      bounced(await officer.ask('POST', '/api/files', undefined, broken), 'broken', 400)
      expect(await stored()).to.equal(before)
    })
  })

  describe('in the end', () => {
    it('leaves no trace of a secret in the log, nor a failure of our own', async () => {
      const admin = await as('admin')
      const { body } = await admin.post('/api/people/officer2/password-link')
      const token = body.link.split('#')[1]
      const fresh = 'a quite new password'
      await new Browser(server.url).post('/api/password', { token, password: fresh })
      await new Browser(server.url).signIn('officer2', 'a wrong password')
      const countersigned = {
        login: 'officer2',
        password: fresh,
        step: 'intake.refuse',
        items: [world.item.waiting],
        input: { reason: 'no-document', note: '附言不入日志' },
      }
      const signature = await officer.post('/api/countersignatures', countersigned)
      await officer.get(`/api/items?q=${encodeURIComponent(secretWord)}`)
      const particulars = { takenFrom: { name: '测试乙', idNumber, contact: '13800000000' } }
      const document = { kind: '扣押清单', no: '日志', date: '2026-03-01' }
      const registered = await officer.step('intake.register', {
        caseNo,
        document,
        measure: 'seize',
        items: [newItem('1', world.photo, particulars)],
      })
      expect(registered.status).to.equal(201)
      before_ += registered.body.entries.length
      const log = server.log.join('')
      expect(server.log.length).to.be.greaterThan(1_000)
      for (const secret of [
        password,
        fresh,
        'a wrong password',
        token,
        signature.body.token,
        officer.cookie.split('=')[1]!,
        idNumber,
        '13800000000',
        secretWord,
        encodeURIComponent(secretWord),
        '附言不入日志',
        '测试乙',
      ])
        expect(log.includes(secret), `${secret} in the log`).to.equal(false)
      for (const line of server.log) expect(() => JSON.parse(line)).not.to.throw()
      const failed = server.log.filter((line) => JSON.parse(line).level >= 50)
      expect(failed, 'failures of our own').to.deep.equal([])
    })
  })

  /** Somebody who may take the step. */
  const actorFor = (name: string): string => {
    const { by } = catalogue.steps[name]!
    if (by.includes('admin')) return 'admin'
    return Object.entries(staff).find(([, [, role]]) => by.includes(role))![0]
  }
  const itemsFor = (name: string): string[] => (catalogue.steps[name]!.on === 'item' ? [unknownCode('item')] : [])
})

/** A black picture of one bit per dot, some kilobytes however large it is. */
function png(side: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.length)
    sum.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, sum])
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  header.set([1, 0, 0, 0, 0], 8)
  const rows = Buffer.alloc(side * (1 + Math.ceil(side / 8)))
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
