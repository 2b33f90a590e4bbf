// What must hold in the books whatever happened, each a question that must find nothing.
import { type Sql, sql } from '#kernel/db'
import { type Invariant, invariant } from '#kernel/verify'

const ledger = (id: string, title: string, breaches: Sql<Record<string, unknown>>): Invariant =>
  invariant(id, 'finance controller', title, breaches)

const inBooks = sql`select l.company_id, l.account, e.period_id, sum(l.debit) as debit, sum(l.credit) as credit
  from ledger.journal_line l join ledger.entry e on e.company_id = l.company_id and e.id = l.entry_id group by 1, 2, 3`
const inBalances = sql`select company_id, account, period_id, sum(debit) as debit, sum(credit) as credit from ledger.balance group by 1, 2, 3`

export const invariants: readonly Invariant[] = [
  ledger(
    'I16',
    'every entry balances',
    sql`
    select company_id, entry_id, sum(debit) as debit, sum(credit) as credit from ledger.journal_line
     group by company_id, entry_id having sum(debit) <> sum(credit)`,
  ),
  ledger(
    'I17',
    'every entry balances in each currency',
    sql`
    select company_id, entry_id, currency, sum(amount_currency) as amount from ledger.journal_line
     group by company_id, entry_id, currency having sum(amount_currency) <> 0`,
  ),
  ledger(
    'I18',
    'every line belongs to an entry, a period and an account of its own company',
    sql`
    select l.company_id, l.entry_id, l.line from ledger.journal_line l
      left join ledger.entry e on e.company_id = l.company_id and e.id = l.entry_id
      left join ledger.period p on p.company_id = l.company_id and p.id = e.period_id
      left join ledger.account a on a.company_id = l.company_id and a.code = l.account
     where p.id is null or a.code is null`,
  ),
  ledger(
    'I19',
    'a line has one side, and no entry is without lines',
    sql`
    select company_id, entry_id, line from ledger.journal_line
     where debit < 0 or credit < 0 or (debit > 0) = (credit > 0)
    union all
    select e.company_id, e.id, 0 from ledger.entry e
     where not exists (select from ledger.journal_line l where l.company_id = e.company_id and l.entry_id = e.id and l.posting_date = e.posting_date)`,
  ),
  ledger(
    'I20',
    'every entry lies in its period, and nothing entered a period after it was locked',
    sql`
    select e.company_id, e.number, e.posting_date, p.code as period, p.locked_at from ledger.entry e
      join ledger.period p on p.company_id = e.company_id and p.id = e.period_id
     where e.posting_date not between p.starts and p.ends or (p.state = 'locked' and e.posted_at > p.locked_at)
    union all
    select l.company_id, e.number, l.posting_date, null, null from ledger.journal_line l
      join ledger.entry e on e.company_id = l.company_id and e.id = l.entry_id where l.posting_date <> e.posting_date`,
  ),
  ledger(
    'I23',
    'what customers and suppliers owe or are owed names them',
    sql`
    select l.company_id, l.entry_id, l.line, l.account from ledger.journal_line l
      join ledger.account a on a.company_id = l.company_id and a.code = l.account
     where l.party_id is null and (a.control in ('ar', 'ap', 'customer-deposits')
        or exists (select from ledger.mapping m where m.company_id = l.company_id and m.account = l.account and m.role in ('receivable', 'customer-deposit')))`,
  ),
  ledger(
    'I28',
    'no document was posted twice for one event',
    sql`
    select company_id, source_id, event, count(*) from ledger.entry group by 1, 2, 3 having count(*) > 1`,
  ),
  ledger(
    'I29',
    'balances are the sums of their lines',
    sql`
    select coalesce(b.company_id, s.company_id) as company_id, coalesce(b.account, s.account) as account, coalesce(b.period_id, s.period_id) as period_id,
           b.debit, b.credit, s.debit as lines_debit, s.credit as lines_credit
      from ${inBalances} b full join ${inBooks} s on s.company_id = b.company_id and s.account = b.account and s.period_id = b.period_id
     where coalesce(b.debit, 0) <> coalesce(s.debit, 0) or coalesce(b.credit, 0) <> coalesce(s.credit, 0)`,
  ),
  ledger(
    'I30',
    'the trial balance balances in every period',
    sql`
    select company_id, period_id, sum(debit) as debit, sum(credit) as credit from ledger.balance
     group by company_id, period_id having sum(debit) <> sum(credit)`,
  ),
]
