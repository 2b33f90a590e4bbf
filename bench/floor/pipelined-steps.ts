// The statements of the four transactions of one order in plain SQL, with the rows that each must touch.
import type { FloorOrder } from './orders.ts'

/** A named statement, so that the server plans it once a connection, and the number of rows that it must touch. */
export type Step = { name: string; text: string; values: unknown[]; rows: number }

const PRICED = `
  select w.line_no, i.id, i.name, w.quantity, i.list_price, i.tax_rate, round(w.quantity * i.list_price, 2) as net,
         round(round(w.quantity * i.list_price, 2) * i.tax_rate, 2) as tax
    from unnest($2::int[], $3::numeric[]) with ordinality as w (item_id, quantity, line_no)
    join floor.item i on i.id = w.item_id`

export function confirmSteps(order: number, shipment: number, input: FloorOrder): Step[] {
  const { customer, items, quantities } = input
  return [
    {
      name: 'order',
      text: `insert into floor.sales_order (id, number, customer_id, ordered_on, state, net, tax, gross)
        select $1::bigint, 'SO-' || $1::bigint, $4::int, current_date, 'confirmed', sum(p.net), sum(p.tax),
               sum(p.net + p.tax) from (${PRICED}) p`,
      values: [order, items, quantities, customer],
      rows: 1,
    },
    {
      name: 'order-lines',
      text: `insert into floor.order_line
          (order_id, line_no, item_id, description, quantity, unit_price, tax_rate, net, tax)
        select $1::bigint, p.line_no, p.id, p.name, p.quantity, p.list_price, p.tax_rate, p.net, p.tax
          from (${PRICED}) p`,
      values: [order, items, quantities],
      rows: items.length,
    },
    {
      name: 'reserve',
      text: `with locked as materialized (
          select item_id from floor.stock_balance
           where item_id = any ($1::int[]) and location_id = 1
           order by item_id for no key update
        )
        update floor.stock_balance b set reserved = b.reserved + w.quantity
          from locked, unnest($1::int[], $2::numeric[]) as w (item_id, quantity)
         where b.item_id = locked.item_id and b.location_id = 1 and w.item_id = b.item_id`,
      values: [items, quantities],
      rows: items.length,
    },
    {
      name: 'reservations',
      text: `insert into floor.reservation (order_line_id, item_id, location_id, quantity)
        select id, item_id, 1, quantity from floor.order_line where order_id = $1`,
      values: [order],
      rows: items.length,
    },
    {
      name: 'shipment',
      text: `insert into floor.shipment (id, number, order_id, location_id, state, planned_on)
        values ($1::bigint, 'SH-' || $1::bigint, $2, 1, 'assigned', current_date)`,
      values: [shipment, order],
      rows: 1,
    },
    audit('sales_order', order, 'confirm', { customer, lines: items.length }),
  ]
}

export function shipSteps(order: number, shipment: number, entry: number): Step[] {
  return [
    {
      name: 'ship',
      text: `update floor.shipment set state = 'done', shipped_at = now(), version = version + 1
        where id = $1 and state = 'assigned'`,
      values: [shipment],
      rows: 1,
    },
    {
      name: 'moves',
      text: `insert into floor.stock_move
          (item_id, from_location, to_location, quantity, unit_cost, value, shipment_id, order_line_id)
        select r.item_id, r.location_id, 2, r.quantity, i.unit_cost, round(r.quantity * i.unit_cost, 2), $2::bigint, l.id
          from floor.order_line l
          join floor.reservation r on r.order_line_id = l.id
          join floor.item i on i.id = r.item_id
         where l.order_id = $1`,
      values: [order, shipment],
      rows: 5,
    },
    {
      name: 'issue',
      text: `with locked as materialized (
          select b.item_id, m.quantity
            from floor.stock_move m
            join floor.stock_balance b on b.item_id = m.item_id and b.location_id = 1
           where m.shipment_id = $1
           order by b.item_id for no key update of b
        )
        update floor.stock_balance b set on_hand = b.on_hand - locked.quantity, reserved = b.reserved - locked.quantity
          from locked
         where b.item_id = locked.item_id and b.location_id = 1`,
      values: [shipment],
      rows: 5,
    },
    {
      name: 'release',
      text: `delete from floor.reservation r using floor.order_line l
        where l.order_id = $1 and r.order_line_id = l.id`,
      values: [order],
      rows: 5,
    },
    entryStep(entry, 'stock', 'shipment', shipment),
    {
      name: 'issue-lines',
      text: `insert into floor.journal_line (entry_id, account, entry_date, debit, credit, description)
        select $1::bigint, side.account, current_date, cost.value * side.debit, cost.value * side.credit,
               'SH-' || $2::bigint
          from (select sum(value) as value from floor.stock_move where shipment_id = $2::bigint) cost,
               (values (1160, 1, 0), (1200, 0, 1)) as side (account, debit, credit)`,
      values: [entry, shipment],
      rows: 2,
    },
    audit('shipment', shipment, 'ship', { order }),
  ]
}

