// Codes of customers and suppliers are found in any case, through an index, by the role that the application runs under.
import { beforeAll, describe, expect, test } from 'vitest'
import { name, type Sql, sql, type Tx, transaction } from '#kernel/db'
import { resolveCustomers, resolveShipTos, resolveSuppliers } from '#party'
import { found } from '../../../src/modules/party/customer/resolve.ts'
import { testDatabase } from '../../support/database.ts'
import { ALPHA, BETA, layCompanies } from '../../support/world.ts'
import { at } from './people.ts'

const db = await testDatabase()
const MANY = 5_000

beforeAll(async () => {
  await layCompanies(db.admin)
  await db.admin.query(`insert into party.party (id, code, name, normal_name, country, state, created_at, updated_at)
    select gen_random_uuid(), 'K' || n, 'K' || n, 'K' || n, 'US', 'active', now(), now() from generate_series(1, ${MANY}) n`)
  for (const company of [ALPHA, BETA]) {
    await db.admin.query(`insert into party.customer (company_id, id, code, name, currency, term, created_at, updated_at)
      select ${company}, id, 'Kunde-' || code, name, 'USD', 'NET30', now(), now() from party.party`)
    await db.admin.query(`insert into party.supplier (company_id, id, code, name, currency, term, created_at, updated_at)
      select ${company}, id, 'Lief-' || code, name, 'USD', 'NET30', now(), now() from party.party`)
  }
  await db.admin.query(`insert into party.ship_to (company_id, id, customer_id, code, name, country)
    select company_id, gen_random_uuid(), id, 'Dock', name, 'US' from party.customer where company_id = ${ALPHA}`)
  await db.admin.query('analyze party.customer, party.supplier, party.ship_to, party.party')
})

const inAlpha = <Result>(work: (tx: Tx) => Promise<Result>) => transaction(db.kernel.pool, { companies: [ALPHA] }, work)

/** How the application's role gets the rows, with the wall between companies up. */
const planOf = (statement: Sql): Promise<string> =>
  inAlpha(async (tx) => {
    const rows = await tx.rows(
      sql<Record<string, string>>`explain (analyze, costs off, timing off, buffers off) ${statement}`,
    )
    return rows.map((row) => row['QUERY PLAN']).join('\n')
  })

describe.each(['customer', 'supplier'] as const)('ORD-03: %s by code', (kind) => {
  const refs = ['kunde-k17', 'KUNDE-K4999', 'lief-k17', 'LIEF-K4999', '00000000-0000-4000-8000-00000000000b']
  test('an index finds each one, and no other row of the table is read', async () => {
    const plan = await planOf(found(ALPHA, { table: `party.${kind}`, refs }))
    expect(plan).toContain(`using ${kind}_code_key`)
    expect(plan).toMatch(/Index Cond: .*code_key = a\.code_key/)
    expect(plan).toMatch(/Index Cond: .*\bid = a\.id\b/)
    expect(plan).not.toMatch(/rows=5000/)
    expect(plan).not.toMatch(/Seq Scan/)
    expect(plan).not.toMatch(/Rows Removed by Filter: [1-9]/)
  })

  test('compared as upper(code), the rows of the company are read (control)', async () => {
    const table = name(`party.${kind}`)
    const plan = await planOf(
      sql`select c.id from unnest(${refs}::text[]) as a (ref) join ${table} c on c.company_id = ${ALPHA} and upper(c.code) = upper(a.ref)`,
    )
    expect(plan).toMatch(/rows=5000/)
  })
})

test('MDM-05: customers, suppliers and delivery addresses are found in any case, and only in their company', async () => {
  const customers = await inAlpha((tx) => resolveCustomers(tx, ALPHA, ['kunde-k17', 'KUNDE-K4999']))
  expect([...customers].map(([ref, one]) => [ref, one.code])).toEqual([
    ['kunde-k17', 'Kunde-K17'],
    ['KUNDE-K4999', 'Kunde-K4999'],
  ])
  const byId = await inAlpha((tx) => resolveSuppliers(tx, ALPHA, [customers.get('kunde-k17')?.id ?? '']))
  expect([...byId.values()].map((one) => one.code)).toEqual(['Lief-K17'])
  const docks = await inAlpha((tx) =>
    resolveShipTos(tx, ALPHA, [
      { customer: 'KUNDE-k17', ref: 'DOCK' },
      { customer: 'kunde-K4999', ref: 'dock' },
    ]),
  )
  expect(docks.map((one) => one.customerId)).toEqual([...customers.values()].map((one) => one.id))
  const lost = inAlpha((tx) => resolveCustomers(tx, ALPHA, ['kunde-k17', 'nobody']))
  await expect(lost).rejects.toMatchObject({ code: 'UNKNOWN_CODE', detail: { code: 'nobody' } })
  const nowhere = inAlpha((tx) => resolveShipTos(tx, ALPHA, [{ customer: 'Kunde-K17', ref: 'gate' }]))
  await expect(nowhere).rejects.toMatchObject({ code: 'UNKNOWN_CODE', detail: { code: 'gate' } })
})

test('MDM-01: two customers whose codes differ only in case cannot both be, and the same code in another company can', async () => {
  const asked = (code: string, companyId: number) =>
    at(db).create('customer.request', [{ code, name: `Widget ${code} ${companyId}`, country: 'US' }], { companyId })
  await asked('Northwind', ALPHA)
  await expect(asked('NORTHWIND', ALPHA)).rejects.toMatchObject({ code: 'CODE_TAKEN' })
  await expect(asked('NORTHWIND', BETA)).resolves.toBeDefined()
})
