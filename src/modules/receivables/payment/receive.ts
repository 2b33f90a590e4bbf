// Receiving a payment books the money and settles the invoices it names, in one step; the rest stays on account.
import type { Static } from '@sinclair/typebox'
import { rateOn } from '#company'
import { type Call, creation } from '#kernel/command'
import { errorCode, relation, sql } from '#kernel/db'
import { isId, newId } from '#kernel/ids'
import { refuse as refuseKernel } from '#kernel/refusal'
import { T } from '#kernel/schema'
import { resolveCustomers } from '#party'
import { refuse } from '../refusals.ts'
import { payment } from './payment.ts'
import { settle, type WantedApplication } from './settle.ts'

/** One settlement; amounts in the invoice's currency. What is left out is worked out from what is open. */
export const ApplyInput = T.object({
  invoice: T.idOf('receivables.invoice'),
  amount: T.optional(T.money()),
  discount: T.optional(T.money()),
  writeOff: T.optional(T.money()),
})

/** `kind` 'deposit': paid before delivery, owed back until an invoice takes it; `order`: only an invoice of that order. */
const PaymentInput = T.object({
  id: T.optional(T.id()),
  customer: T.ref('party.customer'),
  amount: T.money(),
  currency: T.optional(T.code()),
  kind: T.optional(T.choice(['payment', 'deposit'])),
  order: T.optional(T.idOf('sales.order')),
  method: T.optional(T.text(40)),
  reference: T.optional(T.text(60)),
  apply: T.optional(T.list(ApplyInput, 2000, 0)),
})

type Given = Static<typeof PaymentInput>

export const receive = creation(payment.verbs.receive, PaymentInput, async (call) => {
  await write(call)
  const wanted = call.input.flatMap((one, at) =>
    (one.apply ?? []).map((part) => wantedOf(part, { payment_id: call.ids[at] ?? '', credit_id: null })),
  )
  await settle(call, wanted, { payments: call.ids })
})

/** An application as it is asked for, from one payment or credit note. */
export const wantedOf = (
  part: Static<typeof ApplyInput>,
  source: Pick<WantedApplication, 'payment_id' | 'credit_id'>,
): WantedApplication => ({
  id: newId(),
  ...source,
  invoice_id: part.invoice,
  amount: part.amount ?? null,
  discount: part.discount ?? null,
  write_off: part.writeOff ?? null,
})

type Problem = { wrong: 'positive' | 'fine' | 'order' | null; amount: string; currency: string; order: string }

async function write(call: Call<readonly Given[]>): Promise<void> {
  const { tx, companyId, ids, input, numbers } = call
  const codes = input.map((one) => one.customer).filter((ref) => !isId(ref))
  const found = codes.length > 0 ? await resolveCustomers(tx, companyId, codes) : new Map<string, { id: string }>()
  const given = relation(
    {
      id: 'uuid',
      number: 'text',
      customer_id: 'uuid',
      amount: 'numeric',
      currency: 'text',
      kind: 'text',
      order_id: 'uuid',
      method: 'text',
      reference: 'text',
    },
    input.map((one, at) => ({
      ...one,
      id: ids[at],
      number: numbers[at],
      customer_id: found.get(one.customer)?.id ?? one.customer,
      kind: one.kind ?? 'payment',
      order_id: one.order,
      method: one.method ?? 'transfer',
    })),
  )
  try {
    const rows = await tx.rows(sql<Problem>`with given as materialized (
        select p.*, coalesce(p.currency, c.currency) as paid_in, b.digits as base_digits, ${rateOn(companyId, sql`coalesce(p.currency, c.currency)`, call.today)} as rate,
               case when p.amount <= 0 then 'positive' when scale(trim_scale(p.amount)) > y.digits then 'fine'
                    when p.order_id is not null and not exists (select from sales.v_order o where o.company_id = ${companyId} and o.id = p.order_id and o.customer_id = p.customer_id) then 'order' end as wrong
          from ${given} p join party.v_customer c on c.company_id = ${companyId} and c.id = p.customer_id
          join company.v_company b on b.id = ${companyId} join company.v_currency y on y.code = coalesce(p.currency, c.currency)
      ), written as (
        insert into receivables.payment (company_id, id, number, kind, customer_id, order_id, received_on, currency, rate, amount, unapplied, base_amount, base_unapplied, method, reference, state, created_by, created_at, updated_at)
        select ${companyId}, id, number, kind, customer_id, order_id, ${call.today}::date, paid_in, rate, amount, amount, round(amount * rate, base_digits), round(amount * rate, base_digits), method, reference, 'posted',
               ${call.actor}, ${call.now}, ${call.now} from given where wrong is null
      )
      select wrong, amount::text, paid_in as currency, order_id as "order" from given order by wrong nulls last`)
    const bad = rows[0]
    if (bad?.wrong === 'positive') refuse('AMOUNT_NOT_POSITIVE')
    if (bad?.wrong === 'fine') refuse('AMOUNT_TOO_FINE', bad)
    if (bad?.wrong === 'order') refuseKernel('UNKNOWN_CODE', { entity: 'order of this customer', code: bad.order })
    // Ids that name no customer or a currency that does not exist leave no row at all.
    if (rows.length !== ids.length)
      await resolveCustomers(
        tx,
        companyId,
        input.map((one) => one.customer),
      )
    if (rows.length !== ids.length) refuse('RATE_UNKNOWN', { day: call.today })
  } catch (error) {
    if (errorCode(error) === '23505')
      refuse('PAYMENT_TWICE', {
        reference: input.map((one) => one.reference).join(', '),
        method: input[0]?.method ?? 'transfer',
      })
    if (errorCode(error) === '23502') refuse('RATE_UNKNOWN', { day: call.today })
    throw error
  }
}
