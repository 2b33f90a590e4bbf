// Changing a shared limit, with the consent that the matrix asks for.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { checkLimit, requireConsent } from '../limit.ts'
import { group } from './group.ts'

export const ChangeLimitInput = T.object({ limit: T.money() })

export const changeLimit = command(group.verbs['change-limit'], ChangeLimitInput, async (call) => {
  const { tx, companyId, input, set } = call
  checkLimit(call, group.verbs['change-limit'])
  await requireConsent(call, group.label)
  await tx.run(
    sql`update credit.group_limit g set credit_limit = ${input.limit} from ${set} s where g.company_id = ${companyId} and g.id = s.id`,
  )
})
