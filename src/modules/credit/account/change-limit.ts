// Changing a limit: within the class, with the consent that the matrix asks for, at once or for a time.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { checkLimit, LimitInput, requireConsent } from '../limit.ts'
import { account } from './account.ts'
import { checkClassLimit } from './class-limit.ts'

/** Without dates, or with only a start of today, the standing limit changes; else a limit for a time is set beside it. */
export const changeLimit = command(account.verbs['change-limit'], LimitInput, async (call) => {
  const { tx, companyId, today, input, set } = call
  checkLimit(call, account.verbs['change-limit'])
  await checkClassLimit(call, input.limit)
  await requireConsent(call, account.label)
  const { limit, from = today, until } = input
  const standing = from === today && until === undefined
  await tx.run(
    standing
      ? sql`update credit.account a set credit_limit = ${limit}, next_limit = null, next_from = null, next_until = null
          from ${set} s where a.company_id = ${companyId} and a.id = s.id`
      : sql`update credit.account a set next_limit = ${limit}, next_from = ${from}, next_until = ${until ?? null}
          from ${set} s where a.company_id = ${companyId} and a.id = s.id`,
  )
})
