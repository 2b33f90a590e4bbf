// The door of HTTP: builds the server out of the modules and the kernel's own routes.
import type { FastifyInstance } from 'fastify'
import type { Access } from '#kernel/access'
import { sql, transaction } from '#kernel/db'
import type { ModuleSpec } from '#kernel/module'
import { accessRoutes } from './http/access-routes.ts'
import { approvalRoutes } from './http/approval-routes.ts'
import { readCatalogue } from './http/catalogue.ts'
import { commandRoutes } from './http/command-routes.ts'
import type { CookieMode } from './http/cookie.ts'
import { documentRoutes, type Known } from './http/document-routes.ts'
import { type Limit, limiter } from './http/limits.ts'
import { type Metrics, metrics } from './http/metrics.ts'
import { checkSame, type OpenApi, openApi, operationAt } from './http/openapi.ts'
import { pageRoutes } from './http/pages.ts'
import { queryRoutes } from './http/query-routes.ts'
import { anybody, type Route } from './http/route.ts'
import { mount } from './http/router.ts'
import { createServer } from './http/server.ts'
import { sessionRoutes } from './http/session-routes.ts'
import { systemRoutes } from './http/system-routes.ts'
import { type EventStream, eventStream } from './http/web/events.ts'
import { FILE_ROUTES, fileRoutes } from './http/web/files.ts'
import { webRoutes } from './http/web.ts'

export { anybody, type Call, holder, inCompany, type Needs, type Route, signedIn } from './http/route.ts'

export type HttpOptions = {
  readonly access: Access
  readonly modules: readonly ModuleSpec[]
  /** Routes that cannot be derived from a description. Public ones must be named in `publicRoutes` too. */
  readonly routes?: readonly Route[]
  readonly publicRoutes?: readonly string[]
  /** 'tls' unless the server listens on loopback alone. */
  readonly cookie?: CookieMode
  readonly logLevel?: string
  readonly logStream?: { write(line: string): void }
  readonly limits?: { readonly perPrincipal?: Limit; readonly perAddress?: Limit; readonly everybody?: Limit }
  readonly bodyMost?: number
  /** False when a web app among `routes` brings its own first page. */
  readonly home?: boolean
  readonly version?: string
  /** The folder of the built web app, which then takes the place of the plain first page. */
  readonly web?: string
}

/** What anybody may ask without signing in; nothing else is public. */
export const PUBLIC_ROUTES: readonly string[] = [
  'POST /api/session',
  'POST /api/session/set-up',
  'POST /api/session/password-link',
  'GET /healthz',
  'GET /readyz',
  'GET /',
  'GET /page.css',
  'GET /api',
  'GET /api/openapi.json',
]

type Parts = { readonly counted: Metrics; readonly known: Known; readonly events: EventStream }

/** Every route of the product, in the order in which they are listed. */
function allRoutes(options: Omit<HttpOptions, 'access'>, { counted, known, events }: Parts): readonly Route[] {
  const described: { text?: string } = {}
  const routes: readonly Route[] = [
    ...sessionRoutes(options.cookie ?? 'tls'),
    ...options.modules.flatMap((module) => [
      ...commandRoutes(module),
      ...documentRoutes(module, known),
      ...queryRoutes(module),
    ]),
    ...approvalRoutes,
    ...accessRoutes,
    ...systemRoutes(counted),
    ...webRoutes(options.modules, known, events),
    ...(options.routes ?? []),
    ...pageRoutes(() => routes, options.home ?? options.web === undefined),
    {
      method: 'GET',
      url: '/api/openapi.json',
      operation: 'system.openapi',
      tag: 'system',
      summary: 'This API as OpenAPI 3.1',
      needs: anybody,
      handle: () => {
        described.text ??= JSON.stringify(describe(routes, options))
        return described.text
      },
    },
    ...(options.web === undefined ? [] : fileRoutes(options.web)),
  ]
  return routes
}

const describe = (routes: readonly Route[], options: Pick<HttpOptions, 'version'>): OpenApi =>
  openApi(routes, options.version ?? '0')

/** The description of the API without a server or a database, for whoever generates a client from it. */
export const describeApi = (modules: readonly ModuleSpec[], routes: readonly Route[] = []): OpenApi =>
  describe(
    allRoutes(
      { modules, routes },
      { counted: metrics(), known: { catalogue: new Map() }, events: eventStream('tls', modules) },
    ),
    {},
  )

/** Builds the server with every route. Throws when a route has no permission or a name is taken twice. */
export function buildHttp(options: HttpOptions): FastifyInstance {
  const { access, limits = {}, modules } = options
  const cookie = options.cookie ?? 'tls'
  const counted = metrics()
  const known: Known = { catalogue: new Map() }
  const events = eventStream(cookie, options.modules)
  const routes = allRoutes(options, { counted, known, events })
  const app = createServer({
    metrics: counted,
    routes,
    logLevel: options.logLevel ?? 'info',
    tls: cookie === 'tls',
    ...(options.logStream ? { logStream: options.logStream } : {}),
    ...(options.bodyMost ? { bodyMost: options.bodyMost } : {}),
  })
  const mounted: string[] = []
  app.addHook('onRoute', ({ method, url }) => {
    for (const one of typeof method === 'string' ? [method] : method) mounted.push(operationAt({ method: one, url }))
  })
  const gate = {
    access,
    cookie,
    perPrincipal: limiter(limits.perPrincipal ?? { burst: 10_000, perSecond: 5_000 }),
    perAddress: limiter(limits.perAddress ?? { burst: 30, perSecond: 0.5 }),
    everybody: limiter(limits.everybody ?? { burst: 300, perSecond: 10 }),
  }
  mount(
    app,
    routes,
    new Set([...PUBLIC_ROUTES, ...(options.web === undefined ? [] : FILE_ROUTES), ...(options.publicRoutes ?? [])]),
    {
      kernel: access.kernel,
      access,
      gate,
      metrics: counted,
    },
  )
  app.addHook('onReady', async () => {
    checkSame(mounted, routes)
    known.catalogue = await readCatalogue(access.kernel, modules)
  })
  // Streams never end by themselves, and closing waits for every answer.
  app.addHook('preClose', async () => events.stop())
  keepMonthsOpen(access, app)
  return app
}

const HOURS_6 = 6 * 3_600_000

/** Opens this month and the next in the tables kept by month, now and from time to time, so that work never waits for it. */
function keepMonthsOpen(access: Access, app: FastifyInstance): void {
  const open = async () => {
    const now = access.clock()
    const days = [now, new Date(now.getTime() + 31 * 24 * 3_600_000)].map((day) => day.toISOString().slice(0, 10))
    await transaction(access.kernel.pool, { companies: [] }, (tx) =>
      tx.run(sql`select kernel.open_month(d) from unnest(${days}::date[]) d`),
    )
  }
  let timer: NodeJS.Timeout | undefined
  app.addHook('onReady', async () => {
    await open()
    timer = setInterval(
      () => open().catch((error) => app.log.error({ err: error }, 'the next month could not be opened')),
      HOURS_6,
    )
    timer.unref()
  })
  app.addHook('onClose', async () => clearInterval(timer))
}
