// Who stands above whom, without circles, and what customers take from above (MDM-04).
import { type Sql, sql, type Tx } from '#kernel/db'
import { refuse } from './refusals.ts'

/** What a customer may take from the customer above him. */
export const INHERITABLE = [
  'term',
  'currency',
  'taxPosition',
  'group',
  'class',
  'invoicePolicy',
  'backorderRule',
] as const

const COLUMNS: Readonly<Record<(typeof INHERITABLE)[number], string>> = {
  term: 'term',
  currency: 'currency',
  taxPosition: 'tax_position',
  group: 'group_code',
  class: 'class',
  invoicePolicy: 'invoice_policy',
  backorderRule: 'backorder_rule',
}

/** The columns of fields of INHERITABLE, as party.customer.inherits keeps them. */
export const columnsOf = (fields: readonly (typeof INHERITABLE)[number][]): readonly string[] =>
  fields.map((field) => COLUMNS[field])

/**
 * Puts the parties of `set` under `parentId`, or under nobody. Two changes that would close a circle together wait for
 * each other. Refuses with PARENT_CYCLE.
 */
export async function moveUnder(tx: Tx, set: Sql<{ id: string }>, parentId: string | null, now: Date): Promise<void> {
  await tx.run(sql`select pg_advisory_xact_lock(hashtext('party.hierarchy'))`)
  const circle = await tx.first(sql<{ code: string; path: string }>`
    with recursive above as (
      select p.id, p.parent_id, array[p.code] as path from party.party p where p.id = ${parentId}::uuid
      union all
      select p.id, p.parent_id, a.path || p.code from party.party p join above a on p.id = a.parent_id where cardinality(a.path) < 100
    )
    select p.code, p.code || ' under ' || array_to_string(a.path, ' under ') as path
      from above a join ${set} s on s.id = a.id join party.party p on p.id = a.id limit 1`)
  if (circle) {
    refuse('PARENT_CYCLE', circle)
  }
  await tx.run(sql`update party.party p set parent_id = ${parentId}::uuid, version = p.version + 1, updated_at = ${now}
    from ${set} s where p.id = s.id`)
}

/**
 * Writes down what the customers of `set`, and all who stand below them, take from above: each value named in
 * `inherits` becomes that of the customer above. Readers then need no walk up the tree. Says how many changed.
 */
export async function passDown(tx: Tx, companyId: number, set: Sql<{ id: string }>, now: Date): Promise<number> {
  const taken = (column: string, from: Sql, own: Sql): Sql =>
    sql`case when ${column} = any(c.inherits) then ${from} else ${own} end`
  return await tx.run(sql`
    with recursive tree as (
      select c.id, 0 as depth, ${taken('term', sql`coalesce(u.term, c.term)`, sql`c.term`)} as term,
          ${taken('currency', sql`coalesce(u.currency, c.currency)`, sql`c.currency`)} as currency,
          ${taken('tax_position', sql`coalesce(u.tax_position, c.tax_position)`, sql`c.tax_position`)} as tax_position,
          ${taken('group_code', sql`case when u.id is null then c.group_code else u.group_code end`, sql`c.group_code`)} as group_code,
          ${taken('class', sql`coalesce(u.class, c.class)`, sql`c.class`)} as class,
          ${taken('invoice_policy', sql`coalesce(u.invoice_policy, c.invoice_policy)`, sql`c.invoice_policy`)} as invoice_policy,
          ${taken('backorder_rule', sql`case when u.id is null then c.backorder_rule else u.backorder_rule end`, sql`c.backorder_rule`)} as backorder_rule
        from ${set} s
        join party.customer c on c.company_id = ${companyId} and c.id = s.id
        join party.party p on p.id = c.id
        left join party.customer u on u.company_id = ${companyId} and u.id = p.parent_id
      union all
      select c.id, t.depth + 1, ${taken('term', sql`t.term`, sql`c.term`)}, ${taken('currency', sql`t.currency`, sql`c.currency`)},
          ${taken('tax_position', sql`t.tax_position`, sql`c.tax_position`)}, ${taken('group_code', sql`t.group_code`, sql`c.group_code`)},
          ${taken('class', sql`t.class`, sql`c.class`)}, ${taken('invoice_policy', sql`t.invoice_policy`, sql`c.invoice_policy`)},
          ${taken('backorder_rule', sql`t.backorder_rule`, sql`c.backorder_rule`)}
        from tree t
        join party.party p on p.parent_id = t.id
        join party.customer c on c.company_id = ${companyId} and c.id = p.id
    ), last as (
      -- Somebody named himself and reached from above counts as reached from above: that value is the newer one.
      select distinct on (id) * from tree order by id, depth desc
    )
    update party.customer c set term = l.term, currency = l.currency, tax_position = l.tax_position, group_code = l.group_code, class = l.class,
        invoice_policy = l.invoice_policy, backorder_rule = l.backorder_rule, updated_at = ${now}
      from last l
     where c.company_id = ${companyId} and c.id = l.id
       and (c.term, c.currency, c.tax_position, c.group_code, c.class, c.invoice_policy, c.backorder_rule)
         is distinct from (l.term, l.currency, l.tax_position, l.group_code, l.class, l.invoice_policy, l.backorder_rule)`)
}
