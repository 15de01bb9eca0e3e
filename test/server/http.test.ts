// The face towards browsers: where requests may come from, what headers say, how errors read, files, pages, numbers.

import { randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { expect } from 'chai'
import sharp from 'sharp'
import { z } from 'zod'
import type { Problem } from '../../server/contract/steps.ts'
import { receiptToken } from '../../server/documents/receipt/token.ts'
import { ProblemDetails } from '../../server/http/answers.ts'
import { routesOf } from '../../server/http/api.ts'
import type { HttpParts } from '../../server/http/parts.ts'
import type { Route } from '../../server/http/route.ts'
import { secretOf } from '../../server/installation.ts'
import { coveredSize } from '../../server/ledger/checkpoints.ts'
import {
  Browser,
  caseNo,
  password,
  populate,
  requesting,
  signedIn,
  startServer,
  type TestServer,
  until,
  type World,
} from '../support/server.ts'

describe('over HTTP', () => {
  let server: TestServer
  let world: World
  let officer: Browser
  let keeper: Browser
  let docketOfOut: string

  before(async () => {
    server = await startServer()
    world = await populate(server)
    officer = await signedIn(server, 'officer')
    keeper = await signedIn(server, 'keeper')
    docketOfOut = (await officer.get(`/api/items/${world.item.out}`)).body.open.custody.docket
  })
  after(() => server?.close())

  describe('a request that another site made the browser send', () => {
    const signIn = (headers: Record<string, string>) =>
      new Browser(server.url).post('/api/session', { login: 'officer', password }, { headers })

    it('is refused by its origin, for every route that changes something', async () => {
      const changing = routesOf(partsForRoutes).filter(({ method }) => method !== 'get')
      expect(changing.length).to.be.greaterThan(8)
      for (const { method, path } of changing) {
        const headers = { cookie: officer.cookie, origin: 'https://evil.example' }
        const { body } = await officer.ask(method.toUpperCase(), filled(path), method === 'post' ? {} : undefined, {
          headers,
        })
        expect(body, `${method} ${path}`).to.include({ status: 403, code: 'request.foreign-origin' })
      }
    })

    it('is refused by what the browser says of the site when there is no origin', async () => {
      for (const site of ['cross-site', 'same-site', 'none'])
        expect((await bare({ 'sec-fetch-site': site })).status, site).to.equal(403)
      expect((await bare({ 'sec-fetch-site': 'same-origin' })).status).to.equal(200)
      expect((await bare({})).status, 'a program that is no browser').to.equal(200)
    })
    const bare = (headers: Record<string, string>) =>
      fetch(`${server.url}/api/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ login: 'officer', password }),
      })

    it('is refused from other ports, other schemes and pages without an origin, not from this machine’s other name', async () => {
      const { port } = new URL(server.url)
      for (const origin of [
        `https://127.0.0.1:${port}`,
        'http://127.0.0.1:1',
        'null',
        `http://127.0.0.1.evil.example:${port}`,
      ])
        expect((await signIn({ origin })).status, origin).to.equal(403)
      expect((await signIn({ origin: `http://localhost:${port}` })).status).to.equal(200)
    })

    it('cannot come as a form', async () => {
      for (const type of [
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
        'application/xml',
      ]) {
        const { body } = await officer.ask('POST', '/api/steps/retrieval.request', undefined, {
          raw: '{"commandId":1}',
          headers: { 'content-type': type },
        })
        expect(body, type).to.include({ status: 415, code: 'request.wrong-type' })
      }
    })
  })

  it('tells the browser what pages may do', async () => {
    const { headers, text } = await officer.get('/item/X', { headers: { accept: 'text/html' } })
    const csp = Object.fromEntries(
      headers
        .get('content-security-policy')!
        .split(';')
        .map((directive) => [directive.trim().split(' ')[0], directive.trim().split(' ').slice(1).join(' ')]),
    )
    const nonce = /'nonce-([\w+/=]{24})'/.exec(csp['style-src']!)![1]!
    expect(csp).to.deep.equal({
      'default-src': "'none'",
      'script-src': "'self' 'wasm-unsafe-eval'",
      'worker-src': "'self'",
      'connect-src': "'self'",
      'img-src': "'self' blob: data:",
      'media-src': "'self' blob:",
      'style-src': `'self' 'nonce-${nonce}'`,
      'font-src': "'self'",
      'manifest-src': "'self'",
      'base-uri': "'none'",
      'form-action': "'self'",
      'frame-ancestors': "'none'",
    })
    if (text.includes('<html')) expect(text).to.contain(nonce).and.not.to.contain('__CSP_NONCE__')
    const again = await officer.get('/item/X')
    expect(again.headers.get('content-security-policy')).not.to.contain(nonce)
    for (const path of ['/item/X', '/api/items', '/api/nothing', '/health']) {
      const told = (await officer.get(path)).headers
      expect(told.get('x-content-type-options'), path).to.equal('nosniff')
      expect(told.get('referrer-policy'), path).to.equal('no-referrer')
      expect(told.get('x-frame-options'), path).to.equal('DENY')
      expect(told.get('permissions-policy'), path).to.match(/^camera=\(self\), .*geolocation=\(\).*microphone=\(\)/)
      expect(told.get('x-powered-by'), path).to.equal(null)
      if (path.startsWith('/api')) expect(told.get('cache-control'), path).to.equal('no-store')
    }
  })

  it('gives a page for every address of a screen, and 404 for what is none', async () => {
    for (const path of ['/', '/scan', '/item/E-1', '/setup']) {
      const { status, headers } = await officer.get(path)
      expect([200, 503], path).to.include(status)
      expect(headers.get('cache-control'), path).to.equal('no-store')
    }
    for (const path of [
      '/assets/none.js',
      '/none.css',
      '/api/none',
      '/../package.json',
      '/%2e%2e/package.json',
      '/.env',
    ])
      expect((await officer.get(path)).status, path).to.equal(404)
  })

  it('says in a sentence what is wrong, in the language of the reader', async () => {
    const path = `/api/items/${world.item.econ}`
    const zh = await officer.get(path, { headers: { 'accept-language': 'zh-CN,zh;q=0.9,en;q=0.8' } })
    const en = await officer.get(path, { headers: { 'accept-language': 'en-GB,en;q=0.9' } })
    for (const answer of [zh, en]) {
      expect(answer.headers.get('content-type')).to.match(/^application\/problem\+json/)
      expect(answer.body).to.include({
        status: 404,
        code: 'item.unknown',
        type: 'urn:stillpoint:problem:item.unknown',
        title: 'Not Found',
      })
      expect(() => ProblemDetails.parse(answer.body)).not.to.throw()
      expect(answer.body.requestId).to.equal(answer.headers.get('x-request-id'))
    }
    expect(zh.body.detail).to.match(/\p{Script=Han}/u)
    expect(en.body.detail)
      .to.match(/^[A-Z].*\.$/)
      .and.not.to.match(/\p{Script=Han}/u)
    expect((await officer.get(`${path}?lang=en`, { headers: { 'accept-language': 'zh-CN' } })).body.detail).to.equal(
      en.body.detail,
    )
    expect((await officer.get(path)).body.detail, 'the installation’s language').to.equal(zh.body.detail)
    expect((await officer.get(`${path}?lang=xx`)).body).to.include({ status: 400, code: 'input.invalid' })
  })

  it('has a sentence in both languages for everything it answers by itself', async () => {
    const codes = [
      ...['none', 'idle', 'wrong', 'locked', 'busy', 'disabled'].map((reason) => `session.${reason}`),
      ...['own', 'wrong', 'unknown', 'used', 'expired', 'other-command'].map((reason) => `countersignature.${reason}`),
      ...['wrong', 'not-your-people', 'link-unknown'].map((reason) => `password.${reason}`),
      ...[
        'foreign-origin',
        'wrong-type',
        'too-large',
        'not-json',
        'broken',
        'failed',
        'no-such-address',
        'no-database',
        'not-ready',
        'no-screens',
        'wrong-range',
      ].map((reason) => `request.${reason}`),
      ...[
        'invalid',
        'too-long',
        'text',
        'control',
        'surrogate',
        'code',
        'decimal',
        'zero',
        'blank',
        'wrong',
        'absent',
        'type',
        'most-string',
        'least-string',
        'most-array',
        'least-array',
        'most-number',
        'least-number',
        'pattern',
        'datetime',
        'date',
        'uuid',
        'unknown-field',
        'choice',
        'deep',
        'short-password',
      ].map((reason) => `input.${reason}`),
      'setup.wrong-link',
      'code.unknown',
      'file.not-there',
      'file.no-picture',
    ]
    const { readSentences } = await import('../../server/http/sentences.ts')
    const { sentence } = await readSentences(new URL('../../client/locales/', import.meta.url), 'Asia/Shanghai')
    for (const language of ['zh-CN', 'en'] as const)
      for (const code of codes) {
        const said = sentence(
          code,
          { minutes: 3, publicUrl: 'x', reference: 'r', limit: 1, fields: 'a', values: 'b', bytes: 1 },
          language,
        )
        expect(said, `${language} ${code}`).not.to.equal(sentence('no.such', {}, language))
        expect(said, `${language} ${code}`).not.to.contain('{{')
      }
  })

  it('does not read a template in what people send', async () => {
    const { readSentences } = await import('../../server/http/sentences.ts')
    const { sentence } = await readSentences(new URL('../../client/locales/', import.meta.url), 'Asia/Shanghai')
    for (const planted of ['{{limit}}', '$t(session:refusal.none)', '__proto__', 'session:refusal.none'])
      expect(sentence('input.unknown-field', { fields: planted }, 'en')).to.contain(planted)
  })

  it('takes a request id that was given, and not one that was made up to spoil the log', async () => {
    const given = await officer.get('/api/session', { headers: { 'x-request-id': 'proxy-0123456789' } })
    expect(given.headers.get('x-request-id')).to.equal('proxy-0123456789')
    const spoilt = await officer.get('/api/session', { headers: { 'x-request-id': '"}, {"login":"x' } })
    expect(spoilt.headers.get('x-request-id')).to.match(/^[0-9a-f-]{36}$/)
  })

  it('refuses with 403 for want of a role, 404 for what is addressed, 409 for a rule', async () => {
    const { stored, econ } = world.item
    expect((await officer.step('retrieval.approve', {}, [stored])).body).to.include({
      status: 403,
      code: 'step.no-role',
    })
    expect((await officer.step('retrieval.dance', {}, [stored])).body).to.include({ status: 404, code: 'step.unknown' })
    expect((await officer.step('constructor', {}, [stored])).body).to.include({ status: 404, code: 'step.unknown' })
    expect((await officer.step('retrieval.request', requesting(), [econ])).body).to.include({
      status: 409,
      code: 'item.unknown',
    })
    for (const [path, code] of [
      [`/api/items/${econ}`, 'item.unknown'],
      [`/api/items/${econ}/chain`, 'item.unknown'],
      [`/api/codes/${econ}`, 'code.unknown'],
      ['/api/cases/A000', 'case.unknown'],
      [`/api/places/${world.place.procslot}`, 'place.unknown'],
      ['/api/people/procurator', 'person.unknown'],
      [`/api/files/${'0'.repeat(64)}`, 'file.not-there'],
      [`/api/labels?items=${econ}`, 'code.unknown'],
    ])
      expect((await officer.get(path!)).body, path).to.include({ status: 404, code })
  })

  it('says at which place of the input what is wrong', async () => {
    const { body } = await officer.step(
      'retrieval.request',
      { ...requesting(), reason: ' ', purpose: 'fun', extra: 1 },
      [world.item.stored],
    )
    expect(body.errors!.map(({ pointer }) => pointer).sort()).to.deep.equal([
      '/input',
      '/input/purpose',
      '/input/reason',
    ])
    for (const { detail } of body.errors!) expect(detail).to.match(/\p{Script=Han}/u)
  })

  it('says what was expected there, in the words of the form and of JSON Schema', async () => {
    const wrong = { ...requesting(), purpose: 'fun', usedAt: 'tomorrow', reason: 'x'.repeat(3000) }
    const asked = async (language: string) => {
      const { body } = await officer.post(
        '/api/steps/retrieval.request',
        { commandId: randomUUID(), items: [world.item.stored], input: wrong },
        { headers: { 'accept-language': language } },
      )
      return new Map((body as Problem).errors!.map((error) => [error.pointer, error]))
    }
    const english = await asked('en')
    expect(english.get('/input/purpose')).to.deep.include({ code: 'input.choice', name: 'Purpose' })
    expect(english.get('/input/purpose')!.expected!.enum).to.include('court').and.include('examination')
    expect(english.get('/input/purpose')!.expected!.says).to.match(/^Expected one of: .*Inspection/)
    expect(english.get('/input/purpose')!.detail).to.equal('Choose one of those listed.')
    expect(english.get('/input/usedAt')!.expected).to.deep.include({
      kind: 'time',
      example: '2026-03-01T09:30:00+08:00',
    })
    expect(english.get('/input/reason')).to.deep.include({ detail: 'At most 1000 characters.' })
    expect(english.get('/input/reason')!.expected).to.deep.include({ type: 'string', minLength: 1, maxLength: 1000 })
    const chinese = await asked('zh-CN')
    expect(chinese.get('/input/purpose')!.expected!.says).to.match(/^应为下列之一：讯问、检验鉴定/)
    expect(chinese.get('/input/reason')!.name).to.equal('理由')
    for (const { detail, expected } of [...english.values(), ...chinese.values()])
      expect(`${detail} ${expected!.says}`).not.to.match(/input\.|items\.|\{\{/)
  })

  it('gives what its schema says', async () => {
    const parameters: Record<string, string> = {
      '/api/items': '?limit=2',
      '/api/search': '?q=手机',
      '/api/steps': `?item=${world.item.stored}&item=${world.item.out}`,
      '/api/labels/undrawn': `?items=${world.item.stored}`,
    }
    const { pool } = server.database
    const received = await pool.query(`SELECT min(position) AS at FROM ledger WHERE fact = 'ItemReceived'`)
    const position = Number(received.rows[0].at)
    const token = receiptToken(await secretOf(pool, 'receipts'), position)
    parameters['/api/documents/receipt/undrawn'] = `?position=${position}`
    await until(async () => (await coveredSize(pool, server.config.logOrigin)) > position, 'a checkpoint')
    const checked: string[] = []
    for (const { method, path, gives } of routesOf(partsForRoutes)) {
      if (method !== 'get' || !(gives instanceof z.ZodType)) continue
      const answer = await officer.get(filled(path).replace(':token', token) + (parameters[path] ?? ''))
      expect(answer.status, `${path} ${answer.text.slice(0, 200)}`).to.equal(200)
      const { success, error } = gives.safeParse(answer.body)
      expect(success, `${path} ${error?.message}`).to.equal(true)
      checked.push(path)
    }
    expect(checked.length).to.be.greaterThan(15)
  })

  it('pages through a list without leaving out or repeating', async () => {
    const all = (await officer.get('/api/items?limit=200')).body.items.map(({ code }: { code: string }) => code)
    const paged: string[] = []
    let next: string | undefined
    do {
      const { body } = await officer.get(`/api/items?limit=2${next ? `&cursor=${next}` : ''}`)
      expect(body.items.length).to.be.within(1, 2)
      paged.push(...body.items.map(({ code }: { code: string }) => code))
      next = body.next
    } while (next)
    expect(paged).to.deep.equal(all)
    expect(all.length).to.equal(6)
  })

  it('offers steps with the reason against those that are not possible', async () => {
    const { body } = await officer.get(`/api/steps?item=${world.item.stored}`)
    const of = (step: string) => body.steps.find((offered: { step: string }) => offered.step === step)
    expect(of('retrieval.request')).to.deep.include({ possible: true })
    expect(of('retrieval.give-back').refusal).to.include({ code: 'step.no-role' })
    expect(of('retrieval.extend').refusal).to.include({ status: 409, code: 'docket.none' })
    expect(of('retrieval.extend').refusal.detail).to.match(/\p{Script=Han}/u)
    const atCounter = await keeper.get(`/api/steps?item=${world.item.waiting}`)
    const receive = atCounter.body.steps.find((offered: { step: string }) => offered.step === 'intake.receive')
    expect(receive).to.deep.include({ possible: true, signers: [{ as: 'officer', logins: ['officer'] }] })
  })

  describe('files', () => {
    const upload = (browser: Browser, bytes: Buffer, name: string) => {
      const form = new FormData()
      form.append('file', new Blob([new Uint8Array(bytes)]), name)
      return browser.ask('POST', '/api/files', undefined, { raw: form })
    }
    const picture = (width: number) =>
      sharp({ create: { width, height: width, channels: 3, background: '#223344' } })
        .jpeg()
        .toBuffer()

    it('are stored under their hash and come back as they were, whole, in part, or smaller', async () => {
      const bytes = await picture(900)
      const { status, body } = await upload(officer, bytes, '现场照片 (1).jpg')
      expect(status).to.equal(201)
      expect(body).to.deep.include({ bytes: bytes.length, type: 'image/jpeg' })
      const path = `/api/files/${body.sha256}`
      const whole = await officer.get(path)
      expect(bytes.equals(whole.body)).to.equal(true)
      expect(whole.headers.get('content-type')).to.equal('image/jpeg')
      expect(decodeURIComponent(whole.headers.get('content-disposition')!)).to.contain('现场照片 (1).jpg')
      const part = await officer.get(path, { headers: { range: 'bytes=10-19' } })
      expect(part.status).to.equal(206)
      expect(bytes.subarray(10, 20).equals(part.body)).to.equal(true)
      expect(part.headers.get('content-range')).to.equal(`bytes 10-19/${bytes.length}`)
      expect((await officer.get(path, { headers: { range: 'bytes=9999999-' } })).status).to.equal(416)
      const small = await officer.get(`${path}?width=160`)
      expect(small.headers.get('content-type')).to.equal('image/webp')
      expect((await sharp(small.body).metadata()).width).to.equal(160)
      expect((await officer.get(`${path}?width=161`)).status).to.equal(400)
      const tag = whole.headers.get('etag')!
      expect(
        (await officer.get(path, { headers: { 'if-none-match': tag, 'cache-control': 'max-age=0' } })).status,
      ).to.equal(304)
      expect((await keeper.get(path, { headers: { 'if-none-match': tag } })).status, 'not for others').to.equal(404)
    })

    it('are readable for whoever may read what names them', async () => {
      for (const [login, status] of [
        ['officer', 200],
        ['keeper', 200],
        ['legal', 200],
        ['procurator', 200],
        ['econofficer', 200],
        ['procadmin', 404],
        ['finance', 200],
        ['prochead', 200],
      ] as const)
        expect((await (await signedIn(server, login)).get(`/api/files/${world.photo}`)).status, login).to.equal(status)
    })

    it('are refused in words when they are none', async () => {
      const refused = async (bytes: Buffer, name: string) => {
        const { status, body } = await upload(officer, bytes, name)
        return { status, code: body.code }
      }
      expect(await refused(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'a.svg')).to.deep.equal({
        status: 415,
        code: 'file.type',
      })
      expect(await refused(Buffer.from('hello'), 'a.jpg')).to.deep.equal({ status: 400, code: 'file.not-a-picture' })
      expect(await refused(Buffer.alloc(0), 'a.jpg')).to.deep.equal({ status: 400, code: 'file.empty' })
      const huge = Buffer.concat([await picture(10), Buffer.alloc(11 * 1024 * 1024)])
      expect(await refused(huge, 'a.jpg')).to.deep.equal({ status: 413, code: 'file.too-large' })
      expect((await officer.post('/api/files', {})).body).to.include({ status: 400, code: 'file.missing' })
      const form = new FormData()
      form.append('file', new Blob(['x']), 'x.jpg')
      const foreign = await officer.ask('POST', '/api/files', undefined, {
        raw: form,
        headers: { origin: 'https://evil.example' },
      })
      expect(foreign.status).to.equal(403)
    })
  })

  it('prints labels of whatever has a code', async () => {
    const docket = (await officer.get('/api/dockets?limit=1')).body.dockets[0].code
    const badge = (await officer.get('/api/session')).body.person.id
    const codes = [world.item.stored, world.place.slot, docket, badge].join(',')
    const types = { pdf: 'application/pdf', png: 'image/png', svg: 'image/svg+xml', zpl: 'application/vnd.zebra.zpl' }
    for (const [format, type] of Object.entries(types)) {
      const { status, headers, body } = await officer.get(`/api/labels?items=${codes}&format=${format}`)
      expect(status, format).to.equal(200)
      expect(headers.get('content-type'), format).to.contain(type)
      expect(body.length, format).to.be.greaterThan(1000)
    }
    expect((await officer.get(`/api/labels?items=${codes}&layout=a4&startAt=3`)).status).to.equal(200)
    expect((await officer.get(`/api/labels?items=${codes}&format=zpl&layout=a4`)).body).to.include({
      status: 400,
      code: 'document.sheet-in-zpl',
    })
  })

  it('prints the newest label, and the date of the agency', async () => {
    const keeper = await signedIn(server, 'keeper')
    const old = world.item.stored
    const { body } = await keeper.step('label.replace', { reason: '破损' }, [old])
    const now = body.items[0]!.labels.at(-1)!
    for (const code of [old, now]) {
      const { text } = await officer.get(`/api/labels?items=${code}&format=zpl`)
      expect(text).to.include(`^FD>:${now}^FS`).and.not.to.include(old)
    }

    const { code: docket, openedAt, openedBy } = (await officer.get('/api/dockets?limit=1')).body.dockets[0]
    const { pool } = server.database
    const zoned = async (timeZone: string, at: string) => {
      await pool.query(
        `UPDATE dockets SET state = jsonb_set(state, '{openedAt}', to_jsonb($2::text)) WHERE code = $1`,
        [docket, at],
      )
      await pool.query(
        `UPDATE units SET state = jsonb_set(state, '{settings,timeZone}', to_jsonb($2::text)) WHERE id = $1`,
        [openedBy.agency, timeZone],
      )
      return (await officer.get(`/api/labels?items=${docket}&format=svg`)).text
    }
    const evening = '2026-11-25T19:25:00.000Z'
    const [shanghai, greenwich, sameDay] = [
      await zoned('Asia/Shanghai', evening),
      await zoned('UTC', evening),
      await zoned('Asia/Shanghai', '2026-11-26T03:25:00.000Z'),
    ]
    expect(shanghai).to.equal(sameDay).and.not.to.equal(greenwich)
    await zoned('Asia/Shanghai', openedAt)
  })

  it('tells which characters no font draws, before they are printed', async () => {
    const drawn = await officer.get(`/api/labels/undrawn?items=${world.item.stored}`)
    expect(drawn.body).to.deep.equal({ undrawn: [] })
    const { pool } = server.database
    const named = (name: string) =>
      pool.query(`UPDATE items SET state = jsonb_set(state, '{name}', to_jsonb($2::text)) WHERE code = $1`, [
        world.item.out,
        name,
      ])
    const { name } = (await officer.get(`/api/items/${world.item.out}`)).body
    await named('𰀁记手机ئ')
    const { body } = await officer.get(`/api/labels/undrawn?items=${world.item.stored},${world.item.out}`)
    expect(body.undrawn).to.deep.equal([{ code: world.item.out, name: '𰀁记手机ئ', characters: ['𰀁', 'ئ'] }])
    await named(name)
  })

  it('resolves a code as a hand scanner types it', async () => {
    const { stored } = world.item
    const typed = `${stored.slice(0, 1)}-${stored.slice(1, 6)}-${stored.slice(6, 11)}-${stored.slice(11)}`.toLowerCase()
    const { body } = await officer.get(`/api/codes/${typed}`)
    expect(body).to.deep.include({ kind: 'item' })
    expect(body.item.code).to.equal(stored)
  })

  describe('for the operator', () => {
    it('answers whether it lives and can work', async () => {
      expect((await new Browser(server.url).get('/health')).body).to.deep.equal({ status: 'ok' })
      await until(async () => (await new Browser(server.url).get('/ready')).body.feedLag === 0, 'the feed to keep up')
      expect((await new Browser(server.url).get('/ready')).body).to.include({ status: 'ready' })
    })

    it('gives numbers to this machine only', async () => {
      await officer.step('retrieval.approve', {}, [world.item.stored])
      const { text } = await new Browser(server.url).get('/metrics')
      expect(text).to.match(/stillpoint_steps_total\{step="retrieval.approve",outcome="step.no-role"\} \d/)
      expect(text).to.match(
        /stillpoint_request_seconds_count\{method="GET",route="\/api\/items\/:code",status="404"\} \d/,
      )
      expect(text).to.match(/stillpoint_ledger_entries \d+/)
      expect(text).to.match(/stillpoint_feed_lag_entries \d+/)
      for (const header of ['x-forwarded-for', 'forwarded'])
        expect((await new Browser(server.url).get('/metrics', { headers: { [header]: '192.0.2.1' } })).status).to.equal(
          404,
        )
    })

    it('writes one line about each request, without what was asked for', async () => {
      const before = server.log.length
      await officer.get(`/api/items?q=${encodeURIComponent('秘密词')}&case=${caseNo}`)
      const line = JSON.parse(server.log.slice(before).at(-1)!)
      expect(line).to.include({ method: 'GET', path: '/api/items', status: 200, login: 'officer' })
      expect(line.ms).to.be.a('number')
      expect(Object.keys(line)).to.have.members([
        'level',
        'login',
        'method',
        'msg',
        'ms',
        'path',
        'requestId',
        'status',
        'time',
      ])
    })
  })

  it('says what to do when the screens were not built', async () => {
    const { screens } = await import('../../server/http/screens.ts')
    expect(readdirSync(new URL('../../server/http/', import.meta.url))).to.include('screens.ts')
    const express = (await import('express')).default
    const app = express()
    app.use(
      await screens({
        screens: '/nowhere',
        language: 'en',
        sentence: (code: string) => `${code}!`,
      } as unknown as HttpParts),
    )
    const listening = app.listen(0, '127.0.0.1')
    await new Promise((ready) => listening.once('listening', ready))
    const { port } = listening.address() as { port: number }
    const answer = await fetch(`http://127.0.0.1:${port}/`)
    expect(answer.status).to.equal(503)
    expect(await answer.text()).to.equal('request.no-screens!')
    listening.close()
  })

  /** Enough for the routes to be stated; nothing is asked of it. */
  const partsForRoutes = {
    catalogue: { steps: {} },
    publicUrl: 'http://x',
    dataDir: '/nowhere',
  } as unknown as HttpParts

  const filled = (path: Route['path']) =>
    path
      .replace('/api/cases/:no', `/api/cases/${caseNo}`)
      .replace('/api/people/:login', '/api/people/officer')
      .replace('/api/places/:code', `/api/places/${world.place.slot}`)
      .replace('/api/dockets/:id', `/api/dockets/${docketOfOut}`)
      .replace(':code', world.item.stored)
      .replace(':sha256', world.photo)
      .replace(':step', 'retrieval.request')
})
