// How far a site's checklist is: what was ticked, what its measures say now, and what is overdue. Gates ask the same.

import { sql, type Tx } from '#kernel/db'
import { compareDecimals } from '#kernel/decimal'
import { type Criteria, type Criterion, criterion } from '../gate/criteria.ts'
import type { Found, Reach } from '../gate/measure.ts'

type Row = {
  readonly id: string
  readonly version: number
  readonly state: 'open' | 'done' | 'waived'
  readonly item: string
  readonly title: string
  readonly seat: string
  readonly due_on: string
  readonly criterion: string | null
  readonly threshold: string | null
  readonly evidence: string | null
  readonly signed_by: string | null
}

/** An item as it stands on a day. `value` is what its measure says now; `settled` when it is done or waived. */
export type Standing = Row & { readonly value: string | null; readonly settled: boolean; readonly overdue: boolean }

/** Every item of the site that the template asks for, or that was done; by due date. */
export async function standingOf(tx: Tx, criteria: Criteria, reach: Reach): Promise<readonly Standing[]> {
  const rows =
    await tx.rows(sql<Row>`select i.id, i.version, i.state, i.item, i.title, i.seat, i.due_on, i.criterion, trim_scale(i.threshold)::text as threshold, i.evidence, a.name as signed_by
      from rollout.checklist_item i left join access.account a on a.id = i.signed_by
      where i.company_id = ${reach.companyId} and i.site_id = ${reach.siteId} order by i.due_on, i.item`)
  const standing: Standing[] = []
  for (const row of rows) {
    const known = row.criterion === null ? undefined : criteria.get(row.criterion)
    const value = known && row.state === 'open' ? (await known.read(tx, reach)).value : null
    const settled = row.state !== 'open' || (known !== undefined && isMet(known, value, row.threshold))
    standing.push({ ...row, value, settled, overdue: !settled && row.due_on < reach.today })
  }
  return standing
}

function isMet(known: Criterion, value: string | null, threshold: string | null): boolean {
  if (value === null || threshold === null) return false
  const order = compareDecimals(value, threshold)
  return known.compare === 'at-least' ? order >= 0 : order <= 0
}

const counted = (
  id: string,
  title: string,
  criteria: Criteria,
  counts: (one: Standing, goLive: string | null) => boolean,
): Criterion =>
  criterion(id, title, {
    unit: 'count',
    compare: 'at-most',
    value: async (tx, reach): Promise<Found> => {
      const items = reach.siteId === null ? [] : await standingOf(tx, criteria, reach)
      // A site without a list has not shown that nothing is left to do.
      if (items.length === 0) return { value: null, numbers: {}, records: [] }
      const site = await tx.first(
        sql<{
          day: string | null
        }>`select go_live_on as day from rollout.site where company_id = ${reach.companyId} and id = ${reach.siteId}`,
      )
      const found = items.filter((one) => counts(one, site?.day ?? null))
      const settled = items.filter((one) => one.settled).length
      return {
        value: String(found.length),
        numbers: { items: String(items.length), settled: String(settled) },
        records: found.map((one) => one.item),
      }
    },
  })

/** What gates ask of a checklist, over the criteria by which items are checked. */
export const checklistCriteria = (criteria: Criteria): readonly Criterion[] => [
  counted('checklist-overdue', 'Deployment tasks whose day is gone', criteria, (one) => one.overdue),
  counted(
    'checklist-before-go-live',
    'Deployment tasks of before going live that are not done',
    criteria,
    (one, goLive) => !one.settled && (goLive === null || one.due_on <= goLive),
  ),
]
