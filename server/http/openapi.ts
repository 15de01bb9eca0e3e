// The description of this interface as OpenAPI 3.1, made from the schemas that routes and steps are checked with.

import { z } from 'zod'
import { exampleOf } from '../contract/examples.ts'
import { StepEnvelope } from '../contract/steps.ts'
import type { Catalogue } from '../custody/catalogue.ts'
import { ProblemDetails } from './answers.ts'
import { openRoute, type Route } from './route.ts'

type Json = Record<string, unknown>

/** Express writes `:code`, and `*path` for all that follows; OpenAPI `{code}`. */
export const pathIn = (path: string): string => path.replace(/[:*](\w+)/g, '{$1}')

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _, ...stated } = z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline' }) as Json
  return stated
}

/** The document; `routes` are those of the app, this one included. */
export function openApi(routes: readonly Route[], catalogue: Catalogue, publicUrl: string): Json {
  const components: Record<string, Json> = {}
  const answered = (schema: z.ZodType): Json => hoisted(schemaOf(schema, 'output'), components)
  const problem = { 'application/problem+json': { schema: answered(ProblemDetails), examples: problemsShown } }
  const paths: Record<string, Record<string, Json>> = {}

  for (const route of routes) {
    const { method, path, summary, open, params, query, body, upload, gives } = route
    const status = String(route.status ?? (gives ? 200 : 204))
    const parameters = [...parametersOf('path', params), ...parametersOf('query', query)]
    const operation: Json = {
      operationId: operationIdOf(method, path),
      tags: [tagOf(path)],
      summary,
      ...(parameters.length > 0 ? { parameters } : {}),
      ...(body
        ? {
            requestBody: {
              required: true,
              content: { 'application/json': { schema: schemaOf(body, 'input'), example: exampleOf(body) } },
            },
          }
        : {}),
      ...(upload ? { requestBody: { required: true, content: { 'multipart/form-data': { schema: oneFile } } } } : {}),
      responses: {
        [status]: { description: summary, ...contentOf(gives, answered) },
        default: { description: 'What went wrong', content: problem },
      },
      security: open ? [] : [{ session: [] }],
    }
    paths[pathIn(path)] = { ...paths[pathIn(path)], [method]: operation }
    if (path === '/api/steps/:step' && method === 'post')
      for (const [name, step] of Object.entries(catalogue.steps))
        paths[`/api/steps/${name}`] = { post: stepOf(name, step, operation) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Stillpoint',
      version: '1',
      description:
        'Custody of evidence and seized property. Times are UTC, ISO 8601; weights, money and quantities are decimal strings.',
    },
    servers: [{ url: publicUrl }],
    tags: tagsOf(paths),
    paths,
    components: {
      schemas: components,
      examples: problems,
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: publicUrl.startsWith('https:') ? '__Host-stillpoint' : 'stillpoint',
        },
      },
    },
  }
}

export function openApiRoute(of: () => Json): Route {
  return openRoute({
    method: 'get',
    path: '/api/openapi.json',
    summary: 'This description',
    gives: z.record(z.string(), z.unknown()),
    handle: async () => of(),
  })
}

const oneFile = {
  type: 'object',
  properties: { file: { type: 'string', contentMediaType: 'application/octet-stream' } },
  required: ['file'],
}

/** `get /api/items/:code/chain` is `getItemsCodeChain`. */
const operationIdOf = (method: string, path: string): string =>
  method +
  path
    .replace(/^\/api/, '')
    .split(/[^a-zA-Z0-9]+/)
    .map((part) => part.slice(0, 1).toUpperCase() + part.slice(1))
    .join('')

/** What an address is about; what is there for the operator has none. */
const tagOf = (path: string): string => path.match(/^\/api\/([a-z]+)/)?.[1] ?? 'operator'

function tagsOf(paths: Record<string, Record<string, Json>>): Json[] {
  const operations = Object.values(paths).flatMap((each) => Object.values(each))
  return [...new Set(operations.flatMap(({ tags }) => tags as string[]))].map((name) => ({ name }))
}

