// Adopting drift: what a site changed becomes a proposal to change the template, for every site.
import { creation } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { driftOf } from '../drift/drift.ts'
import { readSite } from '../plan/compute.ts'
import type { Drift } from '../plan/plan-types.ts'
import { refuse } from '../refusals.ts'
import type { Block } from '../template/overlay.ts'
import type { Tools } from '../tools.ts'
import { proposal } from './proposal.ts'

/** Proposes what has drifted at a site of the caller's company. Refuses SITE_NOT_HERE, and DRIFT_UNKNOWN for what has not. */
export const adopt = (tools: Tools) =>
  creation(
    proposal.verbs.adopt,
    T.object({
      id: T.optional(T.id()),
      site: T.idOf('rollout.site'),
      kind: T.code(),
      key: T.text(),
      field: T.optional(T.text()),
      reason: T.text(1000),
    }),
    async (call) => {
      const { tx, companyId, today } = call
      for (const [at, given] of call.input.entries()) {
        const site = await readSite(tx, companyId, given.site)
        const found = (await driftOf(tx, tools, { companyId, siteId: site.id, today })).find(
          (one) => one.kind === given.kind && one.key === given.key && one.field === (given.field ?? null),
        )
        if (!found) return refuse('DRIFT_UNKNOWN', { name: `${given.kind} ${given.key}` })
        const evidence = `${site.code}: ${found.who ?? 'somebody'}, ${found.at ?? 'at an unknown time'}, ${found.how ?? 'by an unknown way'}`
        await tx.run(sql`insert into rollout.proposal (id, number, state, kind, object_key, field, block, scope, reason, evidence, proposed_by, created_at, updated_at)
          values (${call.ids[at]}, ${call.numbers[at]}, 'proposed', ${found.kind}, ${found.key}, ${found.field}, ${JSON.stringify(blockOf(found, given.reason))}::jsonb,
            ${site.scope}, ${given.reason}, ${evidence}, ${call.actor}, ${call.now}, ${call.now})`)
      }
      return undefined
    },
  )

/** What the template would say, so that the drift is none. */
function blockOf(drift: Drift, reason: string): Block {
  const { key: object, owner, live } = drift
  if (drift.what === 'missing') return { object, retired: true, reason }
  if (drift.field !== null) return { object, reason, fields: { [drift.field]: live } }
  const fields = typeof live === 'object' && live !== null && !Array.isArray(live) ? (live as Block['fields']) : {}
  return { object, control: 'default', owner: owner || 'administrator', reason, ...(fields ? { fields } : {}) }
}
