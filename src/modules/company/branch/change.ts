// Renaming a branch.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { branch } from './branch.ts'

export const change = command(
  branch.verbs.change,
  T.object({ name: T.text(120) }),
  async ({ tx, companyId, input, set }) => {
    await tx.run(
      sql`update company.branch b set name = ${input.name} from ${set} s where b.company_id = ${companyId} and b.id = s.id`,
    )
  },
)
