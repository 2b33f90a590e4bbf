// Joining a group: the account shares the group's limit beside its own, or leaves it.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { refuse as refuseKernel } from '#kernel/refusal'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { account } from './account.ts'

/** Without a group the account leaves the one it is in. */
export const GroupInput = T.object({ group: T.optional(T.ref('credit.group')) })

export const joinGroup = command(account.verbs['join-group'], GroupInput, async ({ tx, companyId, input, set }) => {
  if (input.group === undefined) {
    await tx.run(
      sql`update credit.account a set group_id = null from ${set} s where a.company_id = ${companyId} and a.id = s.id`,
    )
    return
  }
  const group = await tx.first(sql<{
    id: string
    code: string
    currency: string
  }>`select id, code, currency from credit.group_limit
    where company_id = ${companyId} and (code = ${input.group} or id::text = ${input.group})`)
  if (!group) return refuseKernel('UNKNOWN_CODE', { entity: 'credit group', code: input.group })
  const other = await tx.first(sql<{ account: string; given: string }>`select a.code as account, a.currency as given
    from ${set} s join credit.account a on a.company_id = ${companyId} and a.id = s.id where a.currency <> ${group.currency} order by a.code limit 1`)
  if (other) refuse('CREDIT_GROUP_CURRENCY', { ...other, group: group.code, expected: group.currency })
  await tx.run(
    sql`update credit.account a set group_id = ${group.id} from ${set} s where a.company_id = ${companyId} and a.id = s.id`,
  )
})