/** A refusal by a rule and a bad input, as every operation may answer. */
const problems = {
  Refused: {
    summary: 'A rule refuses it',
    value: {
      type: 'urn:stillpoint:problem:retrieval.not-stored',
      title: 'Conflict',
      status: 409,
      detail: 'Item E-Z6DMV-29GQY-2 is not in store, so it cannot be retrieved.',
      code: 'retrieval.not-stored',
      params: { code: 'EZ6DMV29GQY2' },
      requestId: '0b8f7a52-6f0c-4d39-9a3e-5b1c2d4e6f70',
    },
  },
  BadInput: {
    summary: 'Something in the input will not do',
    value: {
      type: 'urn:stillpoint:problem:input.invalid',
      title: 'Bad Request',
      status: 400,
      detail: 'Something is filled in wrongly; see the marks.',
      code: 'input.invalid',
      errors: [
        {
          pointer: '/input/reason',
          code: 'input.absent',
          name: 'Reason',
          detail: 'Fill this in.',
          expected: {
            says: 'Expected text (1 to 1000 characters), such as 送司法鉴定中心检验.',
            type: 'string',
            minLength: 1,
            maxLength: 1000,
            example: '送司法鉴定中心检验',
          },
        },
      ],
      requestId: '0b8f7a52-6f0c-4d39-9a3e-5b1c2d4e6f70',
    },
  },
}
const problemsShown = Object.fromEntries(
  Object.keys(problems).map((name) => [name, { $ref: `#/components/examples/${name}` }]),
)

function stepOf(name: string, { on, input, by }: Catalogue['steps'][string], operation: Json): Json {
  const { properties, required, ...envelope } = schemaOf(StepEnvelope, 'input')
  const asked = schemaOf(input, 'input')
  const schema = {
    ...envelope,
    properties: { ...(properties as Json), input: asked },
    required: [...(required as string[]), ...(asked.required ? ['input'] : [])],
  }
  const { commandId, items } = exampleOf(StepEnvelope) as StepEnvelope
  const example = { commandId, ...(on === 'item' ? { items } : {}), input: exampleOf(input) }
  const { parameters: _, ...rest } = operation
  return {
    ...rest,
    operationId: name,
    tags: [name.split('.', 1)[0]],
    summary: `${name}, by ${by.join(', ')}`,
    requestBody: { required: true, content: { 'application/json': { schema, example } } },
  }
}

function parametersOf(where: 'path' | 'query', schema: z.ZodType | undefined): Json[] {
  if (!schema) return []
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Record<string, Json>
    required?: string[]
  }
  const examples = exampleOf(schema) as Json
  return Object.entries(properties).map(([name, stated]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    // What follows in an address is one text, whatever it is split into here.
    ...(where === 'path' && stated.type === 'array'
      ? { schema: { type: 'string' }, example: (examples[name] as string[]).join('/') }
      : { schema: stated, example: examples[name] }),
  }))
}

function contentOf(gives: Route['gives'], answered: (schema: z.ZodType) => Json): Json {
  if (!gives) return {}
  if (gives instanceof z.ZodType)
    return { content: { 'application/json': { schema: answered(gives), example: exampleOf(gives) } } }
  return { content: Object.fromEntries((gives as readonly string[]).map((type) => [type, {}])) }
}

/** Moves the shapes with a name to the components, where every route refers to them. */
function hoisted(schema: Json, components: Record<string, Json>): Json {
  const { $defs, ...rest } = schema as Json & { $defs?: Record<string, Json> }
  const move = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(move)
    if (!value || typeof value !== 'object') return value
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [
        name,
        name === '$ref' && typeof each === 'string' ? each.replace('#/$defs/', '#/components/schemas/') : move(each),
      ]),
    )
  }
  for (const [name, stated] of Object.entries($defs ?? {})) components[name] = move(stated) as Json
  return move(rest) as Json
}
