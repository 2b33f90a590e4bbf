// Writes configuration by its descriptions alone: creates, changes and ends objects of any kind, in sets, and decides nothing.
import type { ConfigurationKind } from '#kernel/configuration'
import { join, name, type Sql, sql, type Tx } from '#kernel/db'
import { newId } from '#kernel/ids'
import { refuse } from '../refusals.ts'
import { columnOf, isLive, type Kinds, referred, scope } from './live.ts'
import type { LiveObject, Value } from './object.ts'

/** One change to make: the object as it shall be; to `end` one, its fields are those that it has. */
export type Change = LiveObject & { readonly change: 'create' | 'update' | 'end' }

type Row = Record<string, unknown>

/**
 * Makes the changes in the company: first what ends, so that a place is free for what comes, then kind by kind in the order
 * of their references what changes and what is new, so that what changes may refer to what is new of another kind. Refuses
 * CONFIGURATION_DANGLES when a reference leads nowhere.
 */
export async function writeChanges(tx: Tx, kinds: Kinds, companyId: number, changes: readonly Change[], now: Date) {
  const order = inOrder(kinds, [...new Set(changes.map((one) => one.kind))])
  const make = async (kind: ConfigurationKind, change: Change['change']) => {
    const some = changes.filter((one) => one.kind === kind.name && one.change === change)
    if (some.length > 0) await write(tx, kinds, { kind, companyId, change, objects: some, now })
  }
  for (const kind of [...order].reverse()) await make(kind, 'end')
  for (const kind of order) {
    await make(kind, 'update')
    await make(kind, 'create')
  }
}

/** What is referred to before what refers. */
function inOrder(kinds: Kinds, names: readonly string[]): ConfigurationKind[] {
  const placed = new Set<ConfigurationKind>()
  const place = (kind: ConfigurationKind | undefined, above: readonly ConfigurationKind[]) => {
    if (!kind || placed.has(kind) || above.includes(kind)) return
    for (const field of Object.values(kind.fields)) if (field.of) place(kinds.get(field.of), [...above, kind])
    if (names.includes(kind.name)) placed.add(kind)
  }
  for (const one of [...names].sort()) place(kinds.get(one), [])
  return [...placed]
}

type Work = {
  kind: ConfigurationKind
  companyId: number
  change: Change['change']
  objects: readonly LiveObject[]
  now: Date
}

async function write(tx: Tx, kinds: Kinds, work: Work): Promise<void> {
  const { kind, companyId, change, objects, now } = work
  if (kind.member) return await writeMembers(tx, kind, kind.member, work)
  const ids = new Map(objects.map((one) => [one.key, newId()]))
  const rows = await rowsOf(tx, kinds, kind, companyId, objects, change === 'create' ? ids : new Map())
  if (change === 'end') await end(tx, kind, companyId, rows, now)
  else if (change === 'update') await update(tx, kind, companyId, rows, now)
  else await create(tx, kind, companyId, rows, now)
  if (change !== 'end') await writeLists(tx, kind, objects)
}

/** Rows of the kind's table, by column, with references as ids. What no object says, the table's default says, or what stands there. */
async function rowsOf(
  tx: Tx,
  kinds: Kinds,
  kind: ConfigurationKind,
  companyId: number,
  objects: readonly LiveObject[],
  ids: ReadonlyMap<string, string>,
): Promise<Row[]> {
  const targets = new Map<string, ReadonlyMap<string, string>>()
  for (const [at, field] of Object.entries(kind.fields)) {
    if (field.kind !== 'ref') continue
    const to = referred(kinds, field)
    const known = await tx.rows(sql<{
      code: string
      id: string
    }>`select t.${name(to.code)}::text as code, t.id::text as id
      from ${name(to.kind.table)} t where ${scope(to.kind, companyId)}`)
    const own = to.kind.name === kind.name ? [...ids] : []
    targets.set(at, new Map([...known.map((one) => [one.code, one.id] as const), ...own]))
  }
  const idOf = (at: string, code: Value, object: LiveObject): Value => {
    if (code === null) return kind.none[at] ?? null
    return (
      targets.get(at)?.get(String(code)) ??
      refuse('CONFIGURATION_DANGLES', { object: `${kind.label} ${object.key}`, field: at, missing: String(code) })
    )
  }
  const told = Object.entries(kind.fields).filter(([at]) => at in kind.none || objects.some((one) => at in one.fields))
  return objects.map((object) => {
    const row: Row = { ...(kind.hasId && ids.has(object.key) ? { id: ids.get(object.key) } : {}) }
    for (const [at, field] of told) {
      const given = object.fields[at] ?? null
      row[field.column ?? at] = field.kind === 'ref' ? idOf(at, given, object) : given
    }
    return row
  })
}

const columns = (names: readonly string[]): Sql => join(names.map(name), ', ')
const prefixed = (prefix: 't' | 'g', names: readonly string[]): Sql =>
  join(
    names.map((one) => (prefix === 't' ? sql`t.${name(one)}` : sql`g.${name(one)}`)),
    ', ',
  )

/** Each column set to what was given. */
const taken = (names: readonly string[]): Sql =>
  join(
    names.map((one) => sql`${name(one)} = g.${name(one)}`),
    ', ',
  )

const given = (kind: ConfigurationKind, rows: readonly Row[]): Sql =>
  sql`jsonb_populate_recordset(null::${name(kind.table)}, ${JSON.stringify(rows)}::jsonb) as g`

