// Posting: entries, their lines and the running balances, in one statement, from relations that the caller hands in.
import type { Call } from '#kernel/command'
import { may } from '#kernel/context'
import { errorCode, type Sql, sql } from '#kernel/db'
import { refuse } from './refusals.ts'

/** One entry: what happened (`event`) to which document; at most one entry per document and event. */
export type EntryHead = { entry_id: string; journal: string; event: string; source: string; source_id: string; description: string }

/**
 * One line. Either `account` is given or `role`, which finance maps to an account; a role without a mapping posts to
 * the suspense account and shows in the finance queue. Amounts are in the company's currency; `amount_currency` is
 * signed, in `currency`.
 */
export type EntryLine = {
  entry_id: string
  role: string | null
  account: string | null
  party_id: string | null
  item_id: string | null
  warehouse_id: string | null
  debit: string
  credit: string
  currency: string
  amount_currency: string
}

type Poster = Pick<Call<unknown>, 'tx' | 'kernel' | 'context' | 'companyId' | 'actor' | 'now'>

const NUMBER = 'JE-{year}-{seq:7}'

/**
 * Posts the entries dated `date` (company business date). `count` is how many entries there are at most. Lines of zero
 * are left out, and so are entries without lines. Refuses PERIOD_LOCKED and PERIOD_MISSING; an entry that does not
 * balance is a fault of the caller and stops the command.
 */
export async function post(call: Poster, given: { date: string; count: number; entries: Sql<EntryHead>; lines: Sql<EntryLine> }): Promise<void> {
  const { tx, companyId } = call
  const numbers = await call.kernel.numbers.take({ ...call.context, today: given.date }, NUMBER, given.count)
  try {
    const found = await tx.first(sql<{ code: string; state: string }>`with period as (
        select id, code, state from ledger.period where company_id = ${companyId} and ${given.date}::date between starts and ends
      ), line as materialized (
        select l.*, coalesce(l.account, m.account, s.account) as posted_to,
               row_number() over (partition by l.entry_id order by l.debit = 0, coalesce(l.account, l.role)) as line
          from ${given.lines} l
          left join ledger.mapping m on m.company_id = ${companyId} and m.role = l.role
          left join ledger.mapping s on s.company_id = ${companyId} and s.role = 'suspense'
         where l.debit <> 0 or l.credit <> 0
      ), head as (
        insert into ledger.entry (company_id, id, number, journal, event, posting_date, period_id, source, source_id, description, posted_by, posted_at)
        select ${companyId}, e.entry_id, (${numbers}::text[])[row_number() over (order by e.entry_id)], e.journal, e.event, ${given.date}::date,
               period.id, e.source, e.source_id, e.description, ${call.actor}, ${call.now}
          from ${given.entries} e, period where exists (select from line where line.entry_id = e.entry_id)
      ), posted as (
        insert into ledger.journal_line (company_id, entry_id, line, posting_date, account, party_id, item_id, warehouse_id, debit, credit, currency, amount_currency)
        select ${companyId}, entry_id, line, ${given.date}::date, posted_to, party_id, item_id, warehouse_id, debit, credit, currency, amount_currency
          from line, period
      ), summed as (
        insert into ledger.balance as b (company_id, account, period_id, shard, debit, credit)
        select ${companyId}, posted_to, period.id, pg_backend_pid() % 8, sum(debit), sum(credit) from line, period
         group by posted_to, period.id order by posted_to
        on conflict (company_id, account, period_id, shard) do update set debit = b.debit + excluded.debit, credit = b.credit + excluded.credit
      )
      select code, state from period`)
    if (!found) refuse('PERIOD_MISSING', { date: given.date })
    else if (found.state === 'soft' && !may(call.context, 'ledger.period.post-soft')) refusePeriod(given.date)
  } catch (error) {
    if (errorCode(error) === 'TW002') refusePeriod(given.date)
    throw error
  }
}

/** The first day of the month after next-to-nothing better is known: the refusal offers the day after the period. */
function refusePeriod(date: string): never {
  const [year = 0, month = 0] = date.split('-').map(Number)
  const alternative = month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, '0')}-01`
  return refuse('PERIOD_LOCKED', { date, alternative })
}

/** Refuses when `date` lies in a locked period; for moves that post nothing. */
export async function requireOpen(call: Pick<Poster, 'tx' | 'companyId'>, date: string): Promise<void> {
  const row = await call.tx.first(sql<{ state: string }>`select state from ledger.period
    where company_id = ${call.companyId} and ${date}::date between starts and ends`)
  if (!row) refuse('PERIOD_MISSING', { date })
  else if (row.state === 'locked') refusePeriod(date)
}
