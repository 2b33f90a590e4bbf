// The application: routes derived from what the modules describe, on one server, ready to listen or to be tested.
import type { FastifyInstance } from 'fastify'
import { openAccess, type SessionTimes } from '#kernel/access'
import { buildHttp, type HttpOptions } from '#kernel/http'
import type { Kernel } from '#kernel/kernel'
import { checkModules, type ModuleSpec } from '#kernel/module'
import { chaptersPdf } from './documents/chapters.ts'
import { paperRoutes } from './documents/routes.ts'
import { rolloutPaperRoutes } from './rollout/gate/paper/routes.ts'
import { sourcesOf } from './rollout/gate/sources.ts'

export type AppOptions = Omit<HttpOptions, 'access' | 'modules'> & {
  readonly kernel: Kernel
  readonly modules: readonly ModuleSpec[]
  /** The only clock of the application; the machine's unless a test or a replay brings another. */
  readonly clock?: () => Date
  readonly sessionTimes?: SessionTimes
}

/** Builds the server. Throws when the modules do not hold together or a route lacks its permission. */
export function buildApp({
  kernel,
  modules,
  clock = () => new Date(),
  sessionTimes,
  ...http
}: AppOptions): FastifyInstance {
  checkModules(modules)
  const access = openAccess(kernel, { clock, ...(sessionTimes ? { sessionTimes } : {}) })
  return buildHttp({ ...http, access, modules, routes: [...papersOf(modules), ...(http.routes ?? [])] })
}

/** Papers of documents that the modules bring; a part of the product has a part of the papers. */
export const papersOf = (modules: readonly ModuleSpec[]) =>
  [...paperRoutes, ...rolloutPaperRoutes(sourcesOf(modules), chaptersPdf)].filter((route) =>
    modules.some((module) => module.name === route.tag),
  )
