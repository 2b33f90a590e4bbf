// Posting: entries, their lines and the running balances, in one statement, from relations that the caller hands in.
import type { Call } from '#kernel/command'
import { may } from '#kernel/context'
import { errorCode, type Sql, sql } from '#kernel/db'
import { refuse } from './refusals.ts'

/** One entry: what happened (`event`) to which document; at most one entry per document and event. */
export type EntryHead = {
  entry_id: string
  journal: string
  event: string
  source: string
  source_id: string
  description: string
}

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

export type Poster = Pick<Call<unknown>, 'tx' | 'kernel' | 'context' | 'companyId' | 'actor' | 'now'>

/** `reverses`: each entry takes back the entry that is its `source_id`. */
export type Posting = {
  date: string
  count: number
  entries: Sql<EntryHead>
  lines: Sql<EntryLine>
  reverses?: boolean
}

const NUMBER = 'JE-{year}-{seq:7}'

/** Who may still post into a period that is softly closed. */
export const POST_SOFT = 'ledger.period.post-soft'

/**
 * Posts the entries dated `date` (company business date). `count` is how many entries there are at most. Lines of zero
 * are left out, and so are entries without lines. Refuses PERIOD_LOCKED (with the first open day after it),
 * PERIOD_MISSING, and SUSPENSE_MISSING; an entry that does not balance is a fault of the caller and stops the command.
 */
export async function post(call: Poster, given: Posting): Promise<void> {
  const { tx, companyId } = call
  const numbers = await call.kernel.numbers.take({ ...call.context, today: given.date }, NUMBER, given.count)
  try {
    const found = await tx.first(sql<{ code: string }>`with period as materialized (
        -- Shared with other postings; whoever locks the period takes it alone, and so gets his turn however many post.
        select id, code, pg_advisory_xact_lock_shared(${periodKey(sql`id`)}), set_config('tw.post_soft', ${may(call.context, POST_SOFT) ? 'on' : 'off'}, true)
          from ledger.period where company_id = ${companyId} and ${given.date}::date between starts and ends
      ), line as materialized (
        select l.*, coalesce(l.account, m.account, s.account) as posted_to,
               case when l.account is null and m.account is null then 'no account is mapped to ' || l.role else '' end as description,
               row_number() over (partition by l.entry_id order by l.debit = 0, coalesce(l.account, l.role)) as line
          from ${given.lines} l
          left join ledger.mapping m on m.company_id = ${companyId} and m.role = l.role
          left join ledger.mapping s on s.company_id = ${companyId} and s.role = 'suspense'
         where l.debit <> 0 or l.credit <> 0
      ), head as (
        insert into ledger.entry (company_id, id, number, journal, event, posting_date, period_id, source, source_id, description, reverses_id, posted_by, posted_at)
        select ${companyId}, e.entry_id, (${numbers}::text[])[row_number() over (order by e.entry_id)], e.journal, e.event, ${given.date}::date,
               period.id, e.source, e.source_id, e.description, case when ${given.reverses ?? false} then e.source_id end, ${call.actor}, ${call.now}
          from ${given.entries} e, period where exists (select from line where line.entry_id = e.entry_id)
      ), posted as (
        insert into ledger.journal_line (company_id, entry_id, line, posting_date, account, party_id, item_id, warehouse_id, debit, credit, currency, amount_currency, description)
        select ${companyId}, entry_id, line, ${given.date}::date, posted_to, party_id, item_id, warehouse_id, debit, credit, currency, amount_currency, description
          from line, period
      ), summed as (
        insert into ledger.balance as b (company_id, account, period_id, shard, debit, credit)
        select ${companyId}, posted_to, period.id, pg_backend_pid() % 8, sum(debit), sum(credit) from line, period
         group by posted_to, period.id order by posted_to
        on conflict (company_id, account, period_id, shard) do update set debit = b.debit + excluded.debit, credit = b.credit + excluded.credit
      )
      select code from period`)
    if (!found) refuse('PERIOD_MISSING', { date: given.date })
  } catch (error) {
    throw explained(error, given.date)
  }
}

/** The advisory key of a period; `id` is a column or a value. */
export const periodKey = (id: Sql): Sql => sql`hashtextextended('ledger.period ' || ${id}::text, 0)`

/** Turns what the guards of the tables raise into refusals. */
function explained(error: unknown, date: string): unknown {
  const code = errorCode(error)
  try {
    if (code === 'TW002')
      refuse('PERIOD_LOCKED', {
        date,
        alternative: textOf(error, 'detail') || 'not known yet: have finance open a period',
      })
    if (code === '23502' && textOf(error, 'column') === 'account') refuse('SUSPENSE_MISSING')
    return error
  } catch (refusal) {
    return refusal
  }
}

const textOf = (error: unknown, member: 'detail' | 'column'): string => {
  const value = typeof error === 'object' && error !== null && member in error ? Reflect.get(error, member) : ''
  return typeof value === 'string' ? value : ''
}

/** Refuses when `date` lies in a locked period; for moves that post nothing. */
export async function requireOpen(call: Pick<Poster, 'tx' | 'companyId'>, date: string): Promise<void> {
  const row = await call.tx.first(sql<{ state: string; alternative: string | null }>`select p.state,
      (select min(n.starts) from ledger.period n where n.company_id = p.company_id and n.state = 'open' and n.starts > p.ends)::text as alternative
    from ledger.period p where p.company_id = ${call.companyId} and ${date}::date between p.starts and p.ends`)
  if (!row) refuse('PERIOD_MISSING', { date })
  else if (row.state === 'locked')
    refuse('PERIOD_LOCKED', { date, alternative: row.alternative ?? 'not known yet: have finance open a period' })
}
