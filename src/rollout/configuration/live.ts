// What stands at a site now: every object of the kinds asked for, read from their tables by their descriptions alone.
import type { ConfigurationKind } from '#kernel/configuration'
import { join, name, type Sql, sql, type Tx } from '#kernel/db'
import type { Field } from '#kernel/document'
import type { LiveObject } from './object.ts'

export type Kinds = ReadonlyMap<string, ConfigurationKind>

/** The live objects of these kinds in a company; those of the enterprise whatever the company. In the order of kind and key. */
export async function readLive(
  tx: Tx,
  kinds: Kinds,
  wanted: readonly string[],
  companyId: number,
): Promise<LiveObject[]> {
  const found: LiveObject[] = []
  for (const kindName of [...wanted].sort()) {
    const kind = kinds.get(kindName)
    if (kind) found.push(...(await tx.rows(objectsOf(kinds, kind, companyId))))
  }
  return found
}

/** The objects of one kind as a relation: kind, key, fields. */
export function objectsOf(kinds: Kinds, kind: ConfigurationKind, companyId: number): Sql<LiveObject> {
  return kind.member ? membersOf(kind, kind.member, companyId) : rowsOf(kinds, kind, companyId)
}

const membersOf = (kind: ConfigurationKind, member: string, companyId: number) =>
  sql<LiveObject>`select ${kind.name}::text as kind, m.key, jsonb_build_object('key', m.key, 'value', m.value) as fields
    from ${name(kind.table)} t cross join jsonb_each(t.${name(member)}) m where t.${name(kind.companyColumn)} = ${companyId} order by m.key`

function rowsOf(kinds: Kinds, kind: ConfigurationKind, companyId: number): Sql<LiveObject> {
  const entries = Object.entries(kind.fields)
  const joins = entries.filter(([, field]) => field.kind === 'ref').map(([at, field]) => joined(kinds, at, field))
  const key = join(
    kind.key.map((at) => sql`coalesce(${value(kinds, at, fieldOf(kind, at))} #>> '{}', '')`),
    ', ',
  )
  const values = [
    ...entries.map(([at, field]) => sql`${at}::text, ${value(kinds, at, field)}`),
    ...Object.entries(kind.lists).map(
      ([
        at,
        list,
      ]) => sql`${at}::text, (select coalesce(jsonb_agg(l.${name(list.column)} order by l.${name(list.column)}), '[]')
        from ${name(list.table)} l where l.${name(list.parent)} = t.${name(columnOf(kind, kind.key[0] ?? ''))})`,
    ),
  ]
  return sql<LiveObject>`select ${kind.name}::text as kind, concat_ws('/', ${key}) as key, jsonb_build_object(${join(values, ', ')}) as fields
    from ${name(kind.table)} t ${spaced(joins)} where ${scope(kind, companyId)} and ${isLive(kind)} order by 2`
}

const spaced = (pieces: readonly Sql[]): Sql => pieces.reduce((all, one) => sql`${all} ${one}`, sql``)

/** The condition by which rows `t` belong to the company, or to the enterprise. */
export const scope = (kind: ConfigurationKind, companyId: number): Sql =>
  kind.scope === 'enterprise' ? sql`true` : sql`t.${name(kind.companyColumn)} = ${companyId}`

/** The condition by which rows `t` have not ended. */
export const isLive = (kind: ConfigurationKind): Sql =>
  kind.ending.by === 'state' ? sql`t.${name(kind.ending.column)} = ${kind.ending.live}` : sql`true`

/** A field of a kind. Throws when the kind has none of that name. */
export function fieldOf(kind: ConfigurationKind, at: string): Field {
  const field = kind.fields[at]
  if (!field) throw new Error(`${kind.name} has no field ${at}`)
  return field
}

/** The column of a field. */
export const columnOf = (kind: ConfigurationKind, at: string): string => fieldOf(kind, at).column ?? at

/** The kind that a reference names, with the column of its code. Throws when there is none. */
export function referred(kinds: Kinds, field: Field): { kind: ConfigurationKind; code: string } {
  const kind = kinds.get(field.of ?? '')
  const [code] = kind?.key ?? []
  if (!kind || code === undefined) throw new Error(`a reference to ${field.of}, which is no kind of configuration`)
  return { kind, code: columnOf(kind, code) }
}

function joined(kinds: Kinds, at: string, field: Field): Sql {
  const to = referred(kinds, field).kind
  const company = to.scope === 'company' ? sql`and r.${name(to.companyColumn)} = t.company_id` : sql``
  return sql`left join lateral (select r.* from ${name(to.table)} r where r.id = t.${name(field.column ?? at)} ${company}) as ${name(alias(at))} on true`
}

const alias = (at: string): string => `ref_${at.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`

/** Whether a field's values are exact decimals, which are text without trailing zeros here. */
export const isExact = (field: Field): boolean => ['quantity', 'money', 'price', 'percent'].includes(field.kind)

function value(kinds: Kinds, at: string, field: Field): Sql {
  const column = sql`t.${name(field.column ?? at)}`
  if (field.kind === 'ref') return sql`to_jsonb(${name(alias(at))}.${name(referred(kinds, field).code)})`
  if (isExact(field)) return sql`to_jsonb(trim_scale(${column}::numeric)::text)`
  if (field.kind === 'integer' || field.kind === 'boolean' || field.kind === 'json') return sql`to_jsonb(${column})`
  return sql`to_jsonb(${column}::text)`
}