const sameKey = (kind: ConfigurationKind): Sql => {
  const key = kind.key.map((at) => columnOf(kind, at))
  return sql`(${prefixed('t', key)}) is not distinct from (${prefixed('g', key)})`
}

const versioned = (kind: ConfigurationKind, now: Date): Sql =>
  kind.ending.by === 'state' || (kind.ending.by === 'never' && kind.hasId)
    ? sql`, version = t.version + 1, updated_at = ${now}`
    : sql``

async function end(tx: Tx, kind: ConfigurationKind, companyId: number, rows: readonly Row[], now: Date): Promise<void> {
  const which = sql`${scope(kind, companyId)} and ${isLive(kind)} and ${sameKey(kind)}`
  for (const list of Object.values(kind.lists)) {
    const key = name(columnOf(kind, kind.key[0] ?? ''))
    await tx.run(
      sql`delete from ${name(list.table)} l using ${given(kind, rows)} where l.${name(list.parent)} = g.${key}`,
    )
  }
  if (kind.ending.by === 'delete') {
    await tx.run(sql`delete from ${name(kind.table)} t using ${given(kind, rows)} where ${which}`)
  } else if (kind.ending.by === 'state') {
    const { column, ended } = kind.ending
    await tx.run(
      sql`update ${name(kind.table)} t set ${name(column)} = ${ended}${versioned(kind, now)} from ${given(kind, rows)} where ${which}`,
    )
  }
}

async function update(
  tx: Tx,
  kind: ConfigurationKind,
  companyId: number,
  rows: readonly Row[],
  now: Date,
): Promise<void> {
  const changed = Object.keys(rows[0] ?? {}).filter((column) => !kind.key.some((at) => columnOf(kind, at) === column))
  if (changed.length === 0) return
  const set = taken(changed)
  await tx.run(sql`update ${name(kind.table)} t set ${set}${versioned(kind, now)} from ${given(kind, rows)}
    where ${scope(kind, companyId)} and ${isLive(kind)} and ${sameKey(kind)}`)
}

/** What ended under the same key begins again with its row, whose history is its own; the rest is new. */
async function create(
  tx: Tx,
  kind: ConfigurationKind,
  companyId: number,
  rows: readonly Row[],
  now: Date,
): Promise<void> {
  const fresh = kind.ending.by === 'state' ? await revived(tx, kind, companyId, rows, now) : rows
  if (fresh.length === 0) return
  const own = kind.scope === 'company' ? sql`${name(kind.companyColumn)}, ` : sql``
  const company = kind.scope === 'company' ? sql`${companyId}, ` : sql``
  const names = Object.keys(fresh[0] ?? {})
  await tx.run(
    sql`insert into ${name(kind.table)} (${own}${columns(names)}) select ${company}${prefixed('g', names)} from ${given(kind, fresh)}`,
  )
}

async function revived(
  tx: Tx,
  kind: ConfigurationKind,
  companyId: number,
  rows: readonly Row[],
  now: Date,
): Promise<readonly Row[]> {
  if (kind.ending.by !== 'state') return rows
  const { column, live } = kind.ending
  const names = Object.keys(rows[0] ?? {}).filter((one) => one !== 'id')
  const set = taken(names)
  const key = kind.key.map((at) => columnOf(kind, at))
  const back = await tx.rows(sql<Row>`with latest as (
      select distinct on (${prefixed('t', key)}) t.id as latest_id from ${name(kind.table)} t join ${given(kind, rows)} on ${sameKey(kind)}
       where ${scope(kind, companyId)} order by ${prefixed('t', key)}, t.updated_at desc
    )
    update ${name(kind.table)} t set ${set}, ${name(column)} = ${live}${versioned(kind, now)}
      from latest, ${given(kind, rows)} where ${scope(kind, companyId)} and t.id = latest.latest_id and ${sameKey(kind)} returning g.id`)
  const done = new Set(back.map((one) => one.id))
  return rows.filter((row) => !done.has(row.id))
}

async function writeLists(tx: Tx, kind: ConfigurationKind, objects: readonly LiveObject[]): Promise<void> {
  for (const [at, list] of Object.entries(kind.lists)) {
    const wanted = JSON.stringify(objects.map((one) => ({ parent: one.key, values: one.fields[at] ?? [] })))
    const each = sql`select w.parent, v.value from jsonb_to_recordset(${wanted}::jsonb) as w (parent text, "values" jsonb)
      cross join jsonb_array_elements_text(w."values") as v (value)`
    await tx.run(sql`with given as materialized ${each}, removed as (
        delete from ${name(list.table)} l where l.${name(list.parent)} = any(${objects.map((one) => one.key)}::text[])
           and not exists (select from given g where g.parent = l.${name(list.parent)} and g.value = l.${name(list.column)})
      )
      insert into ${name(list.table)} (${name(list.parent)}, ${name(list.column)}) select parent, value from given on conflict do nothing`)
  }
}

async function writeMembers(
  tx: Tx,
  kind: ConfigurationKind,
  member: string,
  { companyId, change, objects }: Work,
): Promise<void> {
  const company = sql`t.${name(kind.companyColumn)} = ${companyId}`
  const column = name(member)
  if (change === 'end') {
    await tx.run(
      sql`update ${name(kind.table)} t set ${column} = t.${column} - ${objects.map((one) => one.key)}::text[] where ${company}`,
    )
    return
  }
  const members = Object.fromEntries(objects.map((one) => [one.key, one.fields.value ?? null]))
  await tx.run(
    sql`update ${name(kind.table)} t set ${column} = t.${column} || ${JSON.stringify(members)}::jsonb where ${company}`,
  )
}
