// Settling: money or credit notes against invoices, exact in both currencies, with discount, write-off and exchange difference.
import type { Call } from '#kernel/command'
import { relation, sql } from '#kernel/db'
import { newId } from '#kernel/ids'
import { refuse } from '../refusals.ts'
import { discountLowersTax, writeOffLimit } from '../settings.ts'
import { book, type Settled } from './book.ts'

/**
 * One application to make, from a payment or from a credit note. Without an amount: what is open, as far as the money
 * goes after those before it. Without a discount: none, unless the whole payment is the whole invoice less what the terms give.
 */
export type WantedApplication = {
  id: string
  payment_id: string | null
  credit_id: string | null
  invoice_id: string
  amount: string | null
  discount: string | null
  write_off: string | null
}

type Wrong =
  | 'PAYS_TOO_MUCH'
  | 'OTHER_CURRENCY'
  | 'INVOICE_UNKNOWN'
  | 'DISCOUNT_TOO_LARGE'
  | 'WRITE_OFF_TOO_LARGE'
  | 'MORE_THAN_RECEIVED'
  | 'AMOUNT_TOO_FINE'
type Applied = {
  id: string
  source_id: string
  invoice_id: string
  number: string
  wrong: Wrong | null
  open: string
  free: string
  amount: string
  discount: string
  write_off: string
  limit: string
  payment: string
  invoice: string
  currency: string
}
export type Settler = Pick<Call<unknown>, 'tx' | 'kernel' | 'context' | 'companyId' | 'actor' | 'now' | 'today'>

/** What is new in the same command: money received (its entry is the payment's), or invoices that are not numbered yet. */
export type Fresh = { payments?: readonly string[]; invoices?: 'drafts' }

/**
 * Makes the applications, to invoices of the same customer and currency, locks credit notes and then invoices in id
 * order, and books them together with the money that is new. Refuses when an invoice would be overpaid, or a payment or
 * credit note overspent; then nothing is applied.
 */
export async function settle(
  call: Settler,
  wanted: readonly WantedApplication[],
  fresh: Fresh = {},
): Promise<readonly Applied[]> {
  const applied = wanted.length > 0 ? await write(call, wanted, fresh.invoices === 'drafts') : []
  const bad = applied.find((one) => one.wrong !== null)
  if (bad?.wrong) refuse(bad.wrong, { ...bad, id: bad.invoice_id })
  const missing = wanted.find((one) => !applied.some((done) => done.id === one.id))
  if (missing) refuse('INVOICE_UNKNOWN', { id: missing.invoice_id })
  const received = new Set(fresh.payments ?? [])
  const first = new Map<string, Settled>()
  for (const one of wanted) {
    const source = one.payment_id ?? one.credit_id ?? ''
    if (!received.has(source) && !first.has(source))
      first.set(source, { source_id: source, entry_id: newId(), event: `applied ${one.id}`, money: false })
  }
  const sources: Settled[] = [
    ...[...received].map((id) => ({ source_id: id, entry_id: id, event: 'received', money: true })),
    ...first.values(),
  ]
  await book(call, { sources, applications: wanted.map((one) => one.id), sign: 1 })
  return applied
}

/**
 * The one statement that applies. In the company's currency an application takes from the invoice, and from the money,
 * the difference of two rounded running shares of what is left in that currency, so that whoever settles the last cent
 * settles the last cent in both. What lies between the two, after discount and write-off, is the exchange difference.
 */
