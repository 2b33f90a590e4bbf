// Changing a tax code for postings to come: its name and the account. Its kind is law and printed on invoices: it stays.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { code } from './code.ts'

/** What is not given stays. */
export const ChangeInput = T.object({ name: T.optional(T.text(120)), account: T.optional(T.code()) })

export const change = command(code.verbs.change, ChangeInput, async ({ tx, companyId, input, set }) => {
  await tx.run(sql`update tax.code c set name = coalesce(${input.name ?? null}, c.name), account = coalesce(${input.account ?? null}, c.account)
    from ${set} s where c.company_id = ${companyId} and c.id = s.id`)
})
