// What the web app needs beside the product's own routes: descriptions, names, and a search over everything.
import type { ModuleSpec } from '#kernel/module'
import type { Known } from './document-routes.ts'
import type { Route } from './route.ts'
import { descriptionsRoute } from './web/descriptions.ts'
import { namesRoute } from './web/names.ts'
import { searchRoute } from './web/search.ts'

/** The routes of the web app's own needs. */
export const webRoutes = (modules: readonly ModuleSpec[], known: Known): readonly Route[] => [
  descriptionsRoute(modules, known),
  namesRoute(modules),
  searchRoute(modules, known),
]
