// Changing a supplier, except the bank account: that is another verb, for others.
import { Type } from '@sinclair/typebox'
import { plainly } from '#company'
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { changedIdentity, changeIdentity, checkEmail, touchesIdentity } from '../identity.ts'
import { compareWithKnown, likenessOf } from '../likeness.ts'
import { refuseClosedTerms } from '../term/closed-terms.ts'
import { supplier } from './supplier.ts'

/** What is not given stays; an empty text clears what may be empty of the identity, which every company shares. */
export const ChangeInput = T.object({
  ...changedIdentity,
  currency: T.optional(Type.String({ pattern: '^[A-Z]{3}$' })),
  term: T.optional(T.code()),
  leadTimeDays: T.optional(T.integer(0, 1000)),
  note: T.optional(T.text(2000)),
})

export const change = command(supplier.verbs.change, ChangeInput, async (call) => {
  const { tx, companyId, input, ids, set, now, rows, context } = call
  checkEmail(rows[0]?.number ?? '', input.email)
  await plainly(
    'supplier',
    tx.run(sql`update party.supplier v set
      name = coalesce(${input.name ?? null}, v.name),
      currency = coalesce(${input.currency ?? null}, v.currency),
      term = coalesce(${input.term ?? null}, v.term),
      lead_time_days = coalesce(${input.leadTimeDays ?? null}::int, v.lead_time_days),
      note = coalesce(${input.note ?? null}, v.note)
    from ${set} s where v.company_id = ${companyId} and v.id = s.id`),
  )
  if (input.term !== undefined) {
    await refuseClosedTerms(tx, companyId, 'party.supplier', set)
  }
  const states = new Map(rows.map((row) => [row.id, row.state]))
  if (!touchesIdentity(input)) {
    return { states }
  }
  await changeIdentity(tx, set, now, input)
  const alike = await compareWithKnown(tx, { companyId, channel: context.channel, now, ids })
  return { states, result: { suppliers: likenessOf(ids, alike) } }
})
