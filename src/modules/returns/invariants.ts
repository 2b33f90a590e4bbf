// What must hold of returns whatever happened.
import { sql } from '#kernel/db'
import { invariant } from '#kernel/verify'

export const invariants = [
  invariant(
    'RET-1',
    'sales manager',
    'Order lines count what came back of them',
    sql`
    select l.company_id, l.id as order_line_id, l.returned, coalesce(n.back, 0) as back from sales.v_order_line l
      left join (select company_id, order_line_id, sum(received - rejected) as back from returns.rma_line where order_line_id is not null group by 1, 2) n on n.company_id = l.company_id and n.order_line_id = l.id
     where l.returned <> coalesce(n.back, 0)`,
  ),
  invariant(
    'RET-2',
    'accountant',
    'Credit notes for returns are for exactly what was accepted and had been invoiced',
    sql`
    select n.company_id, n.id as rma_line_id, n.credited, coalesce(c.quantity, 0) as credit_notes from returns.rma_line n
      left join (select x.company_id, x.rma_line_id, sum(x.quantity) as quantity from receivables.v_invoice_line x
                   join receivables.v_invoice d on d.company_id = x.company_id and d.id = x.invoice_id and d.kind = 'credit-note' and d.state = 'issued' where x.rma_line_id is not null group by 1, 2) c on c.company_id = n.company_id and c.rma_line_id = n.id
     where n.credited <> coalesce(c.quantity, 0) or n.credited > n.accepted`,
  ),
  invariant(
    'RET-3',
    'stock controller',
    'Goods of returns moved as their lines say',
    sql`
    select n.company_id, n.id as rma_line_id, n.received, coalesce(m.came, 0) as moved_in, n.scrapped + n.rejected as gone, coalesce(m.went, 0) as moved_out from returns.rma_line n
      left join (select v.company_id, v.source_line, sum(v.quantity) filter (where v.event = 'returned') as came, sum(v.quantity) filter (where v.event = 'inspected' and t.kind in ('scrap', 'customer')) as went
                   from inventory.v_move v join inventory.v_location t on t.company_id = v.company_id and t.id = v.to_id where v.source = 'returns.rma' group by 1, 2) m on m.company_id = n.company_id and m.source_line = n.id
     where n.received <> coalesce(m.came, 0) or n.scrapped + n.rejected <> coalesce(m.went, 0)`,
  ),
] as const
