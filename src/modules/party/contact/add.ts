// Adding people to customers and suppliers.
import { creation } from '#kernel/command'
import { sql } from '#kernel/db'
import { refuse } from '#kernel/refusal'
import { T } from '#kernel/schema'
import { checkEmail } from '../identity.ts'
import { contact } from './contact.ts'

/** `party` is a customer or a supplier, by id or code. */
export const ContactInput = T.object({
  id: T.optional(T.id()),
  party: T.ref('party.customer'),
  name: T.text(120),
  role: T.optional(T.text(60)),
  email: T.optional(T.text(120)),
  phone: T.optional(T.text(40)),
})

export const add = creation(contact.verbs.add, ContactInput, async ({ tx, companyId, ids, input, now }) => {
  for (const one of input) {
    checkEmail(one.name, one.email)
  }
  const given = input.map((one, at) => ({
    id: ids[at],
    party: one.party,
    name: one.name,
    role: one.role ?? '',
    email: one.email || undefined,
    phone: one.phone || undefined,
  }))
  // A code that a customer and a supplier share means the customer.
  const written = await tx.rows(sql<{
    id: string
  }>`insert into party.contact (company_id, id, party_id, name, role, email, phone, created_at, updated_at)
    select ${companyId}, g.id, p.id, g.name, g.role, g.email, g.phone, ${now}, ${now}
      from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g (id uuid, party text, name text, role text, email text, phone text)
      cross join lateral (
        select c.id, 1 as rank from party.customer c where c.company_id = ${companyId} and (c.code_key = upper(g.party) or c.id::text = g.party)
        union all
        select v.id, 2 from party.supplier v where v.company_id = ${companyId} and (v.code_key = upper(g.party) or v.id::text = g.party)
        order by rank limit 1
      ) p
    returning id`)
  const known = new Set(written.map((one) => one.id))
  const lost = given.find((one) => !known.has(one.id ?? ''))
  if (lost) {
    refuse('UNKNOWN_CODE', { entity: 'customer or supplier', code: lost.party })
  }
})
