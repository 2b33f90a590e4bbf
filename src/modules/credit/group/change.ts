// Changing the name of a credit group.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { group } from './group.ts'

export const ChangeInput = T.object({ name: T.text(120) })

export const change = command(group.verbs.change, ChangeInput, async ({ tx, companyId, input, set }) => {
  await tx.run(
    sql`update credit.group_limit g set name = ${input.name} from ${set} s where g.company_id = ${companyId} and g.id = s.id`,
  )
})
