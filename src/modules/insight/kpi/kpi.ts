// A key figure: what it is called, how it is reckoned in words, what is aimed at, and the facts that it is made of.
import type { Sql } from '#kernel/db'

/** One fact behind a figure. A ratio is the sum of numerators by the sum of denominators, never a mean of ratios. */
export type Fact = {
  day: string
  /** The document that stands behind it, and a place in it (a line, an item) for people; null where there is none. */
  id: string | null
  place: string | null
  numerator: string
  denominator: string
}

/** Over which days, for whom. `days` are those at whose end a level is looked at; `warehouses` null is all of them. */
export type Reach = {
  readonly companyId: number
  readonly from: string
  readonly to: string
  readonly today: string
  readonly days: readonly string[]
  readonly warehouses: readonly string[] | null
}

export type Unit = 'percent' | 'days' | 'hours' | 'money' | 'count'

export type Kpi = {
  readonly id: string
  /** Its number in the catalogue of key figures. */
  readonly spec: string
  readonly version: number
  readonly name: string
  readonly formula: string
  readonly unit: Unit
  readonly grain: 'order' | 'line' | 'unit' | 'document' | 'item'
  readonly better: 'up' | 'down'
  /** What is aimed at, and from where on somebody should look; exact texts in the figure's unit. */
  readonly target: string | null
  readonly warning: string | null
  /** The role that answers for it. */
  readonly owner: string
  /** The permission without which nobody sees it, and the document that its facts are of. */
  readonly needs: string
  readonly of: 'sales.order' | 'receivables.invoice' | 'returns.rma' | 'catalog.item'
  /** A flow happens over days and is summed; a level stands at the end of a day; `now` is only known of today. */
  readonly kind: 'flow' | 'level' | 'now'
  readonly byWarehouse: boolean
  facts(reach: Reach): Sql<Fact>
}
