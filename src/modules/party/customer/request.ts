// Asking for a customer, from any channel: it is written as a proposal, compared with everybody, and sells nothing yet.
import { type Static, Type } from '@sinclair/typebox'
import { plainly } from '#company'
import { creation } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { columnsOf, INHERITABLE, passDown } from '../hierarchy.ts'
import { newIdentity, proposeParties, withoutAccounts } from '../identity.ts'
import { compareWithKnown, likenessOf } from '../likeness.ts'
import { refuseClosedTerms } from '../term/closed-terms.ts'
import { CLASSES, customer, INVOICE_POLICIES } from './customer.ts'
import { resolveCustomers } from './resolve.ts'

/**
 * One request. `id` may name a party that the company knows already, as a supplier: then that party becomes a customer
 * too. Without a code the customer gets the next number. Without a tax position the country decides, by the company's
 * setting tax-positions ({ 'DE': 'domestic', ... }), else 'domestic' at home and 'export' abroad. Without a term the
 * setting default-payment-term counts, else NET30. `inherits` names what is taken from the parent.
 */
export const CustomerInput = T.object({
  id: T.optional(T.id()),
  code: T.optional(T.code()),
  ...newIdentity,
  parent: T.optional(T.ref('party.customer')),
  inherits: T.optional(Type.Array(T.choice(INHERITABLE), { maxItems: INHERITABLE.length, uniqueItems: true })),
  group: T.optional(T.code()),
  class: T.optional(T.choice(CLASSES)),
  currency: T.optional(Type.String({ pattern: '^[A-Z]{3}$' })),
  term: T.optional(T.code()),
  taxPosition: T.optional(T.code()),
  billTo: T.optional(T.ref('party.customer')),
  invoicePolicy: T.optional(T.choice(INVOICE_POLICIES)),
  backorderRule: T.optional(T.code()),
  minRemainingLifeDays: T.optional(T.integer(0, 3650)),
  consentsToSubstitutes: T.optional(T.boolean()),
  purchaseOrderRequired: T.optional(T.boolean()),
  bankAccount: T.optional(T.text(40)),
  note: T.optional(T.text(2000)),
})

type Request = Static<typeof CustomerInput> & {
  id: string
  code: string
  parentId: string | undefined
  billToId: string | undefined
}

export const request = creation(customer.verbs.request, CustomerInput, async (call) => {
  const { tx, companyId, ids, set, input, numbers, now, actor, context } = call
  const above = input.flatMap((one) => [one.parent, one.billTo]).filter((ref) => ref !== undefined)
  const found = await resolveCustomers(tx, companyId, above)
  const asked: Request[] = input.map((one, at) => ({
    ...one,
    id: ids[at] ?? '',
    code: one.code ?? numbers[at] ?? '',
    parentId: one.parent === undefined ? undefined : found.get(one.parent)?.id,
    billToId: one.billTo === undefined ? undefined : found.get(one.billTo)?.id,
  }))
  await plainly('party', proposeParties(tx, now, asked))
  await plainly(
    'customer',
    tx.run(sql`insert into party.customer (company_id, id, code, name, group_code, class, currency, term, tax_position, bill_to, invoice_policy,
      backorder_rule, min_remaining_life_days, consents_to_substitutes, purchase_order_required, inherits, bank_account, note, state,
      requested_by, created_at, updated_at)
    select ${companyId}, g.id, g.code, g.name, g.group_code, g.class, coalesce(g.currency, b.currency),
        coalesce(g.term, b.settings ->> 'default-payment-term', 'NET30'),
        coalesce(g.tax_position, b.settings -> 'tax-positions' ->> g.country, case when g.country = b.country then 'domestic' else 'export' end),
        g.bill_to, g.invoice_policy, g.backorder_rule, g.min_remaining_life_days, g.consents_to_substitutes, g.purchase_order_required,
        g.inherits, g.bank_account, g.note, 'proposed', ${actor}, ${now}, ${now}
      from jsonb_to_recordset(${written(asked)}::jsonb) as g (id uuid, code text, name text, country text, group_code text, class text,
        currency text, term text, tax_position text, bill_to uuid, invoice_policy text, backorder_rule text, min_remaining_life_days int,
        consents_to_substitutes boolean, purchase_order_required boolean, inherits text[], bank_account text, note text)
      join company.v_company b on b.id = ${companyId}`),
  )
  await refuseClosedTerms(tx, companyId, 'party.customer', set)
  if (asked.some((one) => (one.inherits ?? []).length > 0)) {
    await passDown(tx, companyId, set, now)
  }
  const alike = await compareWithKnown(tx, { companyId, channel: context.channel, now, ids })
  const codes = new Map(asked.map((one) => [one.id, one.code]))
  return {
    changes: withoutAccounts(ids, input),
    result: { customers: likenessOf(ids, alike).map((one) => ({ code: codes.get(one.id), ...one })) },
  }
})

const written = (asked: readonly Request[]): string =>
  JSON.stringify(
    asked.map((one) => ({
      id: one.id,
      code: one.code,
      name: one.name,
      country: one.country,
      group_code: one.group,
      class: one.class ?? 'standard',
      currency: one.currency,
      term: one.term,
      tax_position: one.taxPosition,
      bill_to: one.billToId,
      invoice_policy: one.invoicePolicy ?? 'shipped',
      backorder_rule: one.backorderRule,
      min_remaining_life_days: one.minRemainingLifeDays ?? 0,
      consents_to_substitutes: one.consentsToSubstitutes ?? false,
      purchase_order_required: one.purchaseOrderRequired ?? false,
      inherits: columnsOf(one.inherits ?? []),
      bank_account: one.bankAccount,
      note: one.note ?? '',
    })),
  )
