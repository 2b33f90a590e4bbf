// The door of HTTP: builds the server out of the modules and the kernel's own routes.
import type { FastifyInstance } from 'fastify'
import type { Access } from '#kernel/access'
import type { ModuleSpec } from '#kernel/module'
import { commandRoutes } from './http/command-routes.ts'
import type { CookieMode } from './http/cookie.ts'
import { type Limit, limiter } from './http/limits.ts'
import { metrics } from './http/metrics.ts'
import type { Route } from './http/route.ts'
import { mount } from './http/router.ts'
import { createServer } from './http/server.ts'
import { sessionRoutes } from './http/session-routes.ts'

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
}

/** What anybody may ask without signing in; nothing else is public. */
export const PUBLIC_ROUTES: readonly string[] = ['POST /api/session']

/** Every route of the product, in the order in which they are listed. */
export function allRoutes(options: HttpOptions): readonly Route[] {
  return [
    ...sessionRoutes(options.cookie ?? 'tls'),
    ...options.modules.flatMap((module) => [...commandRoutes(module)]),
    ...(options.routes ?? []),
  ]
}

/** Builds the server with every route. Throws when a route has no permission or a name is taken twice. */
export function buildHttp(options: HttpOptions): FastifyInstance {
  const { access, limits = {} } = options
  const cookie = options.cookie ?? 'tls'
  const counted = metrics()
  const routes = allRoutes(options)
  const app = createServer({
    metrics: counted,
    routes,
    logLevel: options.logLevel ?? 'info',
    tls: cookie === 'tls',
    ...(options.logStream ? { logStream: options.logStream } : {}),
    ...(options.bodyMost ? { bodyMost: options.bodyMost } : {}),
  })
  const gate = {
    access,
    cookie,
    perPrincipal: limiter(limits.perPrincipal ?? { burst: 10_000, perSecond: 5_000 }),
    perAddress: limiter(limits.perAddress ?? { burst: 30, perSecond: 0.5 }),
    everybody: limiter(limits.everybody ?? { burst: 300, perSecond: 10 }),
  }
  mount(app, routes, new Set([...PUBLIC_ROUTES, ...(options.publicRoutes ?? [])]), {
    kernel: access.kernel,
    access,
    gate,
    metrics: counted,
  })
  return app
}
