// The gate before every handler: who is it, from where, for which company, and may he. Nothing is read before it opens.
import type { FastifyRequest } from 'fastify'
import type { Access, SignedIn } from '#kernel/access'
import { businessDate } from '#kernel/access'
import { type Context, grantsFor } from '#kernel/context'
import { refuse as refuseKernel } from '#kernel/refusal'
import { type CookieMode, readCookie } from './cookie.ts'
import type { Limiter } from './limits.ts'
import { refuse } from './refusals.ts'
import type { Route } from './route.ts'

/** What the gate found out about a request. */
export type Passed = { readonly now: Date; readonly who?: SignedIn; readonly context?: Context }

export type GateOptions = {
  readonly access: Access
  readonly cookie: CookieMode
  readonly perPrincipal: Limiter
  /** For what can be guessed: sign-in, links, tokens; by address, and for everybody together. */
  readonly perAddress: Limiter
  readonly everybody: Limiter
}

const KEY_SHAPE = /^[\x21-\x7e]{8,200}$/

/** Lets a request through or throws the refusal that says why not. */
export async function pass(options: GateOptions, route: Route, request: FastifyRequest): Promise<Passed> {
  const now = options.access.clock()
  if (route.limit === 'strict') guard(options, request.ip, now)
  if (route.needs.kind === 'public') {
    if (route.changes !== false && route.method !== 'GET') refuseForeignOrigin(request)
    return { now }
  }
  const who = await recognise(options, request, now)
  const wait = options.perPrincipal(who.principal.id, now.getTime())
  if (wait > 0) refuse('TOO_MANY_REQUESTS', { seconds: wait })
  if (who.via === 'session' && route.method !== 'GET') refuseCrossSite(request)
  if (route.needs.kind === 'signed-in') return { now, who }
  return { now, who, context: contextOf(route, request, who, now) }
}

function guard(options: GateOptions, ip: string, now: Date): void {
  const wait = options.perAddress(ip, now.getTime()) || options.everybody('', now.getTime())
  if (wait > 0) refuse('TOO_MANY_REQUESTS', { seconds: wait })
}

async function recognise(options: GateOptions, request: FastifyRequest, now: Date): Promise<SignedIn> {
  const { authorization, cookie } = request.headers
  let who: SignedIn | undefined
  if (authorization !== undefined) {
    const [scheme, key = ''] = authorization.split(' ', 2)
    if (scheme?.toLowerCase() === 'bearer') who = await options.access.byKey(key)
  } else {
    const token = readCookie(cookie, options.cookie)
    if (token === undefined || token === '') return refuseKernel('NOT_SIGNED_IN')
    who = await options.access.bySession(token)
  }
  if (who) return who
  guard(options, request.ip, now)
  return refuseKernel('NOT_SIGNED_IN')
}

const originHost = (origin: string): string | undefined => (URL.canParse(origin) ? new URL(origin).host : undefined)

/** A cookie travels by itself, so a change needs proof that our own page asked: Fetch Metadata, or the Origin header. */
function refuseCrossSite(request: FastifyRequest): void {
  const site = request.headers['sec-fetch-site']
  const { origin, host } = request.headers
  const own =
    origin === undefined
      ? site === 'same-origin'
      : originHost(origin) === host && (site === undefined || site === 'same-origin')
  if (!own) refuse('CROSS_SITE')
}

/** Without a cookie nothing travels by itself; only a browser on a foreign page is turned away (no forced sign-in). */
function refuseForeignOrigin(request: FastifyRequest): void {
  if (request.headers.origin !== undefined || request.headers['sec-fetch-site'] !== undefined) refuseCrossSite(request)
}

function contextOf(route: Route, request: FastifyRequest, who: SignedIn, now: Date): Context {
  // Fastify has parsed the query by now; a parameter given twice is an array and fits no schema.
  const query = request.query as Readonly<Record<string, unknown>>
  const company = companyOf(who, query.company)
  if (route.needs.kind === 'may' && grantsFor(who.principal, route.needs.permission, company.id).length === 0) {
    refuseKernel('NOT_ALLOWED', { permission: route.needs.permission })
  }
  const key = request.headers['idempotency-key']
  if (key !== undefined && (typeof key !== 'string' || !KEY_SHAPE.test(key))) refuse('IDEMPOTENCY_KEY_INVALID')
  return {
    principal: who.principal,
    companyId: company.id,
    channel: who.via === 'key' ? 'api' : 'inside',
    now,
    today: businessDate(company.timeZone, now),
    ...(typeof key === 'string' ? { key } : {}),
    ...(query.dryRun === 'true' ? { dryRun: true } : {}),
  }
}

function companyOf(who: SignedIn, named: unknown) {
  if (named === undefined) {
    const [only, ...more] = who.companies
    if (only && more.length === 0) return only
    return who.companies.length === 0 ? refuse('COMPANY_UNKNOWN', { company: '' }) : refuseKernel('COMPANY_NEEDED')
  }
  const found = who.companies.find((company) => company.code === named || String(company.id) === named)
  return (
    found ?? refuse('COMPANY_UNKNOWN', { company: typeof named === 'string' ? named.slice(0, 40) : '(given twice)' })
  )
}
