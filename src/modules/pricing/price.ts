// What a customer pays and why: one set-based statement from demand to price and waterfall.
import { type Sql, sql } from '#kernel/db'

/**
 * One line that asks for its price. `quantity` is in base units; unit_num/unit_den base units make one sales unit;
 * `unit_cost` is the cost of one base unit at this moment, in the line's currency (null: cost-plus conditions and
 * floors that rest on cost are passed over). `line` may be of any type and comes back as it is.
 */
export type PriceDemand = {
  line: string
  customer_id: string
  item_id: string
  category_id: string | null
  group_code: string | null
  currency: string
  quantity: string
  unit_num: string
  unit_den: string
  unit_cost: string | null
}

/**
 * The answer for one line. `price` and `list_price` are per sales unit, in the line's currency, with at most six
 * decimals; `price` is null when no condition gives one (refuse PRICE_MISSING). `trace` is the waterfall, see TraceStep.
 * `expired_agreement` says that a contract or agreement would have applied, had it not ended in the last 90 days.
 */
export type Priced = {
  line: string
  price: string | null
  list_price: string | null
  trace: readonly TraceStep[]
  expired_agreement: boolean
}

/**
 * One step of the waterfall; amounts are decimal text per sales unit. The effects of the applied steps (those with a
 * `says` other than 'passed over' and 'expired') add up exactly to the price.
 */
export type TraceStep = {
  step: number
  rule_id: string | null
  /** The rule's number, for people. */
  rule: string | null
  kind: string
  method: string
  says: 'sets the base' | 'on base' | 'on running' | 'lifted to the floor' | 'passed over' | 'expired'
  base: string | null
  amount: string | null
  effect: string
  price: string | null
}

export const NIL = '00000000-0000-0000-0000-000000000000'

/** How long after its end an agreement is still missed aloud. */
const EXPIRED_DAYS = 90

/**
 * The price of every line of `demand` on the business date `today`, one row a line, as a fragment to compose.
 *
 * Conditions match by customer, group or anyone, by item, category or anything, by currency, day and least quantity.
 * Of each kind and step the most specific one speaks: the own list before the company's default list, customer before
 * group before anyone, item before category before anything, the highest break reached. The first kind in rank that
 * gives a price ('price' or 'cost-plus') sets the base and is not worsened or bettered by kinds that rank after it;
 * discounts of kinds that rank before it, and the list's own discounts on a list price, come off in rank and step order,
 * each on the base or on what is left as it says. A best-of promotion does not come on top of discounts of the
 * customer's own (contract, customer, group, agreement, matrix): both prices are made, and the lower one applies.
 * A floor (least margin percent over cost) lifts the result.
 *
 * Rounding: the base, converted to the sales unit by exact fractions, and every effect are rounded half up to six
 * decimals, so the waterfall adds up; the floor is rounded up. `bought` names what each line's customer bought before
 * (base units) for cumulative breaks. Cost: an index probe of condition_lookup for each subject and object of a line.
 */
export function priced(
  companyId: number,
  today: string,
  demand: Sql<PriceDemand>,
  options: { bought?: Sql<{ line: string; quantity: string }> } = {},
): Sql<Priced> {
  const before = options.bought
    ? sql`left join (select b.line, sum(b.quantity::numeric) as quantity from ${options.bought} b group by b.line) b on b.line = d.line`
    : sql`cross join (values (0::numeric)) b (quantity)`
  return sql<Priced>`
    with demand as (
      select d.line, d.customer_id, d.item_id, d.category_id, d.currency, d.quantity::numeric as quantity,
        d.unit_num::numeric as unit_num, d.unit_den::numeric as unit_den, d.unit_cost::numeric as unit_cost, coalesce(b.quantity, 0) as bought,
        own.list_id as own_list, def.list_id as default_list,
        array_remove(array[d.item_id, d.category_id, ${NIL}::uuid], null) as objects,
        array_remove(array[d.customer_id, pricing.group_id(d.group_code), ${NIL}::uuid], null) as subjects
        from ${demand} d
        ${before}
        left join pricing.group_list own on own.company_id = ${companyId} and own.group_code = d.group_code and d.group_code <> ''
        left join pricing.group_list def on def.company_id = ${companyId} and def.group_code = ''
    ),
    kept as materialized (${matching(companyId, today)}),
    winners as materialized (
      select *, bool_or(kind = 'promotion' and combines = 'best-of') over (partition by line) as promoted,
        max(base) filter (where kind = 'list') over (partition by line) as list_price
        from kept where live
    ),
    ${waterfall()},
    -- Kept whole: a caller's plan made for few lines would otherwise price all lines again for each of them.
    answered as materialized (
    select d.line, trim_scale(f.price) as price, trim_scale(f.list_price) as list_price,
      coalesce(f.trace, '[]'::jsonb) || coalesce(x.trace, '[]'::jsonb) as trace, x.line is not null as expired_agreement
      from demand d
      left join finished f on f.line = d.line
      left join (
        select k.line, jsonb_agg(jsonb_build_object('step', 0, 'rule_id', k.id, 'rule', k.number, 'kind', k.kind, 'method', k.method, 'says', 'expired',
          'base', null, 'amount', k.amount::text, 'effect', '0', 'price', null, 'ended_on', upper(k.valid) - 1)) as trace
          from kept k where not k.live group by k.line
      ) x on x.line = d.line
    )
    select * from answered`
}

/**
 * Of every line's matching conditions the one that speaks in each kind and step. `distinct on` and not a row number:
 * for a filter on a number the planner expects one row in all, and then compares every line with every other.
 */
