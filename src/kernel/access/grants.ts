// Giving and taking roles: within the giver's own reach, and never both sides of a separated pair.
import type { Context } from '#kernel/context'
import { sql, type Tx } from '#kernel/db'
import { refuse as refuseKernel } from '#kernel/refusal'
import { administer, covers, lockAccount } from './administer.ts'
import { hasAdministrator, keepAnAdministrator, oneAtATime } from './administrators.ts'
import { account } from './documents.ts'
import { refuseByRequest } from './mode.ts'
import { refuse } from './refusals.ts'
import type { Access } from './runtime.ts'
import { refuseConflicts } from './separation.ts'
import { insertGrant } from './store.ts'

export type GrantInput = {
  account: string
  role: string
  /** True: in every company, which only an administrator of every company may give. */
  everywhere?: boolean
  warehouse?: string
  /** In company currency. */
  upTo?: string
  startsOn?: string
  endsOn?: string
}

/** Gives a role in the context's company, or everywhere. Refuses BY_REQUEST_ONLY where access is given by requests. */
export function grantRole(access: Access, context: Context, given: GrantInput) {
  return administer(access, context, account.verbs.grant, given, async (tx) => {
    const { may } = account.verbs.grant
    const companyId = given.everywhere ? null : context.companyId
    if (!covers(context.principal.permissions.get(may) ?? [], companyId)) refuse('OUT_OF_REACH')
    const subject = await lockAccount(tx, context, may, given.account)
    await refuseByRequest(tx, companyId)
    await requireKnown(tx, { ...given, companyId, within: context.companyId })
    const { startsOn, endsOn } = given
    const { today } = context
    await refuseConflicts(tx, { accountId: subject.id, role: given.role, companyId, startsOn, endsOn, today })
    await oneAtATime(tx)
    const before = await hasAdministrator(tx, context.now)
    const id = await insertGrant(tx, {
      accountId: subject.id,
      role: given.role,
      companyId,
      warehouseId: given.warehouse ?? null,
      upTo: given.upTo ?? null,
      startsOn: given.startsOn ?? null,
      endsOn: given.endsOn ?? null,
      grantedBy: context.principal.id,
      reason: context.reason ?? '',
    })
    // Given again with other dates, a grant may end where it did not before.
    await keepAnAdministrator(tx, context, before)
    const { state } = subject
    return {
      id: subject.id,
      from: state,
      to: state,
      changes: { grant: id, ...given },
      answer: { grant: id },
      kept: { grant: id },
    }
  })
}

/** What a grant names must be there: refuses ROLE_UNKNOWN, and WAREHOUSE_UNKNOWN for one that is not of the company. */
export async function requireKnown(
  tx: Tx,
  given: { role: string; warehouse?: string | null | undefined; companyId: number | null; within: number },
): Promise<void> {
  const known = await tx.first(sql<{
    role: boolean
    warehouse: boolean
  }>`select exists (select from access.role where code = ${given.role}) as role,
    exists (select from company.warehouse where company_id = ${given.within} and id = ${given.warehouse ?? null}::uuid) as warehouse`)
  if (!known?.role) refuse('ROLE_UNKNOWN', { role: given.role })
  if (given.warehouse && (given.companyId === null || !known?.warehouse))
    refuse('WAREHOUSE_UNKNOWN', { warehouse: given.warehouse })
}

/** Takes a grant away; within a second nothing of it works any more. */
export function revokeRole(access: Access, context: Context, given: { account: string; grant: string }) {
  return administer(access, context, account.verbs.revoke, given, async (tx) => {
    const { may } = account.verbs.revoke
    const subject = await lockAccount(tx, context, may, given.account)
    await oneAtATime(tx)
    const before = await hasAdministrator(tx, context.now)
    const gone = await tx.first(sql<{ role: string; company_id: number | null }>`delete from access.role_grant
      where id = ${given.grant}::uuid and account_id = ${subject.id}::uuid returning role, company_id`)
    if (!gone) return refuseKernel('NOT_FOUND', { document: 'grant', id: given.grant })
    await keepAnAdministrator(tx, context, before)
    const { state } = subject
    const answer = { grant: given.grant, role: gone.role }
    return {
      id: subject.id,
      from: state,
      to: state,
      changes: { ...given, role: gone.role, company: gone.company_id },
      answer,
      kept: answer,
    }
  })
}
