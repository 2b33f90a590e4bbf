// Receiving a payment books the money and settles the invoices it names, in one step; the rest stays on account.
import type { Static } from '@sinclair/typebox'
import { type Call, creation } from '#kernel/command'
import { errorCode, sql } from '#kernel/db'
import { isId, newId } from '#kernel/ids'
import { T } from '#kernel/schema'
import { resolveCustomers } from '#party'
import { refuse } from '../refusals.ts'
import { applyPayments, type WantedApplication } from './settle.ts'
import { payment } from './payment.ts'

export const ApplyInput = T.object({
  invoice: T.idOf('receivables.invoice'),
  amount: T.optional(T.money()),
  discount: T.optional(T.money()),
  writeOff: T.optional(T.money()),
})

const PaymentInput = T.object({
  id: T.optional(T.id()),
  customer: T.ref('party.customer'),
  amount: T.money(),
  currency: T.optional(T.code()),
  kind: T.optional(T.choice(['payment', 'deposit'])),
  method: T.optional(T.text(40)),
  reference: T.optional(T.text(60)),
  apply: T.optional(T.list(ApplyInput, 2000, 0)),
})

type Given = Static<typeof PaymentInput>

export const receive = creation(payment.verbs.receive, PaymentInput, async (call) => {
  await write(call)
  const wanted: WantedApplication[] = call.input.flatMap((one, at) => (one.apply ?? []).map((part) => ({
    id: newId(), payment_id: call.ids[at] ?? '', invoice_id: part.invoice, amount: part.amount ?? null, discount: part.discount ?? null, write_off: part.writeOff ?? null,
  })))
  await applyPayments(call, call.ids, wanted, true)
})

async function write(call: Call<readonly Given[]>): Promise<void> {
  const { tx, companyId, ids, input, numbers } = call
  const codes = input.map((one) => one.customer).filter((ref) => !isId(ref))
  const found = codes.length > 0 ? await resolveCustomers(tx, companyId, codes) : new Map<string, { id: string }>()
  const rows = JSON.stringify(input.map((one, at) => ({
    id: ids[at], number: numbers[at], customer_id: found.get(one.customer)?.id ?? one.customer, amount: one.amount, currency: one.currency, kind: one.kind ?? 'payment', method: one.method ?? 'transfer', reference: one.reference,
  })))
  try {
    const written = await tx.run(sql`insert into receivables.payment (company_id, id, number, kind, customer_id, received_on, currency, rate, amount, unapplied, method, reference, state, created_by, created_at, updated_at)
      select ${companyId}, p.id, p.number, p.kind, p.customer_id, ${call.today}::date, coalesce(p.currency, c.currency),
             case when coalesce(p.currency, c.currency) = b.currency then 1
               else (select r.rate from company.v_rate r where r.company_id = b.id and r.currency = coalesce(p.currency, c.currency) and r.valid_on <= ${call.today}::date order by r.valid_on desc limit 1) end,
             p.amount, p.amount, p.method, p.reference, 'posted', ${call.actor}, ${call.now}, ${call.now}
        from jsonb_to_recordset(${rows}::jsonb) as p (id uuid, number text, customer_id uuid, amount numeric, currency text, kind text, method text, reference text)
        join party.v_customer c on c.company_id = ${companyId} and c.id = p.customer_id
        join company.v_company b on b.id = ${companyId} where p.amount > 0`)
    if (written !== ids.length) refuse('AMOUNT_NOT_POSITIVE')
  } catch (error) {
    if (errorCode(error) === '23505') refuse('PAYMENT_TWICE', { reference: input.map((one) => one.reference).join(', '), method: input[0]?.method ?? 'transfer' })
    throw error
  }
}
