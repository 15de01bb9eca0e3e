// The description of the interface: OpenAPI 3.1 in structure, with every route of the app and every step in it.

import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect } from 'chai'
import type { RequestHandler } from 'express'
import pino from 'pino'
import { z } from 'zod'
import { StepEnvelope } from '../../server/contract/steps.ts'
import { catalogue } from '../../server/custody/catalogue.ts'
import { ProblemDetails } from '../../server/http/answers.ts'
import { apiOf, routesOf } from '../../server/http/api.ts'
import { newMetrics } from '../../server/http/metrics.ts'
import { openApi, pathIn } from '../../server/http/openapi.ts'
import type { HttpParts } from '../../server/http/parts.ts'
import { sampleOf } from '../support/samples.ts'
import { Browser, populate, signedIn, startServer } from '../support/server.ts'

const Schema = z.union([z.record(z.string(), z.unknown()), z.boolean()])
const Content = z.record(
  z.string().regex(/^[\w.+-]+\/[\w.+-]+$/),
  z.strictObject({
    schema: Schema.optional(),
    example: z.unknown().optional(),
    examples: z.record(z.string(), z.strictObject({ $ref: z.string() })).optional(),
  }),
)
const Operation = z.strictObject({
  operationId: z.string().regex(/^[a-z][\w.-]+$/),
  tags: z.tuple([z.string()]),
  summary: z.string().min(5),
  parameters: z
    .array(
      z.strictObject({
        name: z.string(),
        in: z.enum(['path', 'query']),
        required: z.boolean(),
        schema: Schema,
        example: z.unknown(),
      }),
    )
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
  tags: z.array(z.strictObject({ name: z.string() })),
  paths: z.record(z.string().startsWith('/'), z.partialRecord(z.enum(['get', 'post', 'delete']), Operation)),
  components: z.strictObject({
    examples: z.record(z.string(), z.strictObject({ summary: z.string(), value: z.unknown() })),
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
    const ids = Object.values(described.paths).flatMap((each) => Object.values(each).map((one) => one!.operationId))
    expect(new Set(ids).size).to.equal(ids.length)
  })

  it('is good OpenAPI to a validator that is not ours', async () => {
    const { valid, errors } = await new Validator().validate(JSON.parse(JSON.stringify(described)))
    expect(errors ?? []).to.deep.equal([])
    expect(valid).to.equal(true)
  })

  it('shows for every operation what is sent and what comes back, good by its own schemas', () => {
    const ajv = new Ajv2020({
      strict: false,
      formats: { 'date-time': true, date: true, uuid: true, uri: true, sha256: true },
    })
    ajv.addSchema({ $id: 'document', components: described.components })
    const held = (schema: unknown, example: unknown, where: string) => {
      expect(example, where).not.to.equal(undefined)
      const within = JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"document#/components/'))
      expect(ajv.validate(within, example), `${where}: ${ajv.errorsText()} ${JSON.stringify(example)}`).to.equal(true)
    }
    for (const [path, operations] of Object.entries(described.paths))
      for (const [method, operation] of Object.entries(operations)) {
        const where = `${method} ${path}`
        for (const { name, schema, example } of operation!.parameters ?? []) held(schema, example, `${where} ${name}`)
        const sent = operation!.requestBody?.content['application/json']
        if (sent) held(sent.schema, sent.example, `${where} sends`)
        for (const [status, { content }] of Object.entries(operation!.responses)) {
          const given = content?.['application/json']
          if (given?.schema) held(given.schema, given.example, `${where} ${status}`)
        }
      }
  })

  it('shows what the program itself takes and gives', () => {
    for (const { method, path, params, query, body, gives } of routes) {
      const { parameters = [], requestBody, responses } = described.paths[pathIn(path)]![method]!
      const shown = (where: string) =>
        Object.fromEntries(parameters.filter((each) => each.in === where).map(({ name, example }) => [name, example]))
      // `*path` is split before its schema sees it.
      if (!path.includes('*')) params?.parse(shown('path'))
      query?.parse(shown('query'))
      body?.parse(requestBody!.content['application/json']!.example)
      if (gives instanceof z.ZodType)
        gives.parse(
          Object.values(responses).find(({ content }) => content?.['application/json'])!.content!['application/json']!
            .example,
        )
    }
    for (const [name, step] of Object.entries(catalogue.steps)) {
      const { example } = described.paths[`/api/steps/${name}`]!.post!.requestBody!.content['application/json']!
      const { items, input } = StepEnvelope.parse(example)
      expect(items.length > 0, name).to.equal(step.on === 'item')
      step.input.parse(input)
    }
    for (const { value } of Object.values(described.components.examples)) ProblemDetails.parse(value)
  })

  it('puts each step under its procedure, and each address under what it is about', () => {
    expect(described.paths['/api/steps/retrieval.request']!.post!.tags).to.deep.equal(['retrieval'])
    expect(described.paths['/api/items/{code}/chain']!.get).to.include({ operationId: 'getItemsCodeChain' })
    expect(described.paths['/api/items/{code}/chain']!.get!.tags).to.deep.equal(['items'])
    const used = Object.values(described.paths).flatMap((each) => Object.values(each).flatMap((one) => one!.tags))
    expect(described.tags.map(({ name }) => name).sort()).to.deep.equal([...new Set(used)].sort())
  })

  it('refers to nothing that is not there, and leaves no shape unused', () => {
    const text = JSON.stringify(described)
    const referred = new Set([...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, to]) => to!))
    const there = (['schemas', 'examples'] as const).flatMap((group) =>
      Object.keys(described.components[group]).map((name) => `#/components/${group}/${name}`),
    )
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
      const { schema } = operation.requestBody!.content['application/json'] as unknown as {
        schema: { properties: Record<string, { properties?: object; required?: string[] }>; required: string[] }
      }
      const mustAsk = schema.properties.input!.required !== undefined
      expect(schema.required, name).to.deep.equal(mustAsk ? ['commandId', 'input'] : ['commandId'])
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
