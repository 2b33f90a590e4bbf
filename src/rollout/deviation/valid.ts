// What counts of a site's deviations on a day: approved, and the last day not yet gone. Whoever compares a site asks here.
import { type Sql, sql, type Tx } from '#kernel/db'

/** A deviation that counts. Without `field` the whole object may differ; `value` is what the site may have. */
export type Valid = {
  readonly id: string
  readonly number: string
  readonly kind: string
  readonly objectKey: string
  readonly field: string | null
  readonly value: unknown
  readonly owner: string
  readonly expiresOn: string
}

/** Deviations of one site that are valid on `today`, oldest first. Those of another site never count here. */
export const validDeviations = (
  tx: Tx,
  given: { companyId: number; siteId: string; today: string },
): Promise<Valid[]> =>
  tx.rows(sql<Valid>`select id, number, kind, object_key as "objectKey", field, value, owner, expires_on as "expiresOn" from rollout.deviation
    where company_id = ${given.companyId} and site_id = ${given.siteId} and state = 'approved' and expires_on >= ${given.today}::date order by approved_at, id`)

/** Approved ones whose last day is gone and that nobody renewed or gave up: they are drift again. `(id, number, site_id, expires_on)`. */
export const expiredDeviations = (
  companyId: number,
  today: string,
): Sql<{ id: string; number: string; site_id: string; expires_on: string }> => sql`
  select d.id, d.number, d.site_id, d.expires_on from rollout.deviation d
   where d.company_id = ${companyId} and d.state = 'approved' and d.expires_on < ${today}::date
     and not exists (select from rollout.deviation n where n.company_id = d.company_id and n.site_id = d.site_id and n.kind = d.kind
           and n.object_key = d.object_key and n.field is not distinct from d.field and n.state = 'approved' and n.expires_on >= ${today}::date)`
