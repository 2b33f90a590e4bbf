// The screens written by hand: their address, what loads them, and where they stand in the navigation.
import type { ComponentType } from 'react'
import type { Key } from '../i18n/index.ts'
import type { Area } from '../shell/nav.ts'

export type Screen = {
  /** As TanStack Router writes it: '/desk', '/sales/order/$id'. It goes before a generic screen at the same address. */
  readonly path: string
  /** Loads the screen's own chunk: `() => import('./desk/desk.tsx')`, which exports the component as `Screen`. */
  readonly load: () => Promise<{ Screen: ComponentType }>
  /** Documents of which the person must be able to read at least one, for the navigation. */
  readonly needs?: readonly string[]
  /** Permissions of which the person must hold one, when reading is not enough for the screen to be of use. */
  readonly may?: readonly string[]
  readonly nav?: { readonly area: Area; readonly text: Key; readonly letter?: string }
}

export const screens: readonly Screen[] = [
  {
    path: '/desk',
    load: () => import('./order-desk/order-desk.tsx'),
    needs: ['sales.order'],
    may: ['sales.order.draft'],
    nav: { area: 'sales', text: 'nav.desk', letter: 'd' },
  },
  { path: '/sales/order/$id', load: () => import('./order/order.tsx') },
  {
    path: '/work',
    load: () => import('./queues/queues.tsx'),
    needs: ['sales.order', 'inventory.adjustment', 'ledger.entry', 'party.duplicate'],
    nav: { area: 'sales', text: 'nav.work', letter: 'q' },
  },
  {
    path: '/stock',
    load: () => import('./stock/stock.tsx'),
    needs: ['inventory.location', 'inventory.adjustment', 'warehouse.shipment'],
    nav: { area: 'stock', text: 'nav.available', letter: 'v' },
  },
  { path: '/stock/item/$id', load: () => import('./stock/item.tsx') },
  {
    path: '/finance/receivables',
    load: () => import('./finance/receivables.tsx'),
    needs: ['receivables.payment', 'ledger.period'],
    nav: { area: 'finance', text: 'nav.receivables', letter: 'u' },
  },
  { path: '/finance/customer/$id', load: () => import('./finance/customer.tsx') },
  {
    path: '/finance/journal',
    load: () => import('./finance/journal.tsx'),
    needs: ['ledger.entry'],
    nav: { area: 'finance', text: 'nav.journal', letter: 'j' },
  },
  { path: '/ledger/entry/$id', load: () => import('./finance/entry.tsx') },
  {
    path: '/finance/trial-balance',
    load: () => import('./finance/trial-balance.tsx'),
    needs: ['ledger.entry'],
    nav: { area: 'finance', text: 'nav.trial-balance', letter: 'b' },
  },
  { path: '/finance/account/$account', load: () => import('./finance/account.tsx') },
  {
    path: '/finance/close',
    load: () => import('./finance/close.tsx'),
    needs: ['ledger.period'],
    nav: { area: 'finance', text: 'nav.close', letter: 'z' },
  },
  {
    path: '/warehouse',
    load: () => import('./warehouse/board.tsx'),
    needs: ['warehouse.shipment'],
    nav: { area: 'warehouse', text: 'nav.board', letter: 'y' },
  },
  {
    path: '/handheld',
    load: () => import('../handheld/handheld.tsx'),
    needs: ['warehouse.shipment'],
    nav: { area: 'warehouse', text: 'nav.handheld' },
  },
  {
    path: '/dashboards',
    load: () => import('./dashboards/dashboards.tsx'),
    may: ['insight.kpi.read'],
    nav: { area: 'sales', text: 'nav.dashboards', letter: 'f' },
  },
  { path: '/dashboards/$role', load: () => import('./dashboards/dashboards.tsx') },
  { path: '/dashboards/figure/$id', load: () => import('./dashboards/figure.tsx') },
  {
    path: '/rollout/board',
    load: () => import('./rollout/board.tsx'),
    needs: ['rollout.site'],
    nav: { area: 'rollout', text: 'nav.sites' },
  },
  { path: '/rollout/site/$id', load: () => import('./rollout/site.tsx') },
  {
    path: '/rollout/drift',
    load: () => import('./rollout/drift.tsx'),
    needs: ['rollout.site'],
    nav: { area: 'rollout', text: 'nav.drift' },
  },
  { path: '/rollout/plan/$id', load: () => import('./rollout/plan.tsx') },
  {
    path: '/rollout/template',
    load: () => import('./rollout/template.tsx'),
    needs: ['rollout.release'],
    nav: { area: 'rollout', text: 'nav.template' },
  },
  {
    path: '/rollout/gates',
    load: () => import('./rollout-governance/gates.tsx'),
    may: ['rollout.gate-run.read'],
    nav: { area: 'rollout', text: 'nav.gates' },
  },
  {
    path: '/rollout/deviations',
    load: () => import('./rollout-governance/deviations.tsx'),
    may: ['rollout.deviation.read'],
    nav: { area: 'rollout', text: 'nav.deviations' },
  },
  {
    path: '/rollout/fit-gap',
    load: () => import('./rollout-governance/fit-gap.tsx'),
    may: ['rollout.requirement.read'],
    nav: { area: 'rollout', text: 'nav.fit-gap' },
  },
  {
    path: '/rollout/governance',
    load: () => import('./rollout-governance/governance.tsx'),
    may: ['rollout.seat.read', 'rollout.decision.read', 'rollout.risk.read'],
    nav: { area: 'rollout', text: 'nav.governance' },
  },
  {
    path: '/rollout/acceptance',
    load: () => import('./uat/acceptance.tsx'),
    needs: ['rollout.uat-run'],
    nav: { area: 'rollout', text: 'nav.acceptance' },
  },
  { path: '/notices', load: () => import('./notices/notices.tsx') },
  {
    path: '/consistency',
    load: () => import('./consistency/consistency.tsx'),
    may: ['insight.check.read'],
    nav: { area: 'set-up', text: 'nav.consistency', letter: 'x' },
  },
  {
    path: '/separation',
    load: () => import('./separation/separation.tsx'),
    may: ['rollout.access-request.ask', 'rollout.access-waiver.read', 'rollout.access-review.read'],
    nav: { area: 'set-up', text: 'nav.separation' },
  },
]
