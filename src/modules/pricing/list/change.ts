// Changing the name of a price list; its currency and code stay, for prices rest on them.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { list } from './list.ts'

export const ChangeInput = T.object({ name: T.text(120) })

export const change = command(list.verbs.change, ChangeInput, async ({ tx, companyId, input, set }) => {
  await tx.run(
    sql`update pricing.list l set name = ${input.name} from ${set} s where l.company_id = ${companyId} and l.id = s.id`,
  )
})
