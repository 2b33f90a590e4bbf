// Puts routes on a Fastify server: gate, validation, answer. Refuses to boot what has no permission or no closed schema.

import { Readable } from 'node:stream'
import { type TObject, Type } from '@sinclair/typebox'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Access } from '#kernel/access'
import type { Kernel } from '#kernel/kernel'
import { type GateOptions, type Passed, pass } from './gate.ts'
import type { Metrics } from './metrics.ts'
import { refuse } from './refusals.ts'
import type { Call, Route } from './route.ts'
import { queryReader, validator } from './validate.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    tradewright?: Route
  }
  interface FastifyRequest {
    passed: Passed | null
  }
}

export type Mounting = {
  readonly kernel: Kernel
  readonly access: Access
  readonly gate: GateOptions
  readonly metrics: Metrics
}

const NOTHING = Type.Object({}, { additionalProperties: false })

/** Mounts every route. Throws when one has no permission, an open schema, or when a public one is not in `publicUrls`. */
export function mount(
  app: FastifyInstance,
  routes: readonly Route[],
  publicUrls: ReadonlySet<string>,
  mounting: Mounting,
): void {
  app.decorateRequest('passed', null)
  app.addHook('onRequest', async (request) => {
    const route = request.routeOptions.config.tradewright
    if (route) request.passed = await pass(mounting.gate, route, request)
  })
  const operations = new Set<string>()
  for (const route of routes) {
    checkRoute(route, publicUrls)
    if (operations.has(route.operation)) throw new Error(`two routes are called ${route.operation}`)
    operations.add(route.operation)
    app.route({
      method: route.method,
      url: route.url,
      exposeHeadRoute: false,
      config: { tradewright: route },
      handler: handlerOf(route, mounting),
    })
  }
}

function checkRoute(route: Route, publicUrls: ReadonlySet<string>): void {
  const at = `${route.method} ${route.url}`
  if (!route.needs) throw new Error(`${at} says nothing about who may use it`)
  if (route.needs.kind === 'may' && !/^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+$/.test(route.needs.permission))
    throw new Error(`${at} names no permission`)
  if (route.needs.kind === 'public' && !publicUrls.has(at))
    throw new Error(`${at} is public, and not in the list of public routes`)
  for (const schema of [route.params, route.query, route.body]) {
    if (schema && schema.additionalProperties !== false)
      throw new Error(`${at} takes input that it does not know; close its schema`)
  }
  if ((route.body || route.file) && route.method !== 'POST') throw new Error(`${at} has a body and is no POST`)
  if (route.body && route.file) throw new Error(`${at} takes a file, and so no other body`)
}

/** Queries may carry the company and the dry run wherever there is a company; the gate has read them. */
function querySchema(route: Route): TObject {
  const own = route.query ?? NOTHING
  if (route.needs.kind === 'public' || route.needs.kind === 'signed-in') return own
  const common = {
    company: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 40,
        description: 'Code or number of the company; needed by whoever works in more than one.',
      }),
    ),
    ...(route.method === 'POST' && route.changes !== false
      ? {
          dryRun: Type.Optional(
            Type.Union([Type.Literal('true'), Type.Literal('false')], {
              description: 'true shows what would happen and changes nothing.',
            }),
          ),
        }
      : {}),
  }
  return Type.Object({ ...common, ...own.properties }, { additionalProperties: false })
}

/** The schemas of a route as they are checked and published. */
export const schemasOf = (route: Route): { params: TObject; query: TObject; body: TObject } => ({
  params: route.params ?? NOTHING,
  query: querySchema(route),
  body: route.body ?? NOTHING,
})

function handlerOf(route: Route, { kernel, access }: Mounting) {
  const schemas = schemasOf(route)
  const checkParams = route.params ? validator(schemas.params) : undefined
  const checkQuery = validator(schemas.query)
  const checkBody = validator(schemas.body)
  const readQuery = queryReader(schemas.query)
  return async (request: FastifyRequest, reply: FastifyReply) => {
    // Fastify types these as unknown; from here on the validators vouch for their shapes.
    const params = request.params as Readonly<Record<string, string>>
    const query = readQuery(request.query as Readonly<Record<string, unknown>>)
    const file = route.file && request.body instanceof Readable ? request.body : undefined
    const body = (route.file ? {} : (request.body ?? {})) as Readonly<Record<string, unknown>>
    // An address that ends where an id should stand is the address of nothing.
    if (checkParams && Object.values(params).includes(''))
      refuse('ROUTE_UNKNOWN', { path: request.url.split('?', 1)[0] })
    checkParams?.(params)
    checkQuery(query)
    checkBody(body)
    const passed = request.passed
    if (!passed) throw new Error(`${route.operation} was reached without passing the gate`)
    const call: Call = {
      kernel,
      access,
      now: passed.now,
      params,
      query,
      body,
      file,
      ip: request.ip,
      reply,
      who: () => passed.who ?? missing(route, 'person'),
      context: () => passed.context ?? missing(route, 'company'),
    }
    const answer = await route.handle(call)
    if (reply.sent || answer === reply) return reply
    return reply
      .type('application/json; charset=utf-8')
      .send(typeof answer === 'string' ? answer : JSON.stringify(answer ?? null))
  }
}

function missing(route: Route, what: string): never {
  throw new Error(`${route.operation} asked for a ${what}, which its kind of route does not have`)
}
