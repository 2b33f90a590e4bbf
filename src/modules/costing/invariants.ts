// What must be true of the value of stock; each is a question that must find nothing.
import { sql } from '#kernel/db'
import { invariant } from '#kernel/verify'

export const invariants = [
  invariant(
    'I24',
    'costing',
    'The value of stock equals its control accounts, on every day',
    sql`
    select company_id, day, valued, booked from (
      select company_id, day, sum(sum(valued)) over by_day as valued, sum(sum(booked)) over by_day as booked from (
        select company_id, posting_date as day, value as valued, 0 as booked from costing.valuation
        union all
        select l.company_id, l.posting_date, 0, l.debit - l.credit from ledger.v_journal_line l
         where l.account in (select m.account from ledger.v_mapping m where m.company_id = l.company_id and m.role in ('inventory', 'in-transit'))
      ) both_books
      group by company_id, day
      window by_day as (partition by company_id order by day)
    ) daily where valued <> booked`,
  ),
  invariant(
    'I25',
    'costing',
    'No value without quantity, and the running value is the sum of its valuations and layers',
    sql`
    select company_id, item_id, c.quantity, c.value, v.quantity as quantity_of_facts, v.value as value_of_facts
      from costing.item_cost c
      full join (select company_id, item_id, sum(quantity) as quantity, sum(value) as value from costing.valuation group by 1, 2) v using (company_id, item_id)
     where coalesce(c.quantity, 0) <> coalesce(v.quantity, 0) or coalesce(c.value, 0) <> coalesce(v.value, 0) or (c.quantity = 0 and c.value <> 0)
    union all
    select y.company_id, y.item_id, y.remaining_quantity, y.remaining_value, null, null from costing.layer y
     where y.remaining_quantity < 0 or y.remaining_value < 0 or (y.remaining_quantity = 0 and y.remaining_value <> 0)
    union all
    select c.company_id, c.item_id, c.quantity, c.value, coalesce(y.quantity, 0), coalesce(y.value, 0)
      from costing.item_cost c join catalog.v_item i on i.id = c.item_id and i.costing = 'fifo'
      left join (select company_id, item_id, sum(remaining_quantity) as quantity, sum(remaining_value) as value from costing.layer group by 1, 2) y
        on y.company_id = c.company_id and y.item_id = c.item_id
     where greatest(c.quantity, 0) <> coalesce(y.quantity, 0) or case when c.quantity > 0 then c.value else 0 end <> coalesce(y.value, 0)`,
  ),
] as const
