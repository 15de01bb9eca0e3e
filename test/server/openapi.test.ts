// The description of the interface: OpenAPI 3.1 in structure, with every route of the app and every step in it.

import { expect } from 'chai'
import type { RequestHandler } from 'express'
import pino from 'pino'
import { z } from 'zod'
import { catalogue } from '../../server/custody/catalogue.ts'
import { apiOf, routesOf } from '../../server/http/api.ts'
import { newMetrics } from '../../server/http/metrics.ts'
import { openApi, pathIn } from '../../server/http/openapi.ts'
import type { HttpParts } from '../../server/http/parts.ts'
import { sampleOf } from '../support/samples.ts'
import { Browser, populate, signedIn, startServer } from '../support/server.ts'

const Schema = z.union([z.record(z.string(), z.unknown()), z.boolean()])
const Content = z.record(z.string().regex(/^[\w.+-]+\/[\w.+-]+$/), z.strictObject({ schema: Schema.optional() }))
const Operation = z.strictObject({
  operationId: z.string().optional(),
  summary: z.string().min(5),
  parameters: z
    .array(z.strictObject({ name: z.string(), in: z.enum(['path', 'query']), required: z.boolean(), schema: Schema }))
    .optional(),
  requestBody: z.strictObject({ required: z.boolean(), content: Content }).optional(),
  responses: z.record(
    z.string().regex(/^[1-5]\d\d$|^default$/),
    z.strictObject({ description: z.string(), content: Content.optional() }),
  ),
  security: z.array(z.record(z.string(), z.array(z.string()))),
})
const Document = z.strictObject({
  openapi: z.string().regex(/^3\.1\.\d$/),
  info: z.strictObject({ title: z.string(), version: z.string(), description: z.string() }),
  servers: z.array(z.strictObject({ url: z.url() })),
  paths: z.record(z.string().startsWith('/'), z.partialRecord(z.enum(['get', 'post', 'delete']), Operation)),
  components: z.strictObject({
    schemas: z.record(z.string().regex(/^[\w.-]+$/), Schema),
    securitySchemes: z.record(
      z.string(),
      z.strictObject({ type: z.literal('apiKey'), in: z.literal('cookie'), name: z.string() }),
    ),
  }),
})

describe('the description of the interface', () => {
  const pass: RequestHandler = (_request, _response, next) => next()
  const parts = {
    catalogue,
    publicUrl: 'http://127.0.0.1:3000',
    dataDir: '/nowhere',
    screens: '/nowhere',
    sessions: { middleware: pass },
    metrics: newMetrics({ ledgerSize: () => 0, feedLag: () => 0, sockets: () => 0 }),
    log: pino({ level: 'silent' }),
  } as unknown as HttpParts
  const routes = routesOf(parts)
  const described = openApi(routes, catalogue, parts.publicUrl) as z.infer<typeof Document>

  it('is OpenAPI 3.1 in structure', () => {
    const { error } = Document.safeParse(described)
    expect(error?.issues ?? []).to.deep.equal([])
    for (const [path, operations] of Object.entries(described.paths))
      for (const operation of Object.values(operations)) {
        const templated = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
        const named = (operation!.parameters ?? []).filter((parameter) => parameter.in === 'path')
        expect(named.map(({ name }) => name).sort(), path).to.deep.equal(templated.sort())
        expect(
          named.every(({ required }) => required),
          path,
        ).to.equal(true)
        for (const scheme of operation!.security.flatMap((each) => Object.keys(each)))
          expect(described.components.securitySchemes).to.have.property(scheme)
      }
    const ids = Object.values(described.paths).flatMap((each) =>
      Object.values(each).flatMap((one) => one!.operationId ?? []),
    )
    expect(new Set(ids).size).to.equal(ids.length)
  })

  it('refers to nothing that is not there, and leaves no shape unused', () => {
    const text = JSON.stringify(described)
    const referred = new Set([...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, to]) => to!))
    const there = Object.keys(described.components.schemas).map((name) => `#/components/schemas/${name}`)
    expect([...referred].filter((each) => !there.includes(each))).to.deep.equal([])
    expect(there.filter((each) => !referred.has(each))).to.deep.equal([])
    expect(there).to.include('#/components/schemas/Item').and.include('#/components/schemas/Problem')
    expect(text).not.to.contain('$defs').and.not.to.contain('"$schema"')
  })

  it('has every route that Express has, and no other', async () => {
    const app = await apiOf(parts, routes)
    type Layer = { route?: { path: string; methods: Record<string, boolean> } }
    const served = (app.router.stack as unknown as Layer[]).flatMap(({ route }) =>
      route ? Object.keys(route.methods).map((method) => `${method} ${pathIn(route.path)}`) : [],
    )
    expect(served.length).to.be.greaterThan(25)
    const steps = Object.keys(catalogue.steps).map((name) => `post /api/steps/${name}`)
    const told = Object.entries(described.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method} ${path}`),
    )
    expect(told.sort()).to.deep.equal([...served, ...steps].sort())
  })

  it('has the paths that are promised', () => {
    for (const promised of [
      'post /api/session',
      'get /api/session',
      'delete /api/session',
      'post /api/countersignatures',
      'post /api/steps/{step}',
      'get /api/steps',
      'get /api/items',
      'get /api/items/{code}',
      'get /api/items/{code}/chain',
      'get /api/dockets',
      'get /api/dockets/{id}',
      'get /api/cases',
      'get /api/cases/{no}',
      'get /api/places',
      'get /api/places/{code}',
      'get /api/people',
      'get /api/units',
      'get /api/movements',
      'post /api/files',
      'get /api/files/{sha256}',
      'get /api/labels',
      'get /api/codes/{code}',
      'get /api/demo',
      'post /api/setup',
      'get /health',
      'get /ready',
      'get /metrics',
      'get /api/openapi.json',
    ]) {
      const [method, path] = promised.split(' ') as ['get' | 'post', string]
      expect(described.paths[path]?.[method], promised).to.be.an('object')
    }
  })

  it('says of every step what it asks for', () => {
    for (const [name, step] of Object.entries(catalogue.steps)) {
      const operation = described.paths[`/api/steps/${name}`]!.post!
      const { schema } = operation.requestBody!.content['application/json'] as {
        schema: { properties: Record<string, { properties?: object; required?: string[] }>; required: string[] }
      }
      expect(schema.required, name).to.deep.equal(['commandId'])
      const sample = sampleOf(step.input, '文字') as object
      expect(Object.keys(schema.properties.input!.properties ?? {}).sort(), name).to.deep.equal(
        Object.keys(sample).sort(),
      )
    }
  })

  it('is served to everybody, with the address of this server', async () => {
    const server = await startServer()
    try {
      await populate(server)
      const { body, status } = await new Browser(server.url).get('/api/openapi.json')
      expect(status).to.equal(200)
      expect(body.servers).to.deep.equal([{ url: server.url }])
      expect(Object.keys(body.paths)).to.deep.equal(Object.keys(described.paths))
      expect((await (await signedIn(server, 'officer')).get('/api/openapi.json')).text).to.equal(JSON.stringify(body))
    } finally {
      await server.close()
    }
  })
})
