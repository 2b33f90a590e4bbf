// Applying a plan: exactly its steps, in one transaction, or nothing; it decides nothing, and is refused when things moved on.
import { type Call, command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { type Change, writeChanges } from '../configuration/write.ts'
import { permitChange } from '../governance/change/permit.ts'
import { refuse } from '../refusals.ts'
import type { Tools } from '../tools.ts'
import { computePlan, readSite } from './compute.ts'
import { hashOfPlan } from './make.ts'
import { plan } from './plan-document.ts'
import type { Item } from './plan-types.ts'

type Stored = {
  id: string
  number: string
  kind: 'follow' | 'revert'
  cleared: boolean
  site_id: string
  release_id: string
  parent_id: string | null
  hash: string
  items: readonly Item[]
  reverts: readonly string[]
}

/**
 * Applies approved plans. Refuses PLAN_STALE when another plan was applied since, when the site follows another release
 * or answers otherwise, or when the configuration is not what the plan was made from; CONFIGURATION_DANGLES; and at a
 * live site CHANGE_NEEDED, unless approved change requests name the plan or an emergency was cleared.
 */
export const apply = (tools: Tools) =>
  command(plan.verbs.apply, T.object({}), async (call) => {
    const { tx, companyId } = call
    // One at a time in a company: two plans upon one parent would each see the other's change as drift.
    await tx.run(sql`select pg_advisory_xact_lock(hashtext('rollout.apply'), ${companyId}::int)`)
    const plans =
      await tx.rows(sql<Stored>`select p.id, p.number, p.kind, p.cleared_at is not null as cleared, p.site_id, p.release_id, p.parent_id, encode(p.hash, 'hex') as hash, p.items, p.reverts
      from rollout.plan p join ${call.set} g on g.id = p.id where p.company_id = ${companyId} order by p.number`)
    for (const one of plans) await applyOne(call, tools, one)
    // Pairs and roles are kept in memory; everybody else reads them again within a minute.
    call.kernel.separations.reload()
  })

async function applyOne(call: Call<unknown>, tools: Tools, stored: Stored): Promise<void> {
  const { tx, companyId, today, now, actor } = call
  const site = await readSite(tx, companyId, stored.site_id)
  const stale = (why: string) => refuse('PLAN_STALE', { number: stored.number, why })
  if (site.plan_id !== stored.parent_id) stale('another plan was applied since')
  if (site.release_id !== stored.release_id) stale('the site follows another release since')
  const revert = new Set(stored.reverts)
  const { plan: current } = await computePlan(tx, tools, { companyId, site, today, revert })
  if (hashOfPlan(current, site).toString('hex') !== stored.hash)
    stale('the configuration of the site has changed since')
  await permitChange(call, stored, site)
  await writeChanges(tx, tools.kinds, companyId, stored.items.flatMap(changeOf), now)
  await tx.run(
    sql`update rollout.plan set applied_by = ${actor}, applied_at = ${now}, applied_stage = ${site.stage} where company_id = ${companyId} and id = ${stored.id}`,
  )
  await tx.run(sql`update rollout.site set plan_id = ${stored.id}, applied_at = ${now}, version = version + 1, updated_at = ${now}
    where company_id = ${companyId} and id = ${site.id}`)
}

const changeOf = (item: Item): readonly Change[] =>
  item.change === 'deferred' ? [] : [{ ...item.object, change: item.change }]
