// Changing many prices by a percentage from a day on: the old prices end the day before, new ones follow, nothing is lost.
import type { Static } from '@sinclair/typebox'
import { type Call, creation } from '#kernel/command'
import { type Sql, sql } from '#kernel/db'
import { compareDecimals } from '#kernel/decimal'
import { T } from '#kernel/schema'
import { lookUp } from '../condition/codes.ts'
import { KINDS } from '../condition/condition.ts'
import { refuse } from '../refusals.ts'
import { change } from './change.ts'
import { inBulk } from './in-bulk.ts'

/**
 * Which prices change (every part that is given narrows), by how much, and from which day. New prices are rounded half up
 * to `places` decimals; without it to as many as the old price has, and at least two. Run it with dryRun to see the effect
 * before it is one.
 */
export const ApplyInput = T.object({
  id: T.optional(T.id()),
  list: T.optional(T.ref('pricing.list')),
  kind: T.optional(T.choice(KINDS)),
  customer: T.optional(T.ref('party.customer')),
  group: T.optional(T.code()),
  category: T.optional(T.ref('catalog.category')),
  item: T.optional(T.ref('catalog.item')),
  percent: T.signedQuantity(),
  effectiveOn: T.date(),
  places: T.optional(T.integer(0, 6)),
  note: T.optional(T.text(500)),
})
type Asked = Static<typeof ApplyInput>
type Body = Call<readonly Asked[]>

/** What a change does, per change: how many prices, the sums and extremes of old and new, and the first few. */
export type Impact = {
  number: string
  conditions: number
  lowest_old: string
  highest_old: string
  lowest_new: string
  highest_new: string
  average_change_percent: string
  examples: readonly { number: string; old: string; new: string }[]
}

const EXAMPLES = 20

export const apply = creation(change.verbs.apply, ApplyInput, async (call) => {
  const impacts: Impact[] = []
  // One after another, for a second change may build on what the first one made.
  for (const [at, asked] of call.input.entries()) {
    check(asked, call.today)
    impacts.push(await applyOne(call, asked, call.ids[at] ?? '', call.numbers[at] ?? ''))
  }
  return { result: { impacts } }
})

function check(asked: Asked, today: string): void {
  const { list, kind, customer, group, category, item, percent, effectiveOn } = asked
  if (!(list || kind || customer || group || category || item)) refuse('CHANGE_SCOPE_EMPTY')
  if (effectiveOn < today) refuse('CHANGE_IN_PAST', { day: effectiveOn })
  const outside = compareDecimals(percent, '-99') < 0 || compareDecimals(percent, '1000') > 0
  if (outside || compareDecimals(percent, '0') === 0) refuse('CHANGE_PERCENT', { percent })
}

async function applyOne(call: Body, asked: Asked, id: string, number: string): Promise<Impact> {
  const { tx, companyId, now, actor } = call
  const chosen = await scope(call, asked)
  const { id: _, percent, effectiveOn, note = '', ...where } = asked
  await tx.run(sql`insert into pricing.change (company_id, id, number, kind, effective_on, percent, scope, note, state, created_by, created_at, updated_at)
    values (${companyId}, ${id}, ${number}, 'percent', ${effectiveOn}, ${percent}, ${JSON.stringify(where)}::jsonb, ${note}, 'applied', ${actor}, ${now}, ${now})`)
  return await inBulk(tx, async () => {
    const found = await choose(call, asked, id, chosen)
    if (found === 0) refuse('CHANGE_FINDS_NOTHING', { day: effectiveOn })
    await cut(call, id, effectiveOn)
    await follow(call, id, effectiveOn)
    return await impact(call, id, number)
  })
}

/** Writes down each price that changes, as it was and as it will be, and locks it. Returns how many there are. */
const choose = ({ tx, companyId }: Body, { percent, effectiveOn, places }: Asked, id: string, chosen: Sql) =>
  tx.run(sql`
    with chosen as materialized (
      select c.id, c.valid, c.state, c.amount from pricing.condition c
       where c.company_id = ${companyId} and c.state = 'active' and c.method = 'price' and not isempty(c.valid)
         and (upper_inf(c.valid) or upper(c.valid) > ${effectiveOn}::date) and ${chosen}
       order by c.id for no key update
    )
    insert into pricing.change_line (company_id, change_id, new_id, old_id, old_valid, old_state, old_amount, new_amount)
    select ${companyId}, ${id}, gen_random_uuid(), id, valid, state, amount,
        round(amount * (100 + ${percent}::numeric) / 100, coalesce(${places ?? null}::int, greatest(2, scale(trim_scale(amount)))))
      from chosen`)

