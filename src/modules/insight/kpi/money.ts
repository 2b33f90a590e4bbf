// What happens after goods have left: invoices that had to be corrected, goods that come back, and money that is late.
import { join, type Sql, sql } from '#kernel/db'
import { openItemsOn } from '#receivables'
import type { Fact, Kpi, Reach } from './kpi.ts'
import { within } from './pieces.ts'

const OF_INVOICES = {
  needs: 'receivables.balance.read',
  of: 'receivables.invoice',
  version: 1,
  byWarehouse: false,
  grain: 'document',
} as const

/** A correction within these days tells of the invoice; a later one rarely does. */
const CORRECTED_DAYS = 60

const corrected: Kpi = {
  ...OF_INVOICES,
  id: 'invoices-corrected',
  spec: 'K14',
  name: 'Invoices corrected',
  formula:
    'Invoices of the period that a credit note of ours corrected within 60 days, goods that came back left out, by all invoices of the period. 100 less this figure is the accuracy of invoices.',
  unit: 'percent',
  better: 'down',
  target: '2',
  warning: '4',
  owner: 'accounts-receivable-clerk',
  needs: 'receivables.invoice.read',
  kind: 'flow',
  facts: (reach) => sql<Fact>`
    select i.issued_on as day, i.id, null::text as place, case when exists (select from receivables.v_invoice c where c.company_id = i.company_id and c.corrects_id = i.id and c.kind = 'credit-note'
             and c.state = 'issued' and c.rma_id is null and c.issued_on <= i.issued_on + ${CORRECTED_DAYS}::int) then 1 else 0 end::numeric as numerator, 1::numeric as denominator
      from receivables.v_invoice i where i.company_id = ${reach.companyId} and i.kind = 'invoice' and i.state = 'issued' and i.issued_on between ${reach.from}::date and ${reach.to}::date`,
}

/** What was open at the end of each day, with the day. */
const openOnDays = ({ companyId, days }: Reach): Sql =>
  join(
    days.map(
      (day) => sql`select ${day}::date as day, o.* from ${openItemsOn(companyId, day)} o where o.kind <> 'deposit'`,
    ),
    ' union all ',
  )

/** Sales of this many days before are compared with what is open. */
const SALES_DAYS = 90

const dso: Kpi = {
  ...OF_INVOICES,
  id: 'dso',
  spec: 'K30',
  name: 'Days sales outstanding',
  formula:
    'What customers owe at the end of the day, by what was invoiced in the 90 days up to it less credit notes, times 90. Both with tax, in the company’s currency.',
  unit: 'days',
  better: 'down',
  target: '40',
  warning: '50',
  owner: 'finance-controller',
  kind: 'level',
  facts: (reach) => sql<Fact>`
    select o.day, o.id, null::text as place, o.base_open as numerator, 0::numeric as denominator from (${openOnDays(reach)}) o
    union all
    select d.day, null, null, 0, sum(case i.kind when 'invoice' then i.base_total else -i.base_total end) / ${SALES_DAYS}::int
      from unnest(${reach.days}::date[]) as d (day) join receivables.v_invoice i on i.company_id = ${reach.companyId} and i.state = 'issued'
       and i.issued_on > d.day - ${SALES_DAYS}::int and i.issued_on <= d.day group by d.day`,
}

const overdue: Kpi = {
  ...OF_INVOICES,
  id: 'overdue',
  spec: 'K31',
  name: 'Overdue receivables',
  formula:
    'What is open of invoices past their due day at the end of the day, by what is open of all invoices; in the company’s currency.',
  unit: 'percent',
  better: 'down',
  target: '15',
  warning: '25',
  owner: 'accounts-receivable-clerk',
  kind: 'level',
  facts: (reach) => sql<Fact>`
    select o.day, o.id, (o.day - o.due_on)::text as place, case when o.due_on < o.day then o.base_open else 0 end as numerator, o.base_open as denominator
      from (${openOnDays(reach)}) o where o.kind = 'invoice'`,
}

const returned: Kpi = {
  id: 'returns',
  spec: 'K42',
  version: 1,
  name: 'Return rate',
  formula: 'Lines of returns authorised in the period, by the lines that were shipped in it.',
  unit: 'percent',
  grain: 'line',
  better: 'down',
  target: '2',
  warning: '4',
  owner: 'sales-manager',
  needs: 'returns.rma.read',
  of: 'returns.rma',
  kind: 'flow',
  byWarehouse: true,
  facts: (reach) => sql<Fact>`
    select r.authorised_on as day, r.id, l.line::text as place, 1::numeric as numerator, 0::numeric as denominator
      from returns.v_rma r join returns.v_rma_line l on l.company_id = r.company_id and l.rma_id = r.id
     where r.company_id = ${reach.companyId} and r.state <> 'cancelled' and r.authorised_on between ${reach.from}::date and ${reach.to}::date and ${within(reach, sql`r.warehouse_id`)}
    union all
    select s.shipped_on, null, null, 0, count(distinct n.order_line_id) from warehouse.v_shipment s
      join warehouse.v_shipment_line n on n.company_id = s.company_id and n.shipment_id = s.id and n.picked > 0
     where s.company_id = ${reach.companyId} and s.state = 'shipped' and s.shipped_on between ${reach.from}::date and ${reach.to}::date and ${within(reach, sql`s.warehouse_id`)}
     group by s.shipped_on`,
}

export const MONEY: readonly Kpi[] = [corrected, dso, overdue, returned]
