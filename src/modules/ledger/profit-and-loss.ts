// Profit and loss of a span of days, whole or by warehouse as far as lines carry one.

import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'
import { movements } from './movements.ts'

const Span = T.object({ from: T.date(), to: T.optional(T.date()) })

/** Income is positive in both types: an expense is shown as a negative amount, so that the column adds up to the result. */
export const profitAndLoss = query('ledger.profit-and-loss', {
  may: 'ledger.balance.read',
  title: 'Profit and loss',
  parameters: Span,
  columns: {
    account: f.code(),
    name: f.text(),
    type: f.text(),
    amount: f.money(),
    result: f.money(),
  },
  build: ({ from, to }, { companyId, today }) => sql`
    select a.code as account, a.name, a.type, m.credit - m.debit as amount, sum(m.credit - m.debit) over () as result
      from ${movements(companyId, from, to ?? today, today)} m join ledger.account a on a.company_id = ${companyId} and a.code = m.account
     where a.type in ('revenue', 'expense') order by a.code`,
})

/** The same by warehouse; what no warehouse caused has none. Read from the lines, so it takes longer than the whole. */
export const resultByWarehouse = query('ledger.result-by-warehouse', {
  may: 'ledger.balance.read',
  title: 'Result by warehouse',
  parameters: Span,
  columns: {
    warehouse: f.code({ optional: true }),
    account: f.code(),
    name: f.text(),
    type: f.text(),
    amount: f.money(),
  },
  build: ({ from, to }, { companyId, today }) => sql`
    select w.code as warehouse, a.code as account, a.name, a.type, sum(l.credit - l.debit) as amount
      from ledger.journal_line l join ledger.account a on a.company_id = l.company_id and a.code = l.account and a.type in ('revenue', 'expense')
      left join company.v_warehouse w on w.company_id = l.company_id and w.id = l.warehouse_id
     where l.company_id = ${companyId} and l.posting_date between ${from}::date and ${to ?? today}::date
     group by w.code, a.code, a.name, a.type order by w.code nulls last, a.code`,
})
