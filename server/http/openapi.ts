// The description of this interface as OpenAPI 3.1, made from the schemas that routes and steps are checked with.

import { z } from 'zod'
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
  const problem = { 'application/problem+json': { schema: answered(ProblemDetails) } }
  const paths: Record<string, Record<string, Json>> = {}

  for (const route of routes) {
    const { method, path, summary, open, params, query, body, upload, gives } = route
    const status = String(route.status ?? (gives ? 200 : 204))
    const parameters = [...parametersOf('path', params), ...parametersOf('query', query)]
    const operation: Json = {
      summary,
      ...(parameters.length > 0 ? { parameters } : {}),
      ...(body
        ? { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body, 'input') } } } }
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
        paths[`/api/steps/${name}`] = { post: stepOf(name, step.input, step.by, operation) }
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
    paths,
    components: {
      schemas: components,
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

function stepOf(name: string, input: z.ZodType, by: readonly string[], operation: Json): Json {
  const { properties, ...envelope } = schemaOf(StepEnvelope, 'input')
  const schema = { ...envelope, properties: { ...(properties as Json), input: schemaOf(input, 'input') } }
  const { parameters: _, ...rest } = operation
  return {
    ...rest,
    operationId: name,
    summary: `${name}, by ${by.join(', ')}`,
    requestBody: { required: true, content: { 'application/json': { schema } } },
  }
}

function parametersOf(where: 'path' | 'query', schema: z.ZodType | undefined): Json[] {
  if (!schema) return []
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Record<string, Json>
    required?: string[]
  }
  return Object.entries(properties).map(([name, stated]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    schema: stated,
  }))
}

function contentOf(gives: Route['gives'], answered: (schema: z.ZodType) => Json): Json {
  if (!gives) return {}
  if (gives instanceof z.ZodType) return { content: { 'application/json': { schema: answered(gives) } } }
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
