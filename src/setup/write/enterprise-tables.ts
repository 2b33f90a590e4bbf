// The tables that every company shares: currencies, units, conversions and the taxonomy. One writer a table.
import { sql, type Tx } from '#kernel/db'
import { newId } from '#kernel/ids'
import type { Template } from '../template.ts'
import { type Counts, type Written, written } from './written.ts'

const isLocked = (row: { template_control: string }): boolean => row.template_control === 'locked'

/** ISO 4217 currencies with the places of their smallest coin; a code that is not in the list gets two places. */
const CURRENCIES: Readonly<Record<string, readonly [name: string, digits: number]>> = {
  USD: ['US dollar', 2],
  EUR: ['Euro', 2],
  GBP: ['Pound sterling', 2],
  CHF: ['Swiss franc', 2],
  PLN: ['Polish zloty', 2],
  CZK: ['Czech koruna', 2],
  JPY: ['Yen', 0],
  KWD: ['Kuwaiti dinar', 3],
}

export function writeCurrencies(tx: Tx, codes: readonly string[]): Promise<Written> {
  const rows = codes.map((code) => {
    const [name, digits] = CURRENCIES[code] ?? [code, 2]
    return { code, name, digits }
  })
  return written(
    tx,
    'company.currency',
    sql<Counts>`with given as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g (code text, name text, digits int)
    ), added as (
      insert into company.currency (code, name, digits) select code, name, digits from given on conflict do nothing returning 1
    )
    select (select count(*)::int from added) as added, 0 as changed`,
  )
}

export function writeUnits(tx: Tx, template: Template): Promise<Written> {
  const rows = template.units.map((one) => ({
    code: one.code,
    name: one.name,
    dimension: one.dimension,
    whole: one.whole === 'yes',
    locked: isLocked(one),
  }))
  return written(
    tx,
    'catalog.unit',
    sql<Counts>`with given as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g (code text, name text, dimension text, whole boolean, locked boolean)
    ), changed as (
      update catalog.unit u set name = g.name, dimension = g.dimension, whole = g.whole from given g
       where u.code = g.code and g.locked and (u.name, u.dimension, u.whole) is distinct from (g.name, g.dimension, g.whole) returning 1
    ), added as (
      insert into catalog.unit (code, name, dimension, whole) select code, name, dimension, whole from given on conflict do nothing returning 1
    )
    select (select count(*)::int from added) as added, (select count(*)::int from changed) as changed`,
  )
}

export function writeConversions(tx: Tx, template: Template): Promise<Written> {
  const rows = template.conversions.map((one) => ({ ...one, id: newId(), locked: isLocked(one) }))
  return written(
    tx,
    'catalog.conversion',
    sql<Counts>`with given as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g (id uuid, from_unit text, to_unit text, num bigint, den bigint, locked boolean)
    ), changed as (
      update catalog.conversion c set num = g.num, den = g.den from given g
       where c.from_unit = g.from_unit and c.to_unit = g.to_unit and c.state = 'active' and g.locked
         and (c.num, c.den) is distinct from (g.num, g.den) returning 1
    ), added as (
      insert into catalog.conversion (id, from_unit, to_unit, num, den) select id, from_unit, to_unit, num, den from given
      on conflict do nothing returning 1
    )
    select (select count(*)::int from added) as added, (select count(*)::int from changed) as changed`,
  )
}

export function writeCategories(tx: Tx, template: Template): Promise<Written> {
  const rows = template.taxonomy.map((one) => ({
    id: newId(),
    code: one.code,
    name: one.name,
    parent: one.parent === '' ? null : one.parent,
    locked: isLocked(one),
  }))
  // A parent may come in the same statement, so its id is the one it has, or the one it is being given.
  return written(
    tx,
    'catalog.category',
    sql<Counts>`with given as materialized (
      select g.*, coalesce(c.id, g.id) as real_id
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g (id uuid, code text, name text, parent text, locked boolean)
        left join catalog.category c on c.code = g.code
    ), placed as materialized (
      select g.*, p.real_id as parent_id from given g left join given p on p.code = g.parent
    ), changed as (
      update catalog.category c set name = g.name, parent_id = g.parent_id from placed g
       where c.code = g.code and g.locked and (c.name, c.parent_id) is distinct from (g.name, g.parent_id) returning 1
    ), added as (
      insert into catalog.category (id, code, name, parent_id) select real_id, code, name, parent_id from placed
      on conflict do nothing returning 1
    )
    select (select count(*)::int from added) as added, (select count(*)::int from changed) as changed`,
  )
}
