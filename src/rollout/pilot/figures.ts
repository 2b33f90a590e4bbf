// The key figures that the product publishes, read by their published questions: what is measured is known here by name alone.
import { type Context, SYSTEM } from '#kernel/context'
import { sql, type Tx } from '#kernel/db'
import { signOfDecimal } from '#kernel/decimal'
import type { ModuleSpec } from '#kernel/module'
import type { Query } from '#kernel/query'

/** A key figure over a time. `better` is 'up' or 'down'; `target` and `value` are exact texts, null where there is none. */
export type Figure = {
  readonly id: string
  readonly name: string
  readonly unit: string
  readonly better: string
  readonly target: string | null
  readonly value: string | null
}

/** For whom and over which days, both of them included. */
export type Span = {
  readonly companyId: number
  readonly from: string
  readonly until: string
  readonly today: string
  readonly now: Date
}

/** Reads every key figure, or only those of `ids`. What cannot be told of days gone by is left out. */
export type Figures = (tx: Tx, span: Span, ids?: readonly string[]) => Promise<readonly Figure[]>

/** The published questions: which figures there are, and one of them over a time. */
const LIST = 'insight.kpis'
const ONE = 'insight.kpi'

const questionOf = (modules: readonly ModuleSpec[], name: string): Query | undefined =>
  modules.flatMap((one) => one.queries).find((one) => one.name === name)

type Told = { value: string | null; numerator: string; denominator: string }

/** The figures of these modules; none where no module publishes any. */
export function figuresOf(modules: readonly ModuleSpec[]): Figures {
  const [list, one] = [questionOf(modules, LIST), questionOf(modules, ONE)]
  return async (tx, { companyId, from, until, today, now }, ids) => {
    if (!list || !one) return []
    // Figures of a site are the company's as a whole, whoever looks at the pack; the question itself is guarded where people ask it.
    const context: Context = { principal: SYSTEM, companyId, channel: 'job', now, today }
    const known = await tx.rows(sql<Omit<Figure, 'value'> & { kind: string }>`${list.build({}, context)}`)
    const found: Figure[] = []
    for (const { id, name, unit, better, target, kind } of known) {
      if (kind === 'now' || (ids && !ids.includes(id))) continue
      const asked = { id, from, to: until, grain: 'month' }
      const row = await tx.first(sql<Told>`${one.build(asked, context)}`)
      // Where nothing happened a sum of money says nought, which is no figure to compare with.
      const silent = !row || (signOfDecimal(row.numerator) === 0 && signOfDecimal(row.denominator) === 0)
      found.push({ id, name, unit, better, target, value: silent ? null : row.value })
    }
    return found
  }
}
