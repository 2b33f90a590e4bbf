// Settling: payments against invoices, exact, with discount, write-off and exchange difference each in its account.
import { changeExposure } from '#credit'
import type { Call } from '#kernel/command'
import { sql } from '#kernel/db'
import { post } from '#ledger'
import { refuse } from '../refusals.ts'

/** One application to make. Without an amount: what is open, as far as the payment goes. */
export type WantedApplication = { id: string; payment_id: string; invoice_id: string; amount: string | null; discount: string | null; write_off: string | null }

type Applied = {
  id: string; payment_id: string; customer_id: string; number: string; wrong: 'PAYS_TOO_MUCH' | 'OTHER_CURRENCY' | 'INVOICE_UNKNOWN' | 'DISCOUNT_TOO_LARGE' | 'WRITE_OFF_TOO_LARGE' | null
  open: string; amount: string; discount: string; write_off: string; limit: string; payment: string; invoice: string; invoice_id: string
}
type Settler = Pick<Call<unknown>, 'tx' | 'kernel' | 'context' | 'companyId' | 'actor' | 'now' | 'today'>

/**
 * Applies payments to invoices of the same customer and currency, locks the invoices in id order, books the receipt of
 * the money when it is new (`received`), discounts, write-offs and exchange differences, and moves the exposure.
 * Refuses when an invoice would be overpaid or a payment overspent; then nothing is applied.
 */
export async function applyPayments(call: Settler, paymentIds: readonly string[], wanted: readonly WantedApplication[], received: boolean): Promise<void> {
  const applied = wanted.length > 0 ? await settle(call, wanted) : []
  const bad = applied.find((one) => one.wrong !== null)
  if (bad?.wrong) refuse(bad.wrong, { ...bad, amount: bad.wrong === 'PAYS_TOO_MUCH' ? bad.amount : bad.wrong === 'DISCOUNT_TOO_LARGE' ? bad.discount : bad.write_off, id: bad.invoice_id })
  const missing = wanted.find((one) => !applied.some((done) => done.id === one.id))
  if (missing) refuse('INVOICE_UNKNOWN', { id: missing.invoice_id })
  const over = await call.tx.first(sql<{ amount: string; applied: string }>`with spent as (
      select payment_id, sum(amount) as amount from unnest(${applied.map((one) => one.payment_id)}::uuid[], ${applied.map((one) => one.amount)}::numeric[]) as s (payment_id, amount) group by payment_id
    ), paid as (
      update receivables.payment p set unapplied = p.unapplied - s.amount from spent s
       where p.company_id = ${call.companyId} and p.id = s.payment_id and p.unapplied >= s.amount returning p.id
    )
    select p.unapplied::text as amount, s.amount::text as applied from spent s join receivables.payment p on p.company_id = ${call.companyId} and p.id = s.payment_id
     where not exists (select from paid d where d.id = s.payment_id) limit 1`)
  if (over) refuse('MORE_THAN_RECEIVED', over)
  await book(call, paymentIds, applied.map((one) => one.id), received)
}

function settle(call: Settler, wanted: readonly WantedApplication[]): Promise<Applied[]> {
  const { companyId, today } = call
  return call.tx.rows(sql<Applied>`with wanted as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w (id uuid, payment_id uuid, invoice_id uuid, amount numeric, discount numeric, write_off numeric)
    ), locked as materialized (
      select i.id, i.customer_id, i.number, i.currency, i.rate, i.open, i.total, i.discount_until, i.discount_percent from receivables.invoice i
       where i.company_id = ${companyId} and i.id = any((select array_agg(invoice_id) from wanted)::uuid[]) and i.kind = 'invoice' and i.state = 'issued' order by i.id for no key update
    ), asked as materialized (
      select w.id, w.payment_id, w.invoice_id, i.customer_id, i.number, i.currency as invoice, p.currency as payment, i.rate as invoice_rate, p.rate as payment_rate, i.open,
             coalesce(w.discount, 0) as discount, coalesce(w.write_off, 0) as write_off,
             coalesce(w.amount, least(i.open - coalesce(w.discount, 0) - coalesce(w.write_off, 0), p.unapplied)) as amount,
             case when i.discount_until >= ${today}::date then round(i.total * i.discount_percent / 100, b.digits) else 0 end as discount_limit,
             coalesce((b.settings ->> 'write_off_limit')::numeric, 0) as write_off_limit, p.customer_id as payer, b.digits
        from wanted w join locked i on i.id = w.invoice_id join receivables.payment p on p.company_id = ${companyId} and p.id = w.payment_id join company.v_company b on b.id = ${companyId}
    ), checked as materialized (
      select *, sum(amount + discount + write_off) over (partition by invoice_id) as settled,
             case when payer <> customer_id then 'INVOICE_UNKNOWN' when invoice <> payment then 'OTHER_CURRENCY'
                  when discount > discount_limit then 'DISCOUNT_TOO_LARGE' when write_off > write_off_limit then 'WRITE_OFF_TOO_LARGE'
                  when amount <= 0 or sum(amount + discount + write_off) over (partition by invoice_id) > open then 'PAYS_TOO_MUCH' end as wrong
        from asked
    ), made as (
      insert into receivables.application (company_id, id, invoice_id, payment_id, applied_on, amount, discount, write_off, exchange_difference, applied_by, applied_at)
      select ${companyId}, id, invoice_id, payment_id, ${today}::date, amount, discount, write_off, round(amount * payment_rate, digits) - round(amount * invoice_rate, digits), ${call.actor}, ${call.now}
        from checked where not exists (select from checked where wrong is not null)
    ), closed as (
      update receivables.invoice i set open = i.open - c.settled from (select distinct invoice_id, settled from checked) c
       where i.company_id = ${companyId} and i.id = c.invoice_id and not exists (select from checked where wrong is not null)
    )
    select id, payment_id, invoice_id, customer_id, number, wrong, open::text, amount::text, discount::text, write_off::text, payment, invoice,
           case wrong when 'WRITE_OFF_TOO_LARGE' then write_off_limit else discount_limit end::text as limit from checked order by wrong nulls last`)
}

