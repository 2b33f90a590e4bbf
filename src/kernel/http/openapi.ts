// The OpenAPI 3.1 description, made from the very list of routes that the router mounts.
import type { TObject, TSchema } from '@sinclair/typebox'
import type { Route } from './route.ts'
import { schemasOf } from './router.ts'

type Operation = Record<string, unknown>
export type OpenApi = {
  openapi: '3.1.0'
  info: object
  paths: Record<string, Record<string, Operation>>
  components: object
}

/** A path as OpenAPI writes it: `/api/sales/order/{id}`. */
export const templated = (url: string): string => url.replace(/:(\w+)/g, '{$1}')

/** Describes every route. Each operation carries `x-permission`, and each id its `x-entity`. */
export function openApi(routes: readonly Route[], version: string): OpenApi {
  const paths: OpenApi['paths'] = {}
  for (const route of routes) {
    const path = templated(route.url)
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tradewright',
      version,
      description:
        'Every verb of every document, every list and every question. Errors are RFC 9457 problem details with a code.',
    },
    paths,
    components: {
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'An API key, tw_...' },
        session: { type: 'apiKey', in: 'cookie', name: '__Host-tradewright' },
      },
      schemas: { Problem: PROBLEM },
    },
  }
}

const PROBLEM = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code', 'retry', 'instance'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string' },
    retry: { enum: ['no', 'yes', 'after-change'] },
    instance: { type: 'string' },
    parameters: { type: 'object' },
    errors: {
      type: 'array',
      items: { type: 'object', properties: { pointer: { type: 'string' }, detail: { type: 'string' } } },
    },
  },
}

function operation(route: Route): Operation {
  const { params, query, body } = schemasOf(route)
  const withKey = route.method === 'POST' && route.needs.kind !== 'public' && route.needs.kind !== 'signed-in'
  return {
    operationId: route.operation,
    tags: [route.tag],
    summary: route.summary,
    'x-permission': route.needs.kind === 'may' ? route.needs.permission : route.needs.kind,
    ...(route.needs.kind === 'public' ? { security: [] } : { security: [{ key: [] }, { session: [] }] }),
    parameters: [
      ...parameters('path', params),
      ...parameters('query', query),
      ...(withKey
        ? [
            {
              name: 'Idempotency-Key',
              in: 'header',
              required: false,
              description: 'One key, one effect.',
              schema: { type: 'string', minLength: 8, maxLength: 200 },
            },
          ]
        : []),
    ],
    ...(route.body ? { requestBody: { required: true, content: { 'application/json': { schema: body } } } } : {}),
    responses: {
      '200': {
        description: 'Done',
        content: { [route.produces ?? 'application/json']: { schema: route.produces ? { type: 'string' } : {} } },
      },
      default: {
        description: 'A refusal, with its code and sentence',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  }
}

const parameters = (place: 'path' | 'query', schema: TObject): readonly object[] =>
  Object.entries(schema.properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || (schema.required ?? []).includes(name),
    ...entityOf(property),
    schema: property,
  }))

const entityOf = (property: TSchema): object =>
  typeof property['x-entity'] === 'string' ? { 'x-entity': property['x-entity'] } : {}

/** Refuses to boot when router and description are not the same set of operations. */
export function checkSame(mounted: readonly string[], described: OpenApi): void {
  const listed = Object.entries(described.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )
  const router = new Set(mounted)
  const extra = mounted.filter((one) => !listed.includes(one))
  const lacking = listed.filter((one) => !router.has(one))
  if (extra.length > 0) throw new Error(`the router has ${extra.join(', ')}, which no list of routes describes`)
  if (lacking.length > 0) throw new Error(`described but not mounted: ${lacking.join(', ')}`)
}
