// A measure: one figure of a site or a company that the product reads from its own data, with the numbers and the records behind it.
import type { Sql, Tx } from '#kernel/db'

/** For whom and when a measure is read. Without a site it is read over all sites of the company. */
export type Reach = {
  readonly companyId: number
  readonly siteId: string | null
  readonly today: string
  readonly now: Date
}

/**
 * What was found: the value as exact text, null when nothing is known; the numbers that it is made of, as exact texts;
 * and the numbers or ids of the records that count against it, or for it where there are none against.
 */
export type Found = {
  readonly value: string | null
  readonly numbers: Readonly<Record<string, string | null>>
  readonly records: readonly string[]
}

/** A finding as a statement gives it. */
export type Row = { value: string | null; numbers: Found['numbers']; records: readonly string[] }

export type Unit = 'count' | 'percent' | 'days'

/** `better`: 'up' when a higher value is the better one. */
export type Measure = {
  readonly id: string
  readonly title: string
  readonly unit: Unit
  readonly better: 'up' | 'down'
  read(tx: Tx, reach: Reach): Promise<Found>
  /** As one statement `(value numeric, numbers jsonb, records jsonb)`, for those that are one. */
  readonly statement?: (reach: Reach) => Sql<Row>
}

type Told = Pick<Measure, 'id' | 'title' | 'unit' | 'better'>

/** A measure that is one statement, which gives one row `(value, numbers, records)`. */
export const measured = (told: Told, statement: NonNullable<Measure['statement']>): Measure => ({
  ...told,
  statement,
  read: async (tx, reach) => {
    const found = await tx.first(statement(reach))
    return { value: found?.value ?? null, numbers: found?.numbers ?? {}, records: found?.records ?? [] }
  },
})
