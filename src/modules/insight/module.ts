// Insight: what the facts of all modules come to, as key figures with their records, and as the proof that the books hold.
import { type ModuleSpec, module } from '#kernel/module'
import type { Invariant } from '#kernel/verify'
import { check } from './check/check.ts'
import { proving } from './check/prove.ts'
import { start } from './check/start.ts'
import { orderAges, promiseWeeks } from './questions/backlog-shapes.ts'
import { checks } from './questions/checks.ts'
import { kpi, kpis } from './questions/kpi.ts'
import { kpiRecords } from './questions/records.ts'

/** Insight over the other modules; its checks prove the invariants of all of them, asked for when a check begins. */
export const insight = (invariants: () => readonly Invariant[]): ModuleSpec =>
  module('insight', {
    needs: ['company', 'party', 'catalog', 'inventory', 'sales', 'warehouse', 'receivables', 'returns'],
    documents: [check],
    commands: [start],
    queries: [kpis, kpi, kpiRecords, promiseWeeks, orderAges, checks],
    jobs: proving(invariants),
  })
