// Whether a pilot keeps what the site had before: each figure beside its baseline, and which side it has gone to.

import { type Sql, sql } from '#kernel/db'
import { compareDecimals, subtractDecimals } from '#kernel/decimal'
import { f } from '#kernel/document'
import { computed } from '#kernel/query'
import { T } from '#kernel/schema'
import { siteOf } from '../governance/site.ts'
import type { Figure } from './figures.ts'
import type { Reading } from './observe.ts'

/** 'unknown' where one of the two is not known. */
export type Side = 'better' | 'same' | 'worse' | 'unknown'

export type Compared = Omit<Figure, 'value'> & {
  readonly before: string | null
  readonly during: string | null
  readonly change: string | null
  readonly side: Side
}

/** The newest reading beside the figures of before. */
export function compared(baseline: readonly Figure[], readings: readonly Reading[]): readonly Compared[] {
  const newest = readings.at(-1)
  return baseline.map(({ value: before, ...figure }) => {
    const during = newest?.values[figure.id] ?? null
    if (before === null || during === null) return { ...figure, before, during, change: null, side: 'unknown' }
    const order = compareDecimals(during, before)
    const up = figure.better === 'up' ? order > 0 : order < 0
    const side = order === 0 ? 'same' : up ? 'better' : 'worse'
    return { ...figure, before, during, change: subtractDecimals(during, before), side }
  })
}

export type PilotRow = {
  number: string
  state: string
  starts_on: string
  ends_on: string | null
  baseline_from: string
  baseline_until: string
  baseline: readonly Figure[]
  readings: readonly Reading[]
  conclusion: string | null
  lessons: string | null
}

/** The newest pilot of a site. */
export const pilotOf = (companyId: number, siteId: string): Sql<PilotRow> =>
  sql<PilotRow>`select number, state, starts_on, ends_on, baseline_from, baseline_until, baseline, readings, conclusion, lessons
    from rollout.pilot where company_id = ${companyId} and site_id = ${siteId} order by created_at desc, number desc limit 1`

export const pilotFigures = computed('rollout.pilot-figures', {
  may: 'rollout.pilot.read',
  title: 'The figures of a site’s pilot beside those of before',
  parameters: T.object({ site: T.text(60) }),
  columns: {
    id: f.code(),
    name: f.text(),
    unit: f.text(),
    better: f.text(),
    target: f.quantity({ optional: true }),
    before: f.quantity({ optional: true }),
    during: f.quantity({ optional: true }),
    change: f.quantity({ optional: true }),
    side: f.text(),
  },
  rows: async ({ tx, context, parameters }) => {
    const site = await siteOf(tx, context.companyId, parameters.site)
    const found = await tx.first(pilotOf(context.companyId, site.id))
    return found ? compared(found.baseline, found.readings) : []
  },
})
