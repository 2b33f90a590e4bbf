// Codes of lines being typed into items, as drafting resolves them, but with the doubt told and not refused.
import { type Sql, sql } from '#kernel/db'

/**
 * The lines of `rows` with their item: `matches` is how many items the code means, `names` which, `code_unit` the unit
 * that the code stands for. Our own code, the customer's number and every general number stand side by side.
 */
export const resolvedIn = (rows: Sql, customer: string, onlyIds: boolean): Sql =>
  onlyIds
    ? sql`select w.at, w.code, w.quantity, w.unit as given_unit, w.price as by_hand, i.id as item_id, null::text as code_unit,
               case when i.id is null then 0 else 1 end as matches, i.code as names
          from ${rows} w left join catalog.v_item i on i.id = w.item_id`
    : sql`
      with wanted as materialized (
        select w.*, upper(w.code) as key, case when w.code ~ '^[0-9]{8,14}$' then lpad(w.code, 14, '0') end as gtin from ${rows} w where w.code <> ''
      ), numbered as materialized (
        select x.item_id, x.unit, case when x.scope = 'gtin' then lpad(x.code, 14, '0') else upper(x.code) end as key from catalog.v_cross_reference x
         where x.party_id is null or x.party_id = ${customer}
      ), meant as (
        select w.at, i.id, null::text as unit from wanted w join catalog.v_item i on i.id = w.item_id
        union all
        select w.at, i.id, null from wanted w join catalog.v_item i on upper(i.code) = w.key
        union all
        select w.at, n.item_id, n.unit from wanted w join numbered n on n.key = w.key
        union all
        select w.at, n.item_id, n.unit from wanted w join numbered n on n.key = w.gtin
      ), counted as (
        select m.at, count(distinct m.id)::int as matches, (array_agg(m.id))[1] as item_id, max(m.unit) as code_unit, string_agg(distinct i.code, ', ') as names
          from meant m join catalog.v_item i on i.id = m.id group by m.at
      )
      select w.at, w.code, w.quantity, w.unit as given_unit, w.price as by_hand, case when c.matches = 1 then c.item_id end as item_id, c.code_unit,
             coalesce(c.matches, 0) as matches, c.names
        from wanted w left join counted c on c.at = w.at`
