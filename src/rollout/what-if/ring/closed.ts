// Whether the ring of a site is open: a release whose rings are planned is followed ring by ring.
import { type Sql, sql, type Tx } from '#kernel/db'
import { refuse } from './refusals.ts'

/** Refuses RING_CLOSED for the first of these sites whose ring is not open, or that stands in none. */
export async function refuseClosedRing(
  tx: Tx,
  companyId: number,
  set: Sql<{ id: string }>,
  release: { readonly id: string; readonly number: string },
): Promise<void> {
  // Whoever plans anew waits for whoever follows, and the other way round; what stands is read after the lock is held.
  await tx.rows(sql`select id from rollout.ring where release_id = ${release.id} order by id for share`)
  const planned = await tx.first(
    sql`select 1 from rollout.ring where release_id = ${release.id} and state <> 'withdrawn' limit 1`,
  )
  if (!planned) return
  const closed = await tx.first(sql<{ site: string; ring: string }>`
    select s.code as site, coalesce((select min(g.ring)::text from rollout.ring g where g.release_id = ${release.id} and g.state <> 'withdrawn' and g.sites @> jsonb_build_array(jsonb_build_object('site', s.id))), 'of none') as ring
      from rollout.site s join ${set} c on c.id = s.id
     where s.company_id = ${companyId} and not exists (select from rollout.ring g
             where g.release_id = ${release.id} and g.state = 'open' and g.sites @> jsonb_build_array(jsonb_build_object('site', s.id)))
     order by s.code limit 1`)
  if (closed) refuse('RING_CLOSED', { ...closed, number: release.number })
}