const matching = (companyId: number, today: string) => sql`
  select distinct on (c.line, c.kind, c.step) c.*
    from demand d
    cross join lateral unnest(d.objects) o (id)
    cross join lateral unnest(d.subjects) s (id)
    cross join lateral (
      select d.line, c.id, c.number, c.kind, c.rank, c.step, c.method, c.amount, c.floor_percent, c.combines, c.min_quantity, c.valid,
        c.valid @> ${today}::date as live,
        d.unit_cost * d.unit_num / d.unit_den as cost,
        case when c.list_id is not distinct from d.own_list then 0 else 1 end as list_choice,
        case c.subject_id when d.customer_id then 0 when ${NIL}::uuid then 2 else 1 end as subject_choice,
        case c.object_id when d.item_id then 0 when ${NIL}::uuid then 2 else 1 end as object_choice,
        case c.method
          when 'price' then round(c.amount * d.unit_num * c.per_den / (d.unit_den * c.per_num), 6)
          when 'cost-plus' then round(d.unit_cost * (100 + c.amount) * d.unit_num / (d.unit_den * 100), 6)
        end as base
        from pricing.condition c
       where c.company_id = ${companyId} and c.state = 'active'
         and c.object_id = o.id and c.subject_id = s.id and c.currency = d.currency
         and (c.list_id is null or c.list_id in (d.own_list, d.default_list))
         and c.min_quantity <= d.quantity + case c.counts when 'cumulative' then d.bought else 0 end
         and (c.method <> 'cost-plus' or d.unit_cost > 0)
         and (c.valid @> ${today}::date
           or c.kind in ('contract', 'agreement') and upper(c.valid) <= ${today}::date and upper(c.valid) > ${today}::date - ${EXPIRED_DAYS}::int)
      -- The fence makes each pair of object and subject one probe of condition_lookup by all its columns. Left to itself
      -- the planner probes by object alone and filters, which for an item with ten thousand customer prices reads them all.
      offset 0
    ) c
   order by c.line, c.kind, c.step, c.live desc, c.list_choice, c.subject_choice, c.object_choice, c.min_quantity desc, c.id`

/** From the winners of each kind to one finished waterfall a line: with the customer's own discounts, or with the promotion. */
const waterfall = () => sql`
  sides as (
    select w.*, s.side,
      first_value(w.id) over base as base_id, first_value(w.base) over base as base_price,
      first_value(w.rank) over base as base_rank, first_value(w.kind) over base as base_kind
      from winners w cross join (values (0), (1)) s (side)
     where (s.side = 0 and not (w.kind = 'promotion' and w.combines = 'best-of'))
        or (s.side = 1 and w.promoted and not (w.base is null and w.kind in ('contract', 'customer', 'group', 'agreement', 'matrix')))
    window base as (partition by w.line, s.side order by w.base is null, w.rank, w.step, w.id)
  ),
  steps as (
    select *, row_number() over fall as position, pricing.waterfall(base_price, method, amount) over fall as price
      from sides
     where id = base_id and base is not null
        or base is null and base_price is not null and (rank < base_rank or kind = 'list' and base_kind = 'list')
    window fall as (partition by line, side order by id <> base_id, kind <> 'list', rank, step, id rows unbounded preceding)
  ),
  explained as (
    select *, lag(price) over (partition by line, side order by position) as before from steps
  ),
  totals as (
    select line, side, (array_agg(price order by position desc))[1] as price, max(list_price) as list_price, count(*) as steps,
      -- A floor is a margin on the price: price >= cost / (1 - percent), rounded up so that it is never undercut.
      max(ceil(cost * 1000000 * 100 / (100 - floor_percent)) / 1000000) as floor,
      (array_agg(id order by floor_percent desc nulls last))[1] as floor_id, (array_agg(number order by floor_percent desc nulls last))[1] as floor_rule,
      jsonb_agg(jsonb_build_object('step', position, 'rule_id', id, 'rule', number, 'kind', kind, 'method', method,
        'says', case when before is null then 'sets the base' when method = 'discount-on-base' then 'on base' else 'on running' end,
        'base', trim_scale(case when before is null then case method when 'cost-plus' then cost else base end
                                when method = 'discount-on-base' then base_price else before end)::text,
        'amount', trim_scale(amount)::text, 'effect', trim_scale(price - coalesce(before, 0))::text,
        'price', trim_scale(price)::text) order by position) as trace
      from explained group by line, side
  ),
  ranked as (
    select distinct on (line) *, greatest(price, floor) as final,
      lead(side) over best as other_side, lead(greatest(price, floor)) over best as other_price
      from totals window best as (partition by line order by greatest(price, floor), side)
     order by line, greatest(price, floor), side
  ),
  finished as materialized (
    select line, round(final, 6) as price, list_price, trace
      || case when floor > price then jsonb_build_array(jsonb_build_object('step', steps + 1, 'rule_id', floor_id, 'rule', floor_rule, 'kind', 'floor', 'method', 'floor',
           'says', 'lifted to the floor', 'base', trim_scale(price)::text, 'amount', trim_scale(floor)::text,
           'effect', trim_scale(floor - price)::text, 'price', trim_scale(final)::text)) else '[]'::jsonb end
      || case when other_price is not null then jsonb_build_array(jsonb_build_object('step', 0, 'rule_id', null, 'rule', null,
           'kind', case other_side when 1 then 'promotion' else 'own discounts' end, 'method', 'best-of', 'says', 'passed over',
           'base', null, 'amount', null, 'effect', '0', 'price', trim_scale(other_price)::text)) else '[]'::jsonb end as trace
      from ranked
  )`
