// Changing how far a role may go; what was decided before stands.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { checkPercent } from './create.ts'
import { discountLimit } from './discount-limit.ts'

export const ChangeInput = T.object({ percent: T.percent() })

export const change = command(discountLimit.verbs.change, ChangeInput, async ({ tx, companyId, input, set }) => {
  checkPercent(input.percent, 1)
  await tx.run(
    sql`update pricing.discount_limit l set percent = ${input.percent} from ${set} s where l.company_id = ${companyId} and l.id = s.id`,
  )
})
