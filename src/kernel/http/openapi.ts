// The OpenAPI 3.1 description, made from the very list of routes that the router mounts.
import type { TObject, TSchema } from '@sinclair/typebox'
import { problemSchema } from './answers.ts'
import { type Components, components, named } from './components.ts'
import { OWN_ANSWERS } from './own-answers.ts'
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

/**
 * Describes every route. Each operation carries `x-permission`, and each id its `x-entity`. Components are named after
 * documents and operations: `sales.order`, `sales.order.line`, `sales.order.page`, `sales.order.confirm.body` and
 * `.answer`, `sales.backlog.row`; a name stays as long as the document, verb or question does.
 */
export function openApi(routes: readonly Route[], version: string): OpenApi {
  const paths: OpenApi['paths'] = {}
  const shared = components()
  for (const route of routes) {
    const path = templated(route.url)
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route, shared) }
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
      schemas: shared.all(),
    },
  }
}

function operation(route: Route, shared: Components): Operation {
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
    ...(route.file
      ? { requestBody: { required: true, content: { 'application/octet-stream': { schema: FILE } } } }
      : {}),
    ...(route.body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: shared.place(named(`${route.operation}.body`, body)) } },
          },
        }
      : {}),
    responses: {
      '200': { description: 'Done', content: contentOf(route, shared) },
      default: {
        description: 'A refusal, with its code and sentence',
        content: { 'application/problem+json': { schema: shared.place(problemSchema) } },
      },
    },
  }
}

const FILE = { type: 'string', format: 'binary' } as const
const FILES = ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'] as const

/** What a 200 is made of; lists and questions come as files too. */
function contentOf(route: Route, shared: Components): object {
  if (route.produces) return { [route.produces]: { schema: { type: 'string' } } }
  return {
    'application/json': { schema: shared.place(route.answer ?? OWN_ANSWERS[route.operation] ?? {}) },
    ...(route.query && 'format' in route.query.properties
      ? Object.fromEntries(FILES.map((type) => [type, { schema: { type: 'string' } }]))
      : {}),
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

/** An operation as the router and the description both name it: `GET /api/sales/order/{id}`. */
export const operationAt = ({ method, url }: { method: string; url: string }): string => `${method} ${templated(url)}`

/** Refuses to boot when the router has an operation that no route in the list describes, or lacks one. */
export function checkSame(mounted: readonly string[], routes: readonly Route[]): void {
  const listed = new Set(routes.map(operationAt))
  const router = new Set(mounted)
  const extra = mounted.filter((one) => !listed.has(one))
  const lacking = [...listed].filter((one) => !router.has(one))
  if (extra.length > 0) throw new Error(`the router has ${extra.join(', ')}, which no list of routes describes`)
  if (lacking.length > 0) throw new Error(`described but not mounted: ${lacking.join(', ')}`)
}
