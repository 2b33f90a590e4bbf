// A small shop for pricing and credit: four customers in two groups, three items in two categories.
import type pg from 'pg'
import { newId } from '#kernel/ids'
import { ALPHA, layCompanies } from '../../support/world.ts'

export type Shop = {
  customers: Record<'C1' | 'C2' | 'C3' | 'C9', string>
  items: Record<'P1' | 'P2' | 'P3', string>
  categories: Record<'TOOLS' | 'PAINT', string>
}

const NOW = '2026-01-01T00:00:00Z'

/** Lays the companies and, in ALPHA, customers C1 and C2 (group TRADE), C3 (no group), C9 (group CASH); P1 and P2 are TOOLS, P3 is PAINT. */
export async function layShop(admin: pg.Client): Promise<Shop> {
  await layCompanies(admin)
  const shop: Shop = {
    customers: { C1: newId(), C2: newId(), C3: newId(), C9: newId() },
    items: { P1: newId(), P2: newId(), P3: newId() },
    categories: { TOOLS: newId(), PAINT: newId() },
  }
  const groups = { C1: 'TRADE', C2: 'TRADE', C3: null, C9: 'CASH' }
  for (const [code, id] of Object.entries(shop.customers)) {
    await admin.query(
      `insert into party.party (id, code, name, normal_name, country, created_at, updated_at) values ($1, $2, $2, lower($2), 'US', $3, $3)`,
      [id, code, NOW],
    )
    await admin.query(
      `insert into party.customer (company_id, id, code, name, group_code, currency, term, created_at, updated_at)
        values ($1, $2, $3, $3, $4, 'USD', 'NET30', $5, $5)`,
      [ALPHA, id, code, groups[code as keyof typeof groups], NOW],
    )
  }
  for (const [code, id] of Object.entries(shop.categories)) {
    await admin.query('insert into catalog.category (id, code, name) values ($1, $2, $2)', [id, code])
  }
  const costs = { P1: '10', P2: '5', P3: '2' }
  for (const [code, id] of Object.entries(shop.items)) {
    const category = code === 'P3' ? shop.categories.PAINT : shop.categories.TOOLS
    await admin.query(
      `insert into catalog.item (id, code, name, category_id, base_unit, sales_unit, standard_cost, state, created_at, updated_at)
        values ($1, $2, $2, $3, 'EA', 'EA', $4, 'active', $5, $5)`,
      [id, code, category, costs[code as keyof typeof costs], NOW],
    )
    await admin.query(
      `insert into catalog.item_unit (item_id, unit, num, den) values ($1, 'EA', 1, 1), ($1, 'BOX', 12, 1)`,
      [id],
    )
  }
  return shop
}

/** Lays a condition as it is in the table, for tests that ask about resolution only. Returns its id. */
export async function layCondition(admin: pg.Client, given: Record<string, unknown>): Promise<string> {
  const row: Record<string, unknown> = {
    company_id: ALPHA,
    id: newId(),
    currency: 'USD',
    rank: RANK[String(given.kind)],
    ...given,
  }
  const columns = Object.keys(row)
  await admin.query(
    `insert into pricing.condition (${columns.join(', ')}) values (${columns.map((_, at) => `$${at + 1}`).join(', ')})`,
    Object.values(row),
  )
  return String(row.id)
}

const RANK: Record<string, number> = {
  contract: 10,
  customer: 20,
  group: 30,
  agreement: 40,
  promotion: 50,
  break: 60,
  matrix: 70,
  list: 80,
}

/** A list that every customer buys from. Returns its id. */
export async function layList(admin: pg.Client, code = 'STANDARD', group = ''): Promise<string> {
  const id = newId()
  await admin.query(`insert into pricing.list (company_id, id, code, name, currency) values ($1, $2, $3, $3, 'USD')`, [
    ALPHA,
    id,
    code,
  ])
  await admin.query('insert into pricing.group_list (company_id, group_code, list_id) values ($1, $2, $3)', [
    ALPHA,
    group,
    id,
  ])
  return id
}

/** The id under which a group is the subject of a condition. */
export async function groupId(admin: pg.Client, code: string): Promise<string> {
  const { rows } = await admin.query<{ id: string }>('select pricing.group_id($1) as id', [code])
  return rows[0]?.id ?? ''
}
