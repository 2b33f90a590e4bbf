// Changing a contact.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { checkEmail } from '../identity.ts'
import { contact } from './contact.ts'

/** What is not given stays; an empty text clears. */
export const ChangeInput = T.object({
  name: T.optional(T.text(120)),
  role: T.optional(T.text(60)),
  email: T.optional(T.text(120)),
  phone: T.optional(T.text(40)),
})

export const change = command(contact.verbs.change, ChangeInput, async ({ tx, companyId, input, set, rows }) => {
  checkEmail(rows[0]?.number ?? '', input.email)
  await tx.run(sql`update party.contact c set
      name = coalesce(${input.name ?? null}, c.name),
      role = coalesce(${input.role ?? null}, c.role),
      email = nullif(coalesce(${input.email ?? null}, c.email), ''),
      phone = nullif(coalesce(${input.phone ?? null}, c.phone), '')
    from ${set} s where c.company_id = ${companyId} and c.id = s.id`)
})
