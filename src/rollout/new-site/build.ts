// Bringing an agreed site up, as the worker does it: the company from its release, and the same people at work on it.
import { insertGrant } from '#kernel/access'
import { type Context, SYSTEM } from '#kernel/context'
import { sql, transaction } from '#kernel/db'
import type { Task } from '#kernel/jobs'
import type { Kernel } from '#kernel/kernel'
import { Refusal } from '#kernel/refusal'
import { leaves } from '../separation/account-leaf.ts'
import type { TemplateFiles } from '../template/template-object.ts'
import { conclude } from './decide.ts'

/**
 * What a site is brought up from: `currency` by ISO 4217, `country` by ISO 3166-1 alpha-2, `timeZone` an IANA name;
 * `files` are those of the release, by name.
 */
export type Wanted = {
  readonly code: string
  readonly name: string
  readonly currency: string
  readonly country: string
  readonly timeZone: string
  readonly wave: number
  readonly owner: string
  readonly files: TemplateFiles
}

export type SiteBuilder = {
  /** Refuses what the release has no rules for; writes nothing. */
  readonly check: (wanted: Wanted) => void
  /** Sets a company up, opens it as a site and applies its first plan, as the system; done again, it goes on where it was. */
  readonly build: (
    kernel: Kernel,
    wanted: Wanted,
    now: Date,
  ) => Promise<{ readonly companyId: number; readonly plan: string }>
}

type Row = Omit<Wanted, 'files'> & { state: string; number: string; files: TemplateFiles; people: readonly string[] }

/** The job behind an approval. What the template or the company refuses is told on the request; a fault is tried again. */
export const bringUp =
  ({ build }: SiteBuilder): Task =>
  async ({ kernel, context, payload }) => {
    const { companyId, now } = context
    const id = String(payload.id)
    const wanted = await transaction(kernel.pool, { companies: [companyId] }, (tx) =>
      tx.first(sql<Row>`select n.code, n.name, n.currency, n.country, n.time_zone as "timeZone", n.wave, n.owner, n.state, n.number, r.files,
          array[n.requested_by, n.approved_by] as people
        from rollout.new_site n join rollout.release r on r.id = n.release_id where n.company_id = ${companyId} and n.id = ${id}`),
    )
    if (wanted?.state !== 'approved') return
    const told = await build(kernel, wanted, now).then(
      async (built) => {
        await bringPeople(kernel, context, { to: built.companyId, people: wanted.people, number: wanted.number })
        return { plan: built.plan }
      },
      (error: unknown) => {
        if (error instanceof Refusal) return { problem: error.message }
        throw error
      },
    )
    await conclude.run(kernel, { ...context, principal: SYSTEM }, { ids: [id], input: told })
  }

type Held = { account: string; role: string; state: string }

/** Whoever asked and whoever agreed work on the new company in the roles by which they work on sites here. */
async function bringPeople(
  kernel: Kernel,
  context: Context,
  { to, people, number }: { to: number; people: readonly string[]; number: string },
): Promise<void> {
  await transaction(kernel.pool, { companies: [context.companyId, to] }, async (tx) => {
    const held =
      await tx.rows(sql<Held>`select distinct g.account_id as account, g.role, case when a.disabled_at is null then 'active' else 'disabled' end as state
      from access.role_grant g join access.role_permission p on p.role = g.role and p.permission = 'rollout.site.read' join access.account a on a.id = g.account_id
     where g.account_id = any(${people}::uuid[]) and g.company_id = ${context.companyId}
       and not exists (select from access.role_grant h where h.account_id = g.account_id and h.role = g.role and h.company_id = ${to})`)
    for (const { account, role, state } of held) {
      const reason = `${number}: the site that it asked for`
      const grant = await insertGrant(tx, {
        ...{ accountId: account, role, companyId: to, warehouseId: null, upTo: null, grantedBy: SYSTEM.id, reason },
      })
      await leaves(tx, { ...context, companyId: to }, 'grant', reason, [
        { account, state, changes: { grant, role, company: to } },
      ])
    }
  })
}
