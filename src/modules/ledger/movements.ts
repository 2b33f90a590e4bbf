// What accounts moved by between two days: whole periods from their running balances, the days at the edges from lines.
import { type Sql, sql } from '#kernel/db'

export type Movement = { account: string; debit: string; credit: string }

/**
 * Debit and credit per account from `from` (null: the beginning) to `to`, both included, as a relation. A period that
 * lies inside is read from its balances (eight rows an account). Of the period in which `to` lies, either the days up
 * to `to` are added or the days after it are taken away, whichever are fewer to read: nothing is dated after `today` as
 * a rule, so up to today the latter costs nothing.
 */
export function movements(companyId: number, from: string | null, to: string, today: string): Sql<Movement> {
  return sql<Movement>`with spanned as materialized (
      select p.id, greatest(p.starts, ${from}::date) as first, least(p.ends, ${to}::date) as last, p.starts, p.ends
        from ledger.period p where p.company_id = ${companyId} and p.starts <= ${to}::date and (${from}::date is null or p.ends >= ${from}::date)
    ), split as materialized (
      -- The day after is computed here: behind row-level security an expression that could fail is no index condition.
      select *, last + 1 as after, first = starts and (last = ends or last >= ${today}::date or ends - last < last - starts) as from_balance from spanned
    )
    select account, sum(debit) as debit, sum(credit) as credit from (
      select b.account, b.debit, b.credit from split s join ledger.balance b on b.company_id = ${companyId} and b.period_id = s.id where s.from_balance
      union all
      select l.account, l.debit, l.credit from split s join ledger.journal_line l on l.company_id = ${companyId} and l.posting_date between s.first and s.last
       where not s.from_balance
      union all
      select l.account, -l.debit, -l.credit from split s join ledger.journal_line l on l.company_id = ${companyId} and l.posting_date between s.after and s.ends
       where s.from_balance and s.last < s.ends
    ) parts group by account`
}