function write(call: Settler, wanted: readonly WantedApplication[], drafts: boolean): Promise<Applied[]> {
  const { companyId, today } = call
  const given = relation(
    {
      place: 'int',
      id: 'uuid',
      payment_id: 'uuid',
      credit_id: 'uuid',
      invoice_id: 'uuid',
      amount: 'numeric',
      discount: 'numeric',
      write_off: 'numeric',
    },
    wanted.map((one, place) => ({ ...one, place })),
  )
  const documents = [
    ...new Set(wanted.flatMap((one) => (one.credit_id ? [one.invoice_id, one.credit_id] : [one.invoice_id]))),
  ]
  const payments = [...new Set(wanted.flatMap((one) => one.payment_id ?? []))]
  return call.tx.rows(sql<Applied>`with locked as materialized (
      select i.id, i.kind, i.customer_id, coalesce(i.number, '') as number, i.currency, i.rate, i.open, i.base_open, i.total, i.tax, i.discount_until, i.discount_percent from receivables.invoice i
       where i.company_id = ${companyId} and i.id = any(${documents}::uuid[]) and i.state in ('issued', case when ${drafts} then 'draft' else 'issued' end) order by i.kind = 'invoice', i.id for no key update
    ), paying as materialized (
      select p.id, p.customer_id, p.currency, p.unapplied as free, p.base_unapplied as base_free from receivables.payment p where p.company_id = ${companyId} and p.id = any(${payments}::uuid[]) and p.state = 'posted'
      union all
      select id, customer_id, currency, open, base_open from locked where kind = 'credit-note'
    ), asked as materialized (
      select w.place, w.id, w.payment_id, w.credit_id, w.invoice_id, w.amount, s.id as source_id, s.customer_id as payer, s.currency as payment, s.free, s.base_free, i.customer_id, i.number, i.currency, i.rate, i.open, i.base_open, i.total,
             coalesce(w.write_off, 0) as write_off, ${writeOffLimit} as write_off_limit, ${discountLowersTax} and i.tax <> 0 as lowers_tax, b.digits as base_digits, y.digits, d.limit as discount_limit,
             coalesce(w.discount, case when w.amount is null and w.write_off is null and w.payment_id is not null and i.open = i.total and s.free = i.open - d.limit
                 and count(*) over (partition by s.id) = 1 then d.limit else 0 end) as discount
        from ${given} w join locked i on i.id = w.invoice_id and i.kind = 'invoice' join paying s on s.id = coalesce(w.payment_id, w.credit_id)
        join company.v_company b on b.id = ${companyId} join company.v_currency y on y.code = i.currency
        cross join lateral (select case when i.discount_until >= ${today}::date and w.payment_id is not null then greatest(round(i.total * i.discount_percent / 100, y.digits) - coalesce(
            (select sum(t.discount) from receivables.application t where t.company_id = ${companyId} and t.invoice_id = i.id and t.unapplied_at is null), 0), 0) else 0 end as limit) d
    ), shared as materialized (
      select *, coalesce(amount, greatest(least(open - discount - write_off, free - coalesce(sum(coalesce(amount, open - discount - write_off))
                  over (partition by source_id order by place rows between unbounded preceding and 1 preceding), 0)), 0)) as take from asked
    ), running as materialized (
      select *, take + discount + write_off as settled, sum(take + discount + write_off) over (partition by invoice_id order by place) as settled_upto,
             sum(take) over (partition by source_id order by place) as taken_upto from shared
    ), checked as materialized (
      select *, case when payer <> customer_id then 'INVOICE_UNKNOWN' when currency <> payment then 'OTHER_CURRENCY'
                  when greatest(scale(trim_scale(take)), scale(trim_scale(discount)), scale(trim_scale(write_off))) > digits then 'AMOUNT_TOO_FINE'
                  when discount > discount_limit then 'DISCOUNT_TOO_LARGE' when write_off > write_off_limit then 'WRITE_OFF_TOO_LARGE'
                  when settled_upto > open then 'PAYS_TOO_MUCH' when taken_upto > free or free = 0 then 'MORE_THAN_RECEIVED' when take <= 0 then 'PAYS_TOO_MUCH' end as wrong,
             round(base_open * settled_upto / nullif(open, 0), base_digits) - round(base_open * (settled_upto - settled) / nullif(open, 0), base_digits) as base_settled,
             round(base_free * taken_upto / nullif(free, 0), base_digits) - round(base_free * (taken_upto - take) / nullif(free, 0), base_digits) as base_taken,
             round(discount * rate, base_digits) as base_discount, round(write_off * rate, base_digits) as base_write_off
        from running
    ), right_ones as (
      select * from checked where not exists (select from checked where wrong is not null)
    ), made as (
      insert into receivables.application (company_id, id, invoice_id, payment_id, credit_id, applied_on, amount, discount, write_off, exchange_difference, base_settled, base_taken, base_discount, base_discount_tax, base_write_off, applied_by, applied_at)
      select ${companyId}, c.id, c.invoice_id, c.payment_id, c.credit_id, ${today}::date, c.take, c.discount, c.write_off, c.base_taken + c.base_discount + c.base_write_off - c.base_settled, c.base_settled, c.base_taken, c.base_discount,
             case when c.lowers_tax then (select sum(round(c.base_discount * t.amount / c.total, c.base_digits)) from receivables.tax_line t where t.company_id = ${companyId} and t.invoice_id = c.invoice_id) else 0 end,
             c.base_write_off, ${call.actor}, ${call.now} from right_ones c
    ), settled as (
      update receivables.invoice i set open = i.open - c.amount, base_open = i.base_open - c.base
        from (select invoice_id as id, sum(settled) as amount, sum(base_settled) as base from right_ones group by 1
              union all select credit_id, sum(take), sum(base_taken) from right_ones where credit_id is not null group by 1) c
       where i.company_id = ${companyId} and i.id = c.id
    ), paid as (
      update receivables.payment p set unapplied = p.unapplied - c.amount, base_unapplied = p.base_unapplied - c.base
        from (select payment_id, sum(take) as amount, sum(base_taken) as base from right_ones where payment_id is not null group by 1) c
       where p.company_id = ${companyId} and p.id = c.payment_id
    )
    select id, source_id, invoice_id, number, wrong, open::text, free::text, take::text as amount, discount::text, write_off::text, payment, currency as invoice, currency,
           case wrong when 'WRITE_OFF_TOO_LARGE' then write_off_limit else discount_limit end::text as limit from checked order by wrong nulls last`)
}
