// Changing an account: what it is called and who keeps it. Its type stays, because reports of past years stand on it.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { account } from './account.ts'

export const change = command(
  account.verbs.change,
  T.object({ name: T.optional(T.text(120)), control: T.optional(T.code()) }),
  async ({ tx, companyId, set, input }) => {
    await tx.run(sql`update ledger.account a set name = coalesce(${input.name ?? null}, a.name), control = coalesce(${input.control ?? null}, a.control)
        from ${set} s where a.company_id = ${companyId} and a.id = s.id`)
  },
)
