// What must hold of items whatever happened.
import { sql } from '#kernel/db'
import { invariant } from '#kernel/verify'

export const invariants = [
  invariant(
    'I14',
    'data steward',
    'Two units are one exact factor apart, whichever way it is read, and a unit is one of itself',
    sql`with way as (
        select id, from_unit, to_unit, num, den from catalog.conversion where state = 'active'
        union all
        select id, to_unit, from_unit, den, num from catalog.conversion where state = 'active'
      )
      select a.from_unit, a.to_unit, a.num, a.den, b.num as other_num, b.den as other_den from way a
        join way b on b.from_unit = a.from_unit and b.to_unit = a.to_unit and b.id > a.id
       where a.num::numeric * b.den <> b.num::numeric * a.den
      union all
      select from_unit, to_unit, num, den, null, null from way where (from_unit = to_unit and num <> den) or num <= 0 or den <= 0`,
  ),
  invariant(
    'CATALOG-1',
    'data steward',
    'Every unit of an item is an exact number of base units',
    sql`select i.code, n.unit, n.num, n.den from catalog.item_unit n join catalog.item i on i.id = n.item_id join catalog.unit u on u.code = i.base_unit
         where (n.unit = i.base_unit and n.num <> n.den) or mod(n.num::numeric * case when u.whole then 1 else 1000000 end, n.den::numeric) <> 0`,
  ),
  invariant(
    'CATALOG-2',
    'data steward',
    'Every unit that an item is sold, bought, priced or packed in has a factor',
    sql`select i.code, w.unit from catalog.item i
         cross join lateral unnest(array[i.sales_unit, i.purchase_unit, i.price_unit, i.pack_unit]) as w (unit)
         where w.unit is not null and not exists (select from catalog.v_item_unit u where u.item_id = i.id and u.unit = w.unit)`,
  ),
]
