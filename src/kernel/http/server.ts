// The HTTP server itself: limits on what may come in, headers on what goes out, and one way to say no.
import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  fastify,
  LogController,
} from 'fastify'
import { newId } from '#kernel/ids'
import { API_HEADERS, TRANSPORT_HEADERS } from './headers.ts'
import { readJson } from './json.ts'
import type { Metrics } from './metrics.ts'
import { BODY_MOST, InputInvalid, problemOf, refusalFor } from './problem.ts'
import { refusal } from './refusals.ts'
import type { Route } from './route.ts'

export type ServerOptions = {
  readonly metrics: Metrics
  /** What will be mounted, to tell a wrong method from a wrong address. */
  readonly routes: readonly Route[]
  /** 'silent' for none. */
  readonly logLevel: string
  /** Where log lines go instead of stdout. */
  readonly logStream?: { write(line: string): void }
  readonly bodyMost?: number
  /** Whether the product is reached by TLS. */
  readonly tls: boolean
}

/** A server without routes. */
export function createServer(options: ServerOptions): FastifyInstance {
  const headers = options.tls ? { ...API_HEADERS, ...TRANSPORT_HEADERS } : API_HEADERS
  const app = fastify({
    bodyLimit: options.bodyMost ?? BODY_MOST,
    requestTimeout: 60_000,
    // How long a start may wait for the database is the database's to say (`openPool`), and its refusals name the reason.
    pluginTimeout: 0,
    keepAliveTimeout: 72_000,
    forceCloseConnections: 'idle',
    trustProxy: false,
    exposeHeadRoutes: false,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => '',
    routerOptions: {
      maxParamLength: 120,
      ignoreTrailingSlash: false,
      ignoreDuplicateSlashes: false,
      caseSensitive: true,
    },
    // A client that sends its headers drop by drop is cut off; the check runs often enough to mean it.
    http: { headersTimeout: 10_000, connectionsCheckingInterval: 2_000, maxHeaderSize: 16_384 },
    logger:
      options.logLevel === 'silent'
        ? false
        : { level: options.logLevel, base: null, ...(options.logStream ? { stream: options.logStream } : {}) },
    frameworkErrors: (error, request, reply) => {
      reply.headers(headers)
      sendProblem(error, request, reply, options.metrics)
    },
    clientErrorHandler: (_error, socket) => {
      if (socket.writable)
        socket.end(
          `HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n${Object.entries(headers)
            .map(([key, value]) => `${key}: ${value}\r\n`)
            .join('')}\r\n`,
        )
    },
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, text, done) => {
    try {
      done(null, text === '' ? {} : readJson(String(text)))
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)))
    }
  })
  // Handed on unread, and only where a route asks for a file: everywhere else this is no kind of body.
  app.addContentTypeParser('application/octet-stream', (request, payload, done) => {
    if (request.routeOptions.config.tradewright?.file) done(null, payload)
    else done(refusal('CONTENT_TYPE_UNKNOWN'))
  })
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(headers)
    if (request.url.includes('%00'))
      throw refusal('REQUEST_INVALID', { problem: 'the address holds the character NUL.' })
  })
  dropUnused(app)
  app.addHook('onResponse', async (request, reply) => {
    options.metrics.answered(
      request.method,
      request.routeOptions.url ?? 'unknown',
      reply.statusCode,
      reply.elapsedTime / 1000,
    )
  })
  app.setErrorHandler((error: FastifyError, request, reply) => sendProblem(error, request, reply, options.metrics))
  app.setNotFoundHandler((request, reply) => {
    const path = pathOf(request)
    const allowed = methodsAt(options.routes, path)
    if (allowed.length === 0) return sendProblem(refusal('ROUTE_UNKNOWN', { path }), request, reply, options.metrics)
    reply.header('allow', allowed.join(', '))
    return sendProblem(
      refusal('METHOD_UNKNOWN', { method: request.method, allowed: allowed.join(' or ') }),
      request,
      reply,
      options.metrics,
    )
  })
  return app
}

/** Clients open connections in advance. One that has asked nothing is not idle for Node, and would hold up the end for a minute. */
function dropUnused(app: FastifyInstance): void {
  const unused = new Set<Socket>()
  app.server.on('connection', (socket: Socket) => {
    unused.add(socket)
    socket.once('close', () => unused.delete(socket))
  })
  app.server.on('request', ({ socket }: IncomingMessage) => unused.delete(socket))
  app.addHook('preClose', async () => {
    for (const socket of unused) socket.destroy()
  })
}

const pathOf = (request: FastifyRequest): string => request.url.split('?', 1)[0]?.slice(0, 400) ?? ''

/** The methods that some route has for a path; asked only when nothing was found, so it need not be fast. */
function methodsAt(routes: readonly Route[], path: string): readonly string[] {
  const asked = path.split('/')
  const fits = (url: string) => {
    const parts = url.split('/')
    return parts.length === asked.length && parts.every((part, at) => part.startsWith(':') || part === asked[at])
  }
  return [...new Set(routes.filter((route) => fits(route.url)).map((route) => route.method))]
}

/** Answers an error: a refusal with its code, a fault with an incident that the log explains. */
export function sendProblem(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  metrics: Metrics,
): FastifyReply {
  const known = refusalFor(error)
  const incident = known ? undefined : newId()
  const no = known ?? refusal('INTERNAL_ERROR', { incident })
  const problem = problemOf(no, pathOf(request), error instanceof InputInvalid ? error.misfits : undefined)
  const who = request.passed?.who?.principal.id
  if (incident) request.log.error({ incident, route: request.routeOptions.url, who, err: error })
  else if (problem.status === 401 || problem.status === 403 || no.code === 'COMPANY_UNKNOWN')
    request.log.warn(
      {
        code: no.code,
        route: request.routeOptions.url,
        method: request.method,
        who,
        ip: request.ip,
        parameters: no.detail,
      },
      'denied',
    )
  metrics.refused(no.code)
  if (problem.status === 503 || problem.status === 429)
    reply.header('retry-after', String(no.detail.seconds ?? (no.code === 'DATABASE_UNREACHABLE' ? 5 : 1)))
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer realm="tradewright"')
  return reply.code(problem.status).type('application/problem+json; charset=utf-8').send(JSON.stringify(problem))
}
