// Changing a margin floor; orders that were confirmed stand.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { checkRange } from './create.ts'
import { floor } from './margin-floor.ts'

export const ChangeInput = T.object({ percent: T.signedQuantity() })

export const change = command(floor.verbs.change, ChangeInput, async ({ tx, companyId, input, set }) => {
  checkRange(input.percent)
  await tx.run(
    sql`update pricing.margin_floor f set percent = ${input.percent} from ${set} s where f.company_id = ${companyId} and f.id = s.id`,
  )
})
