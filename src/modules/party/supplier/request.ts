// Asking for a supplier, from any channel: written as a proposal, compared with everybody, and not bought from yet.
import { Type } from '@sinclair/typebox'
import { plainly } from '#company'
import { creation } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { newIdentity, proposeParties, withoutAccounts } from '../identity.ts'
import { compareWithKnown, likenessOf } from '../likeness.ts'
import { refuseClosedTerms } from '../term/closed-terms.ts'
import { supplier } from './supplier.ts'

/**
 * One request. `id` may name a party that the company knows already, as a customer: then that party becomes a supplier
 * too. Without a code the supplier gets the next number; without a currency the company's own; without a term the
 * setting default-payment-term, else NET30.
 */
export const SupplierInput = T.object({
  id: T.optional(T.id()),
  code: T.optional(T.code()),
  ...newIdentity,
  currency: T.optional(Type.String({ pattern: '^[A-Z]{3}$' })),
  term: T.optional(T.code()),
  leadTimeDays: T.optional(T.integer(0, 1000)),
  bankAccount: T.optional(T.text(40)),
  note: T.optional(T.text(2000)),
})

export const request = creation(supplier.verbs.request, SupplierInput, async (call) => {
  const { tx, companyId, ids, set, input, numbers, now, actor, context } = call
  const asked = input.map((one, at) => ({ ...one, id: ids[at] ?? '', code: one.code ?? numbers[at] ?? '' }))
  const given = asked.map((one) => ({
    id: one.id,
    code: one.code,
    name: one.name,
    currency: one.currency,
    term: one.term,
    lead_time_days: one.leadTimeDays ?? 7,
    bank_account: one.bankAccount,
    note: one.note ?? '',
  }))
  await plainly('party', proposeParties(tx, now, asked))
  await plainly(
    'supplier',
    tx.run(sql`insert into party.supplier (company_id, id, code, name, currency, term, lead_time_days, bank_account, note, state,
      requested_by, created_at, updated_at)
    select ${companyId}, g.id, g.code, g.name, coalesce(g.currency, b.currency),
        coalesce(g.term, b.settings ->> 'default-payment-term', 'NET30'), g.lead_time_days, g.bank_account, g.note, 'proposed',
        ${actor}, ${now}, ${now}
      from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g (id uuid, code text, name text, currency text, term text,
        lead_time_days int, bank_account text, note text)
      join company.v_company b on b.id = ${companyId}`),
  )
  await refuseClosedTerms(tx, companyId, 'party.supplier', set)
  const alike = await compareWithKnown(tx, { companyId, channel: context.channel, now, ids })
  const codes = new Map(asked.map((one) => [one.id, one.code]))
  return {
    changes: withoutAccounts(ids, input),
    result: { suppliers: likenessOf(ids, alike).map((one) => ({ code: codes.get(one.id), ...one })) },
  }
})