export function invoiceSteps(order: number, invoice: number, entry: number): Step[] {
  return [
    {
      name: 'invoiced',
      text: `update floor.sales_order set state = 'invoiced', changed_at = now(), version = version + 1
        where id = $1 and state = 'confirmed'`,
      values: [order],
      rows: 1,
    },
    entryStep(entry, 'sales', 'invoice', invoice),
    {
      name: 'sale-lines',
      text: `with head as materialized (
          select o.id, o.number, o.customer_id, o.gross, o.tax,
                 (select sum(m.value) from floor.shipment s join floor.stock_move m on m.shipment_id = s.id
                   where s.order_id = o.id and s.state = 'done') as cost
            from floor.sales_order o where o.id = $2
        )
        insert into floor.journal_line (entry_id, account, customer_id, entry_date, debit, credit, due_on, description)
        select $1::bigint, i.revenue_account, null::int, current_date, 0, sum(l.net), null::date, h.number
          from head h join floor.order_line l on l.order_id = h.id join floor.item i on i.id = l.item_id
         group by i.revenue_account, h.number
        union all
        select $1::bigint, side.account, case side.account when 1100 then h.customer_id end, current_date,
               case side.account when 1100 then h.gross when 5000 then h.cost else 0 end,
               case side.account when 2200 then h.tax when 1160 then h.cost else 0 end,
               case side.account when 1100 then current_date + 30 end, h.number
          from head h, (values (1100), (2200), (5000), (1160)) as side (account)`,
      values: [entry, order],
      rows: 5,
    },
    {
      name: 'invoice',
      text: `with numbered as (
          update floor.number_series set last_number = last_number + 1 where name = 'invoice' returning last_number
        )
        insert into floor.invoice
          (id, number, order_id, customer_id, invoiced_on, due_on, state, net, tax, gross, open, entry_id)
        select $1::bigint, 'INV-' || numbered.last_number, o.id, o.customer_id, current_date, current_date + 30,
               'posted', o.net, o.tax, o.gross, o.gross, $3::bigint
          from numbered, floor.sales_order o where o.id = $2`,
      values: [invoice, order, entry],
      rows: 1,
    },
    {
      name: 'invoice-lines',
      text: `insert into floor.invoice_line
          (invoice_id, order_line_id, item_id, description, quantity, unit_price, tax_rate, net, tax, account)
        select $1::bigint, l.id, l.item_id, l.description, l.quantity, l.unit_price, l.tax_rate, l.net, l.tax,
               i.revenue_account
          from floor.order_line l join floor.item i on i.id = l.item_id
         where l.order_id = $2`,
      values: [invoice, order],
      rows: 5,
    },
    audit('invoice', invoice, 'post', { order }),
  ]
}

export function paySteps(order: number, invoice: number, payment: number, entry: number): Step[] {
  return [
    {
      name: 'paid',
      text: `update floor.invoice set state = 'paid', open = 0, version = version + 1 where id = $1 and state = 'posted'`,
      values: [invoice],
      rows: 1,
    },
    entryStep(entry, 'bank', 'payment', payment),
    {
      name: 'payment',
      text: `insert into floor.payment (id, customer_id, amount, method, paid_on, entry_id)
        select $1::bigint, customer_id, gross, 'transfer', current_date, $3::bigint from floor.invoice where id = $2`,
      values: [payment, invoice, entry],
      rows: 1,
    },
    {
      name: 'receipt-lines',
      text: `insert into floor.journal_line (entry_id, account, customer_id, entry_date, debit, credit, description)
        select $1::bigint, side.account, case side.account when 1100 then v.customer_id end, current_date,
               v.gross * side.debit, v.gross * side.credit, v.number
          from floor.invoice v, (values (1300, 1, 0), (1100, 0, 1)) as side (account, debit, credit)
         where v.id = $2`,
      values: [entry, invoice],
      rows: 2,
    },
    {
      name: 'reconcile',
      text: `insert into floor.reconciliation (debit_line_id, credit_line_id, amount)
        select d.id, c.id, v.gross
          from floor.invoice v
          join floor.journal_line d on d.entry_id = v.entry_id and d.account = 1100
          join floor.journal_line c on c.entry_id = $1 and c.account = 1100
         where v.id = $2`,
      values: [entry, invoice],
      rows: 1,
    },
    {
      name: 'closed',
      text: `update floor.sales_order set state = 'closed', changed_at = now(), version = version + 1 where id = $1`,
      values: [order],
      rows: 1,
    },
    audit('invoice', invoice, 'pay', { payment }),
  ]
}

function entryStep(entry: number, journal: string, source: string, sourceId: number): Step {
  return {
    name: 'entry',
    text: `insert into floor.journal_entry (id, number, journal, entry_date, period, source, source_id)
      values ($1::bigint, 'JE-' || $1::bigint, $2, current_date, to_char(current_date, 'YYYY-MM'), $3, $4)`,
    values: [entry, journal, source, sourceId],
    rows: 1,
  }
}

function audit(document: string, documentId: number, action: string, data: Record<string, number>): Step {
  return {
    name: 'audit',
    text: 'insert into floor.audit_event (document, document_id, action, data) values ($1, $2, $3, $4)',
    values: [document, documentId, action, JSON.stringify(data)],
    rows: 1,
  }
}