/** A price that began before the day ends there; one that begins on the day or later is replaced whole. */
const cut = ({ tx, companyId, now }: Body, id: string, from: string) =>
  tx.run(sql`update pricing.condition c
       set valid = case when l.old_valid @> (${from}::date - 1) then l.old_valid * daterange(null, ${from}::date) else c.valid end,
           state = case when l.old_valid @> (${from}::date - 1) then 'active' else 'withdrawn' end,
           version = c.version + 1, updated_at = ${now}
      from pricing.change_line l where l.company_id = ${companyId} and l.change_id = ${id} and c.company_id = l.company_id and c.id = l.old_id`)

/** The new prices, from the day on until the old ones would have ended. */
const follow = ({ tx, companyId, now }: Body, id: string, from: string) =>
  tx.run(sql`
    with made as (
      insert into pricing.condition (company_id, id, kind, rank, list_id, subject_id, group_code, object_id, currency, min_quantity, counts, step, valid,
          method, amount, unit, per_num, per_den, combines, floor_percent, note, change_id, created_at, updated_at)
      select c.company_id, l.new_id, c.kind, c.rank, c.list_id, c.subject_id, c.group_code, c.object_id, c.currency, c.min_quantity, c.counts, c.step,
          l.old_valid * daterange(${from}::date, null), c.method, l.new_amount, c.unit, c.per_num, c.per_den, c.combines, c.floor_percent,
          c.note, ${id}, ${now}, ${now}
        from pricing.change_line l join pricing.condition c on c.company_id = l.company_id and c.id = l.old_id
       where l.company_id = ${companyId} and l.change_id = ${id} order by c.number
      returning 1
    )
    update pricing.change h set conditions = (select count(*) from made) where h.company_id = ${companyId} and h.id = ${id}`)

/** The condition of the scope on pricing.condition c. */
async function scope({ tx, companyId }: Body, asked: Asked): Promise<Sql> {
  const codes = await lookUp(tx, companyId, [asked])
  const list = asked.list === undefined ? null : codes.list(asked.list)?.id
  const customer = asked.customer === undefined ? null : codes.customer(asked.customer)
  const item = asked.item === undefined ? null : codes.item(asked.item)
  const category = asked.category === undefined ? null : codes.category(asked.category)
  return sql`(${list ?? null}::uuid is null or c.list_id = ${list ?? null})
    and (${asked.kind ?? null}::text is null or c.kind = ${asked.kind ?? null})
    and (${customer ?? null}::uuid is null or c.subject_id = ${customer ?? null})
    and (${asked.group ?? null}::text is null or c.subject_id = pricing.group_id(${asked.group ?? null}))
    and (${item ?? null}::uuid is null or c.object_id = ${item ?? null})
    and (${category ?? null}::uuid is null or c.object_id = ${category ?? null}
      or exists (select from catalog.v_item i where i.id = c.object_id and i.category_id = ${category ?? null}))`
}

async function impact({ tx, companyId }: Body, id: string, number: string): Promise<Impact> {
  const row = await tx.first(sql<Omit<Impact, 'number'>>`
    select count(*)::int as conditions, min(l.old_amount) as lowest_old, max(l.old_amount) as highest_old, min(l.new_amount) as lowest_new,
        max(l.new_amount) as highest_new,
        trim_scale(round(avg(case when l.old_amount > 0 then 100 * (l.new_amount - l.old_amount) / l.old_amount end), 2)) as average_change_percent,
        (select jsonb_agg(jsonb_build_object('number', e.number, 'old', e.old_amount::text, 'new', e.new_amount::text) order by e.number) from (
           select c.number, x.old_amount, x.new_amount from pricing.change_line x join pricing.condition c on c.company_id = x.company_id and c.id = x.old_id
            where x.company_id = ${companyId} and x.change_id = ${id} order by c.number limit ${EXAMPLES}) e) as examples
      from pricing.change_line l where l.company_id = ${companyId} and l.change_id = ${id}`)
  if (!row) throw new Error(`change ${number} has no figures`)
  return { number, ...row }
}
