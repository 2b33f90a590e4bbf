// The addresses of the app: home, the screens written by hand, and for every document its list, its page and its form.
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  retainSearchParams,
} from '@tanstack/react-router'
import { screens } from '../screens/index.ts'
import { Frame } from './frame.tsx'
import { Fault, Nowhere } from './nowhere.tsx'

/** What stands behind the question mark, as plain texts: a link is readable and can be written by hand. */
export type Search = Readonly<Record<string, string>>

const root = createRootRoute({
  component: Frame,
  validateSearch: (search: Record<string, unknown>): Search =>
    Object.fromEntries(Object.entries(search).map(([key, value]) => [key, String(value)])),
  search: { middlewares: [retainSearchParams(['company'])] },
  notFoundComponent: Nowhere,
})

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyRouteComponent(() => import('./home.tsx'), 'Home'),
})

const byHand = screens.map((screen) =>
  createRoute({ getParentRoute: () => root, path: screen.path, component: lazyRouteComponent(screen.load, 'Screen') }),
)

const list = createRoute({
  getParentRoute: () => root,
  path: '/$module/$document',
  component: lazyRouteComponent(() => import('../generic/list/list-screen.tsx'), 'ListScreen'),
})

/** Creating and importing have their own addresses below each list: '/sales/order/new', '/sales/order/import'. */
const below = (list: string) => [
  createRoute({
    getParentRoute: () => root,
    path: `${list}/new`,
    component: lazyRouteComponent(() => import('../generic/create/create-screen.tsx'), 'CreateScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: `${list}/import`,
    component: lazyRouteComponent(() => import('../generic/import/import-screen.tsx'), 'ImportScreen'),
  }),
]

// A page written by hand at '/sales/order/$id' would otherwise take 'new' and 'import' for the number of an order.
const besideByHand = screens.flatMap(({ path }) => {
  const [, list] = /^(\/[a-z-]+\/[a-z-]+)\/\$id$/.exec(path) ?? []
  return list === undefined ? [] : below(list)
})

const one = createRoute({
  getParentRoute: () => root,
  path: '/$module/$document/$id',
  component: lazyRouteComponent(() => import('../generic/document/document-screen.tsx'), 'DocumentScreen'),
})

export const router = createRouter({
  routeTree: root.addChildren([home, ...byHand, ...besideByHand, list, ...below('/$module/$document'), one]),
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const entries = Object.entries(search).flatMap(([key, value]) =>
      value === undefined || value === '' ? [] : [[key, String(value)]],
    )
    const text = new URLSearchParams(entries).toString()
    return text === '' ? '' : `?${text}`
  },
  // A link that is looked at is fetched: its chunk is there when it is pressed.
  defaultPreload: 'intent',
  defaultPreloadDelay: 40,
  defaultPendingMs: 300,
  defaultErrorComponent: Fault,
  scrollRestoration: true,
})

// The router's type is not registered: screens are listed in data, so an address is a text here, and a journey proves it.
