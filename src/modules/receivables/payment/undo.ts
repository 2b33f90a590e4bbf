// Undoing applications: each exactly, whichever were made before or after it, with its exchange difference (C29 of what users suffer).
import { relation, sql } from '#kernel/db'
import { newId } from '#kernel/ids'
import { refuse } from '../refusals.ts'
import { book, type Settled } from './book.ts'
import type { Settler } from './settle.ts'

type Undone = { id: string; source_id: string }

/**
 * Takes back these applications, which must be of these payments or credit notes (locked by the envelope), and books
 * the mirror of each: what it had taken goes back to the money, what it had settled is open again, in both currencies.
 * `money`: the payments themselves go back too (a returned payment), in the same entry.
 */
export async function undo(
  call: Settler,
  sources: readonly string[],
  applications: readonly string[] | 'all',
  money: boolean,
): Promise<readonly Undone[]> {
  const { companyId } = call
  const undone = await call.tx.rows(sql<Undone>`with chosen as materialized (
      select a.id, a.invoice_id from receivables.application a
       where a.company_id = ${companyId} and a.unapplied_at is null and (a.payment_id = any(${sources}::uuid[]) or a.credit_id = any(${sources}::uuid[]))
         and (${applications === 'all'} or a.id = any(${applications === 'all' ? [] : applications}::uuid[]))
    ), locked as materialized (
      select i.id from receivables.invoice i where i.company_id = ${companyId} and i.id = any((select array_agg(invoice_id) from chosen)::uuid[]) order by i.id for no key update
    ), undone as (
      update receivables.application a set unapplied_at = ${call.now}, unapplied_on = ${call.today}::date, unapplied_by = ${call.actor}
        from chosen c where a.company_id = ${companyId} and a.id = c.id and (select count(*) from locked) >= 0 returning a.*
    ), opened as (
      update receivables.invoice i set open = i.open + c.amount, base_open = i.base_open + c.base
        from (select invoice_id as id, sum(amount + discount + write_off) as amount, sum(base_settled) as base from undone group by 1
              union all select credit_id, sum(amount), sum(base_taken) from undone where credit_id is not null group by 1) c
       where i.company_id = ${companyId} and i.id = c.id
    ), freed as (
      update receivables.payment p set unapplied = p.unapplied + c.amount, base_unapplied = p.base_unapplied + c.base
        from (select payment_id, sum(amount) as amount, sum(base_taken) as base from undone where payment_id is not null group by 1) c
       where p.company_id = ${companyId} and p.id = c.payment_id
    )
    select id, coalesce(payment_id, credit_id) as source_id from undone order by id`)
  const missing = applications === 'all' ? undefined : applications.find((id) => !undone.some((one) => one.id === id))
  if (missing) refuse('NOT_APPLIED', { id: missing })
  const touched = money ? sources : [...new Set(undone.map((one) => one.source_id))]
  const settled: Settled[] = touched.map((id) => ({
    source_id: id,
    entry_id: newId(),
    money,
    event: money ? 'reversed' : `unapplied ${undone.find((one) => one.source_id === id)?.id}`,
  }))
  await book(call, { sources: settled, applications: undone.map((one) => one.id), sign: -1 })
  return undone
}

/** Marks payments as gone: nothing is left of them to apply. */
export const empty = (call: Settler, payments: readonly string[]) =>
  call.tx.run(sql`update receivables.payment p set unapplied = 0, base_unapplied = 0, reversed_on = ${call.today}::date
    from ${relation(
      { id: 'uuid' },
      payments.map((id) => ({ id })),
    )} g where p.company_id = ${call.companyId} and p.id = g.id`)
