// What the web app needs beside the product's own routes: descriptions, names, search, workbooks, views, comments, and news.
import type { ModuleSpec } from '#kernel/module'
import type { Known } from './document-routes.ts'
import type { Route } from './route.ts'
import { attachmentRoutes } from './web/attachment-routes.ts'
import { commentRoutes } from './web/comments.ts'
import { descriptionsRoute } from './web/descriptions.ts'
import type { EventStream } from './web/events.ts'
import { namesRoute } from './web/names.ts'
import { noticeRoutes } from './web/notices.ts'
import { peopleRoute } from './web/people.ts'
import { searchRoute } from './web/search.ts'
import { sheetRoute } from './web/sheet.ts'
import { viewRoutes } from './web/views.ts'

/** The routes of the web app's own needs. */
export const webRoutes = (modules: readonly ModuleSpec[], known: Known, events: EventStream): readonly Route[] => [
  descriptionsRoute(modules, known),
  namesRoute(modules),
  searchRoute(modules, known),
  sheetRoute,
  ...viewRoutes,
  ...commentRoutes(modules),
  ...attachmentRoutes(modules),
  peopleRoute(modules),
  ...noticeRoutes(modules),
  events.route,
]
