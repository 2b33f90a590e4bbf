// Fills the bench world by hand-written rows up to the sizes at which lists, prices and reports are measured.
import type pg from 'pg'
import { COMPANY, CUSTOMERS, ITEMS, layMonths } from './world.ts'

/** Runs bulk statements without foreign-key checks: the rows are made to fit, and checking them is not what is measured. */
async function inBulk(admin: pg.Client, statements: readonly string[]): Promise<void> {
  await admin.query(`set session_replication_role = replica`)
  for (const statement of statements) await admin.query(statement)
  await admin.query(`set session_replication_role = origin`)
}

const CUSTOMER = `('00000000-0000-7000-8000-c' || lpad((1 + n * 7 % ${CUSTOMERS})::text, 11, '0'))::uuid`
const ITEM = `('00000000-0000-7000-8000-a' || lpad((1 + n * 11 % ${ITEMS})::text, 11, '0'))::uuid`

/** Whose orders they are: `customer` is SQL that gives the n-th order its customer. */
export type OrdersOf = { company: number; customer: string; rule: string }
const BENCH: OrdersOf = { company: COMPANY, customer: CUSTOMER, rule: 'BACKORDER' }

/** `count` orders over two years, most of them closed, every third with the customer's own number; heads only. */
export async function fillOrders(admin: pg.Client, warehouse: string, count: number, of = BENCH): Promise<void> {
  await inBulk(admin, [
    `insert into sales.orders (company_id, id, number, state, customer_id, warehouse_id, channel, currency, ordered_on, customer_reference, backorder_rule, tax_rounding,
       net, tax, total, created_by, created_at, updated_at)
     select ${of.company}, ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'SO-' || to_char(d, 'YYYY') || '-' || lpad(n::text, 7, '0'),
            case when n > ${count} * 0.99 then (array['draft', 'quoted', 'on_hold', 'confirmed'])[1 + n % 4] when n % 50 = 0 then 'cancelled' else 'closed' end,
            ${of.customer}, '${warehouse}', (array['inside', 'portal', 'edi'])[1 + n % 3], 'USD', d, case when n % 3 = 0 then 'PO' || n * 13 % 9999991 end, '${of.rule}', 'line',
            n % 9000 + 10, (n % 9000 + 10) / 10.0, (n % 9000 + 10) * 1.1, '00000000-0000-7000-8000-000000000001', d, d
       from generate_series(1, ${count}) n, lateral (select (current_date - ((${count} - n) * 730::bigint / ${count})::int) as d) x`,
    'vacuum analyze sales.orders',
  ])
}

/** `count` prices: of each customer for items of his, beside the list prices that are there. */
export async function fillPrices(admin: pg.Client, count: number): Promise<void> {
  await inBulk(admin, [
    `insert into pricing.condition (company_id, id, kind, rank, subject_id, object_id, currency, method, amount, min_quantity)
     select ${COMPANY}, gen_random_uuid(), 'customer', 30, ('00000000-0000-7000-8000-c' || lpad((1 + n % ${CUSTOMERS})::text, 11, '0'))::uuid,
            ('00000000-0000-7000-8000-a' || lpad((1 + (n / ${CUSTOMERS}) * 10 % ${ITEMS})::text, 11, '0'))::uuid, 'USD', 'discount-on-running', 1 + n % 20, n / (${CUSTOMERS} * ${ITEMS / 10})
       from generate_series(0, ${count - 1}) n`,
    'vacuum analyze pricing.condition',
  ])
}

/** The `count` months before this one, oldest first, as YYYY-MM. */
export function monthsBefore(count: number): string[] {
  const now = new Date()
  return Array.from({ length: count }, (_, at) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - count + at, 1)).toISOString().slice(0, 7),
  )
}

/** `lines` journal lines in two-line entries, spread over `months` (opened here), with the running balances that belong to them. */
export async function fillLedger(admin: pg.Client, months: readonly string[], lines: number): Promise<void> {
  await layMonths(admin, months)
  const day = (n: string) =>
    `((array[${months.map((month) => `'${month}-01'`).join(', ')}])[1 + ${n} % ${months.length}])::date + (${n} / ${months.length} % 28)::int`
  const id = `('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`
  const amount = '(n % 900 + 1)'
  await inBulk(admin, [
    `insert into ledger.entry (company_id, id, number, journal, event, posting_date, period_id, source, source_id, posted_by, posted_at)
     select ${COMPANY}, ${id}, 'JE-F-' || n, 'SAL', 'filled', d, p.id, 'bench', ${id}, '00000000-0000-7000-8000-000000000001', d
       from generate_series(1, ${lines / 2}) n, lateral (select ${day('n')} as d) x join ledger.period p on x.d between p.starts and p.ends`,
    `insert into ledger.journal_line (company_id, entry_id, line, posting_date, account, item_id, debit, credit, currency, amount_currency)
     select ${COMPANY}, ${id}, side, ${day('n')}, (case side when 1 then array['1100', '1200', '1160'] else array['4000', '2200', '5000'] end)[1 + n % 3], ${ITEM},
            case side when 1 then ${amount} else 0 end, case side when 2 then ${amount} else 0 end, 'USD', case side when 1 then ${amount} else -${amount} end
       from generate_series(1, ${lines / 2}) n, generate_series(1, 2) side`,
    `insert into ledger.balance (company_id, account, period_id, shard, debit, credit)
     select l.company_id, l.account, p.id, 0, sum(l.debit), sum(l.credit) from ledger.journal_line l join ledger.period p on l.posting_date between p.starts and p.ends group by 1, 2, 3
     on conflict (company_id, account, period_id, shard) do update set debit = excluded.debit, credit = excluded.credit`,
    'vacuum analyze ledger.entry',
    'vacuum analyze ledger.journal_line',
    'vacuum analyze ledger.balance',
  ])
}
