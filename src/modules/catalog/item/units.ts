// The units of an item: every one of them is an exact number of base units, or it is refused (MDM-09).
import { sql, type Tx } from '#kernel/db'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'

/** One `unit` is num/den base units. Without a factor the conversions between units say it. */
export const UnitInput = T.object({
  unit: T.code(),
  num: T.optional(T.integer(1, 1_000_000_000_000)),
  den: T.optional(T.integer(1, 1_000_000_000_000)),
})

/** A unit as it is wanted for an item. `given` factors replace what is there, others only fill what is missing. */
export type WantedUnit = {
  readonly itemId: string
  readonly unit: string
  readonly num?: number
  readonly den?: number
}

type Problem = { code: string; unit: string; base: string; whole: boolean; num: string | null; den: string | null }

/**
 * Writes the units of items in one statement, their base unit among them. Where no factor is given, it is found by a
 * walk of up to four steps over catalog.conversion. Refuses with UNIT_NO_FACTOR, and with UNIT_LOSSY where one unit is
 * not a whole number of a whole base unit, or needs more than the six places that quantities have: then even a single
 * piece could not be counted back.
 */
export async function writeUnits(tx: Tx, wanted: readonly WantedUnit[]): Promise<void> {
  const rows = JSON.stringify(
    wanted.map((one) => ({ item_id: one.itemId, unit: one.unit, num: one.num, den: one.den })),
  )
  const [problem] = await tx.rows(sql<Problem>`
    with recursive wanted as materialized (
      select distinct on (w.item_id, w.unit) w.item_id, w.unit, i.code, i.base_unit, u.whole,
          case when w.unit = i.base_unit then 1 when w.num is null and w.den is null then null else coalesce(w.num, 1) end::numeric as num,
          case when w.unit = i.base_unit then 1 when w.num is null and w.den is null then null else coalesce(w.den, 1) end::numeric as den
        from (select item_id, unit, num, den from jsonb_to_recordset(${rows}::jsonb) as g (item_id uuid, unit text, num bigint, den bigint)
              union all select id, base_unit, 1, 1 from catalog.item where id = any(${wanted.map((one) => one.itemId)}::uuid[])) w
        join catalog.item i on i.id = w.item_id
        join catalog.unit u on u.code = i.base_unit
       order by w.item_id, w.unit, w.num nulls last
    ), edge as (
      select from_unit, to_unit, num::numeric, den::numeric from catalog.conversion where state = 'active'
      union all select to_unit, from_unit, den, num from catalog.conversion where state = 'active'
    ), walk as (
      select unit, base_unit, unit as at, 1::numeric as num, 1::numeric as den, 0 as steps
        from (select distinct unit, base_unit from wanted where num is null) w
      union all
      select w.unit, w.base_unit, e.to_unit, w.num * e.num, w.den * e.den, w.steps + 1
        from walk w join edge e on e.from_unit = w.at where w.at <> w.base_unit and w.steps < 4
    ), way as (
      select distinct on (unit, base_unit) unit, base_unit, num, den from walk where at = base_unit order by unit, base_unit, steps
    ), known as materialized (
      select w.item_id, w.code, w.unit, w.base_unit, w.whole, w.num is not null as given,
          coalesce(w.num, o.num::numeric, y.num) as num, coalesce(w.den, o.den::numeric, y.den) as den
        from wanted w
        left join catalog.item_unit o on o.item_id = w.item_id and o.unit = w.unit
        left join way y on y.unit = w.unit and y.base_unit = w.base_unit
    ), problem as materialized (
      select code, unit, base_unit as base, whole, num / gcd(num, den) as num, den / gcd(num, den) as den from known
       where num is null or mod(num * case when whole then 1 else 1000000 end, den) <> 0
    ), written as (
      insert into catalog.item_unit as t (item_id, unit, num, den)
      select item_id, unit, (num / gcd(num, den))::bigint, (den / gcd(num, den))::bigint from known where not exists (select from problem)
      on conflict (item_id, unit) do update set num = excluded.num, den = excluded.den
    )
    select code, unit, base, whole, trunc(num)::text as num, trunc(den)::text as den from problem order by code, unit`)
  if (!problem) {
    return
  }
  const { code, unit, base, num, den, whole } = problem
  if (num === null) {
    refuse('UNIT_NO_FACTOR', { code, unit, base })
  }
  refuse('UNIT_LOSSY', {
    code,
    unit,
    base,
    num,
    den,
    limit: whole ? 'comes in whole numbers only' : 'is counted to six places',
  })
}