/** Dr bank (new money), discount, write-off; Cr receivable or on account; the exchange difference to its account. */
async function book(call: Settler, paymentIds: readonly string[], applied: readonly string[], received: boolean): Promise<void> {
  const { companyId } = call
  const money = sql`select p.id as entry_id, p.customer_id, p.currency, p.amount, round(p.amount * p.rate, b.digits) as base, b.currency as home, p.kind,
      p.number from receivables.payment p join company.v_company b on b.id = p.company_id where p.company_id = ${companyId} and p.id = any(${paymentIds}::uuid[])`
  const settled = sql`select a.id, a.payment_id, p.customer_id, p.currency, p.kind, a.amount, a.discount, a.write_off, a.exchange_difference, i.rate as invoice_rate, p.rate as payment_rate, b.digits
      from receivables.application a join receivables.payment p on p.company_id = a.company_id and p.id = a.payment_id join receivables.invoice i on i.company_id = a.company_id and i.id = a.invoice_id
      join company.v_company b on b.id = a.company_id where a.company_id = ${companyId} and a.id = any(${applied}::uuid[])`
  // Credit accounts are locked before account balances, as everywhere.
  await changeExposure(call.tx, companyId, sql`select customer_id, 0 as open_orders, 0 as unbilled, 0 as receivable, amount as unapplied from ${money} m where ${received}
    union all select customer_id, 0, 0, -amount - discount - write_off, -amount from ${settled} s`)
  // A fresh payment is one entry with its settlements; applied later, each call makes an entry of its own.
  const entry = received ? sql`s.payment_id` : sql`md5(s.payment_id::text || ${applied[0] ?? ''})::uuid`
  await post(call, {
    date: call.today,
    count: paymentIds.length,
    entries: sql`select case when ${received} then m.entry_id else md5(m.entry_id::text || ${applied[0] ?? ''})::uuid end as entry_id, 'BANK' as journal, case when ${received} then 'received' else 'applied ' || ${applied[0] ?? ''} end as event,
        'receivables.payment' as source, m.entry_id as source_id, m.number as description from ${money} m`,
    lines: sql`with s as materialized (${settled}), part as (
        select m.entry_id, 'bank' as role, m.customer_id, m.base as amount, m.currency, m.amount as foreign_amount from ${money} m where ${received}
        union all
        select m.entry_id, case m.kind when 'deposit' then 'customer-deposit' else 'receivable' end, m.customer_id, -m.base, m.currency, -m.amount from ${money} m where ${received}
        union all
        -- Settling turns what lies on account, at the payment's rate, into the invoice's receivable at the invoice's rate.
        select ${entry}, case s.kind when 'deposit' then 'customer-deposit' else 'receivable' end, s.customer_id, round(s.amount * s.payment_rate, s.digits), s.currency, s.amount from s where s.kind = 'deposit' or s.exchange_difference <> 0
        union all
        select ${entry}, 'receivable', s.customer_id, -round(s.amount * s.invoice_rate, s.digits), s.currency, -s.amount from s where s.kind = 'deposit' or s.exchange_difference <> 0
        union all
        select ${entry}, 'exchange-difference', s.customer_id, -s.exchange_difference, s.currency, 0 from s
        union all
        select ${entry}, 'settlement-discount', s.customer_id, round(s.discount * s.invoice_rate, s.digits), s.currency, s.discount from s
        union all
        select ${entry}, 'write-off', s.customer_id, round(s.write_off * s.invoice_rate, s.digits), s.currency, s.write_off from s
        union all
        select ${entry}, 'receivable', s.customer_id, -round(s.discount * s.invoice_rate, s.digits) - round(s.write_off * s.invoice_rate, s.digits), s.currency, -s.discount - s.write_off from s
      )
      select entry_id, role, null::text as account, customer_id as party_id, null::uuid as item_id, null::uuid as warehouse_id,
             greatest(amount, 0) as debit, greatest(-amount, 0) as credit, currency, foreign_amount as amount_currency
        from (select entry_id, role, customer_id, currency, sum(amount) as amount, sum(foreign_amount) as foreign_amount from part group by 1, 2, 3, 4) p`,
  })
}
