// The grants that a reviewer decides on: still open, of a role that is his to decide about, and not his own.
import { ADMINISTRATOR } from '#kernel/access'
import type { Call } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { type Matter, requireDecider } from '../people.ts'
import { refuse } from '../refusals.ts'

/** The grants to decide on, and a remark that stays with each. */
export const DecideInput = T.object({
  grants: T.list(T.idOf('access.grant'), 500),
  note: T.optional(T.text(500)),
})

export type Line = {
  id: string
  review: string
  grant: string
  account: string
  role: string
  everywhere: boolean
  number: string
  openedBy: string
}

const columns = sql`l.id, l.review_id as review, l.grant_id as "grant", l.account_id as account, l.role, l.everywhere, r.number, r.opened_by as "openedBy"`

/** Refuses REVIEW_GRANT for a grant that is not open in these reviews, and as `requireDecider` does. */
export async function linesToDecide(call: Call<{ grants: readonly string[] }>): Promise<readonly Line[]> {
  const { tx, context, companyId, input } = call
  const open = await openLines(call)
  const wanted = new Set(input.grants)
  const lines = open.filter((one) => wanted.has(one.grant))
  const found = new Set(lines.map((one) => one.grant))
  const missing = input.grants.find((grant) => !found.has(grant))
  if (missing) refuse('REVIEW_GRANT', { number: call.rows[0]?.number, grant: missing })
  const owners = await tx.rows(sql<{
    role: string
    approver: string
  }>`select code as role, coalesce(approver, 'administrator') as approver
    from access.role where code = any(${[...new Set(lines.map((one) => one.role))]}::text[])`)
  const ownerOf = new Map(owners.map((one) => [one.role, one.approver]))
  const matters = new Map<string, Matter>()
  for (const { role, account, everywhere } of lines) {
    const owner = ownerOf.get(role) ?? ADMINISTRATOR
    matters.set(`${owner} ${account} ${everywhere}`, {
      role: owner,
      concerned: account,
      requestedBy: account,
      everywhere,
    })
  }
  for (const matter of matters.values()) await requireDecider(tx, context, matter)
  await tx.run(
    sql`select from rollout.access_review_line where company_id = ${companyId} and id = any(${lines.map((one) => one.id)}::uuid[]) for update`,
  )
  return lines
}

/** Every undecided line of the call's reviews, in the order of their ids. */
export const openLines = ({ tx, companyId, set }: Call<unknown>): Promise<Line[]> =>
  tx.rows(sql<Line>`select ${columns} from rollout.access_review_line l
    join ${set} s on s.id = l.review_id join rollout.access_review r on r.company_id = l.company_id and r.id = l.review_id
   where l.company_id = ${companyId} and l.outcome is null order by l.id`)

/** Writes what became of lines. `by` is null for what nobody decided. */
export async function settle(
  { tx, companyId, now }: Call<unknown>,
  lines: readonly Line[],
  given: {
    outcome: 'confirmed' | 'revoked' | 'lapsed' | 'kept' | 'gone'
    by: string | null
    note?: string | undefined
  },
): Promise<void> {
  await tx.run(sql`update rollout.access_review_line set outcome = ${given.outcome}, decided_by = ${given.by}::uuid, decided_at = ${now}, note = ${given.note ?? null}
    where company_id = ${companyId} and id = any(${lines.map((one) => one.id)}::uuid[])`)
}
