// Writes any number of conditions in a fixed number of statements; an overlap is refused with the name of the other rule.
import type { Call } from '#kernel/command'
import { errorCode, type Sql, sql } from '#kernel/db'
import { NIL } from '../price.ts'
import { refuse } from '../refusals.ts'
import { lookUp } from './codes.ts'
import { RANKS } from './condition.ts'
import { checkCondition, type GivenCondition } from './input.ts'

type Writer = Pick<Call<unknown>, 'tx' | 'companyId' | 'now'>

/**
 * Checks, resolves and writes the conditions under these ids. Refuses CONDITION_* for one that contradicts itself, an
 * unknown code, a unit that the item does not have, and CONDITION_OVERLAP for two that answer the same question.
 */
export async function writeConditions(
  { tx, companyId, now }: Writer,
  ids: readonly string[],
  given: readonly GivenCondition[],
  changeId: string | null = null,
): Promise<void> {
  given.forEach((one, at) => {
    checkCondition(one, at + 1)
  })
  const codes = await lookUp(tx, companyId, given)
  const rows = given.map((one, at) => {
    const list = one.list === undefined ? undefined : codes.list(one.list)
    if (list && list.currency !== one.currency) {
      refuse('CONDITION_LIST', {
        at: at + 1,
        problem: `the list ${one.list} is in ${list.currency}, the price in ${one.currency}. Use ${list.currency}.`,
      })
    }
    return {
      at: at + 1,
      id: ids[at],
      kind: one.kind,
      rank: RANKS[one.kind],
      list_id: list?.id,
      customer_id: one.customer === undefined ? undefined : codes.customer(one.customer),
      group_code: one.group,
      object_id:
        one.item !== undefined ? codes.item(one.item) : one.category !== undefined ? codes.category(one.category) : NIL,
      currency: one.currency,
      min_quantity: one.minQuantity ?? '0',
      counts: one.counts ?? 'line',
      step: one.step ?? 1,
      starts: one.from,
      ends: one.until,
      method: one.method,
      amount: one.amount,
      unit: one.unit,
      combines: one.combines ?? (one.kind === 'promotion' ? 'best-of' : 'with-all'),
      floor_percent: one.floorPercent,
      note: one.note ?? '',
    }
  })
  const relation = sql<GivenRow>`select r.*, coalesce(r.customer_id, pricing.group_id(r.group_code), ${NIL}::uuid) as subject_id,
      daterange(r.starts, r.ends, '[]') as valid
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (at int, id uuid, kind text, rank int, list_id uuid, customer_id uuid,
      group_code text, object_id uuid, currency text, min_quantity numeric, counts text, step int, starts date, ends date, method text,
      amount numeric, unit text, combines text, floor_percent numeric, note text)`
  await checkUnits({ tx, companyId, now }, given, relation)
  await guarded(
    { tx, companyId, now },
    relation,
    sql`
    insert into pricing.condition (company_id, id, kind, rank, list_id, subject_id, group_code, object_id, currency, min_quantity, counts, step, valid,
        method, amount, unit, per_num, per_den, combines, floor_percent, note, change_id, created_at, updated_at)
    select ${companyId}, g.id, g.kind, g.rank, g.list_id, g.subject_id, case when g.customer_id is null then g.group_code end, g.object_id, g.currency, g.min_quantity, g.counts, g.step, g.valid,
        g.method, g.amount, g.unit, coalesce(u.num, 1), coalesce(u.den, 1), g.combines, g.floor_percent, g.note, ${changeId}::uuid, ${now}, ${now}
      from ${relation} g left join catalog.v_item_unit u on g.unit is not null and u.item_id = g.object_id and u.unit = g.unit order by g.at`,
  )
}

/** What a relation of new conditions must offer so that an overlap can be named. */
type GivenRow = {
  at: number
  id: string
  kind: string
  list_id: string | null
  subject_id: string
  group_code: string | null
  customer_id: string | null
  object_id: string
  currency: string
  min_quantity: string
  counts: string
  step: number
  valid: string
}

async function checkUnits({ tx }: Writer, given: readonly GivenCondition[], relation: Sql<GivenRow>): Promise<void> {
  if (given.every((one) => one.unit === undefined)) return
  const wrong = await tx.first(sql<{ at: number; item: string; unit: string }>`
    select g.at, i.code as item, g.unit from ${relation} g join catalog.v_item i on i.id = g.object_id
     where g.unit is not null and not exists (select from catalog.v_item_unit u where u.item_id = g.object_id and u.unit = g.unit) order by g.at limit 1`)
  if (wrong) refuse('CONDITION_UNIT', wrong)
}

/**
 * Runs a write that may meet the guard against overlaps. Only when it does is the other rule looked for, by name: the
 * guard itself is the check, so two people saving at the same moment cannot both pass.
 */
async function guarded({ tx, companyId }: Writer, relation: Sql<GivenRow>, write: Sql): Promise<void> {
  await tx.run(sql`savepoint before_conditions`)
  try {
    await tx.run(write)
  } catch (error) {
    if (errorCode(error) !== '23P01') throw error
    await tx.run(sql`rollback to savepoint before_conditions`)
    const met = await tx.first(overlapping(companyId, relation))
    refuse(
      'CONDITION_OVERLAP',
      met ?? { at: 'given', other: 'one that was saved just now', valid: 'then', question: 'try again' },
    )
  }
}

type Met = { at: number; other: string; valid: string; question: string }

const SAME = sql`o.kind = g.kind and o.list_id is not distinct from g.list_id and o.subject_id = g.subject_id and o.object_id = g.object_id
  and o.currency = g.currency and o.min_quantity = g.min_quantity and o.counts = g.counts and o.step = g.step and o.valid && g.valid`

/** The first new condition that meets an active one, or another new one. */
const overlapping = (companyId: number, relation: Sql<GivenRow>) => sql<Met>`
  with given as materialized (select * from ${relation} g)
  select m.at, m.other, m.valid::text as valid, 'kind ' || m.kind || ', from quantity ' || m.min_quantity || ', step ' || m.step as question
    from (
      (select g.at, o.number as other, o.valid, g.kind, g.min_quantity, g.step
         from given g join pricing.condition o on o.company_id = ${companyId} and o.state = 'active' and o.id <> g.id and ${SAME} order by g.at limit 1)
      union all
      (select g.at, 'number ' || o.at || ' of the same call', o.valid, g.kind, g.min_quantity, g.step
         from given g join given o on o.at < g.at and ${SAME} order by g.at limit 1)
    ) m order by m.at limit 1`
