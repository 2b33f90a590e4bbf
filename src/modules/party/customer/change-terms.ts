// Changing a customer's payment term or currency, for him and for those below who take theirs from him.
import { Type } from '@sinclair/typebox'
import { plainly } from '#company'
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { passDown } from '../hierarchy.ts'
import { refuseClosedTerms } from '../term/closed-terms.ts'
import { customer } from './customer.ts'

/** What is not given stays. A value that the customer takes from above is his own from now on. */
export const TermsInput = T.object({
  term: T.optional(T.code()),
  currency: T.optional(Type.String({ pattern: '^[A-Z]{3}$' })),
})

export const changeTerms = command(customer.verbs['change-terms'], TermsInput, async (call) => {
  const { tx, companyId, input, set, now, rows } = call
  const own = Object.keys(input)
  await plainly(
    'customer',
    tx.run(sql`update party.customer c set
      term = coalesce(${input.term ?? null}, c.term),
      currency = coalesce(${input.currency ?? null}, c.currency),
      inherits = array(select taken from unnest(c.inherits) as taken where taken <> all(${own}::text[])),
      -- Other terms are another risk: whoever reviewed the credit of a proposal reviewed the former ones.
      credit_reviewed_by = case when c.state = 'proposed' and c.term is distinct from coalesce(${input.term ?? null}, c.term)
        then null else c.credit_reviewed_by end
    from ${set} s where c.company_id = ${companyId} and c.id = s.id`),
  )
  await refuseClosedTerms(tx, companyId, 'party.customer', set)
  const inherited = await passDown(tx, companyId, set, now)
  return { states: new Map(rows.map((row) => [row.id, row.state])), result: { inherited } }
})
