// The world that the product's cycle is measured in: as many customers, items and prices as the floor has.
import type pg from 'pg'

export const CUSTOMERS = 2_000
export const ITEMS = 5_000
export const COMPANY = 1

/** The id of the n-th customer or item: made of its number, so that the load generator needs no look-up. */
export const customerId = (n: number): string => `00000000-0000-7000-8000-c${String(n).padStart(11, '0')}`
export const itemId = (n: number): string => `00000000-0000-7000-8000-a${String(n).padStart(11, '0')}`

/** What the n-th item sells for, in whole dollars. */
export const priceOf = (n: number): number => 2 * (5 + (n % 40))

const ROLES: Record<string, string> = {
  receivable: '1100',
  'shipped-not-invoiced': '1160',
  inventory: '1200',
  bank: '1300',
  'goods-received-not-invoiced': '2110',
  tax: '2200',
  'opening-equity': '3000',
  revenue: '4000',
  'freight-income': '4100',
  'cost-of-sales': '5000',
  suspense: '9999',
}

/**
 * Lays down one company with a one-step warehouse, chart, tax, prices, customers with ample credit and stock without
 * end, written as rows: the measured work is the cycle, not the masters. Returns the warehouse's id.
 */
export async function layWorld(admin: pg.Client, months: readonly string[]): Promise<string> {
  const warehouse = '00000000-0000-7000-8000-b00000000001'
  await admin.query(`
    insert into company.currency values ('USD', 'US dollar', 2);
    insert into company.company (id, code, name, currency, time_zone, country) values (${COMPANY}, 'BENCH', 'Bench Supply', 'USD', 'UTC', 'US');
    insert into company.warehouse (company_id, id, code, name, outbound_steps) values (${COMPANY}, '${warehouse}', 'W', 'Warehouse', 1);
    insert into inventory.location (company_id, id, warehouse_id, code, name, kind) values
      (${COMPANY}, '00000000-0000-7000-8000-b00000000002', '${warehouse}', 'STOCK', 'stock', 'stock');
    insert into inventory.location (company_id, id, code, name, kind)
      select ${COMPANY}, gen_random_uuid(), upper(k), k, k from unnest(array['supplier', 'customer', 'adjustment', 'scrap', 'transit', 'opening']) k;
    insert into party.term (company_id, code, name, due_days) values (${COMPANY}, 'NET30', '30 days', 30);
    insert into sales.backorder_rule (company_id, code, name, policy) values (${COMPANY}, 'BACKORDER', 'Ship what there is', 'ship-and-backorder');
    insert into tax.code (company_id, code, name) values (${COMPANY}, 'STD', '10 %');
    insert into tax.rate values (${COMPANY}, 'STD', '[2000-01-01,)', 0.10);
    insert into tax.rule values (${COMPANY}, 'domestic', 'standard', 'STD');
    insert into catalog.unit values ('EA', 'Each', 'count', true);
    insert into pricing.list (company_id, id, code, name, currency) values (${COMPANY}, '00000000-0000-7000-8000-b00000000003', 'STD', 'Standard', 'USD');
    insert into pricing.group_list values (${COMPANY}, '', '00000000-0000-7000-8000-b00000000003');`)
  await admin.query(`
    insert into catalog.item (id, code, name, base_unit, sales_unit, standard_cost, state, created_at, updated_at)
      select ('00000000-0000-7000-8000-a' || lpad(n::text, 11, '0'))::uuid, 'SKU' || n, 'Product ' || n, 'EA', 'EA', 5 + n % 40, 'active', now(), now() from generate_series(1, ${ITEMS}) n;
    insert into catalog.item_unit (item_id, unit, num, den) select id, 'EA', 1, 1 from catalog.item;
    insert into pricing.condition (company_id, id, kind, rank, list_id, object_id, currency, method, amount)
      select ${COMPANY}, gen_random_uuid(), 'list', 80, '00000000-0000-7000-8000-b00000000003', id, 'USD', 'price', standard_cost * 2 from catalog.item;
    insert into party.party (id, code, name, normal_name, country, state, created_at, updated_at)
      select ('00000000-0000-7000-8000-c' || lpad(n::text, 11, '0'))::uuid, 'C' || n, 'Customer ' || n, 'customer ' || n, 'US', 'active', now(), now() from generate_series(1, ${CUSTOMERS}) n;
    insert into party.customer (company_id, id, code, name, currency, term, state, created_at, updated_at)
      select ${COMPANY}, id, code, name, 'USD', 'NET30', 'active', now(), now() from party.party;
    insert into credit.account (company_id, id, code, credit_limit, currency) select ${COMPANY}, id, code, 1000000000, 'USD' from party.customer;
    insert into inventory.balance (company_id, location_id, item_id, on_hand) select ${COMPANY}, '00000000-0000-7000-8000-b00000000002', id, 1000000000 from catalog.item;
    insert into costing.item_cost (company_id, item_id, quantity, value) select ${COMPANY}, id, 1000000000, 1000000000 * standard_cost from catalog.item;`)
  for (const [role, account] of Object.entries(ROLES)) {
    await admin.query('insert into ledger.account (company_id, code, name, type) values ($1, $2, $3, $4)', [
      COMPANY,
      account,
      role,
      'asset',
    ])
    await admin.query('insert into ledger.mapping (company_id, role, account) values ($1, $2, $3)', [
      COMPANY,
      role,
      account,
    ])
  }
  await layMonths(admin, months)
  await admin.query('vacuum analyze')
  return warehouse
}

/** Opens the periods and partitions of `months` (YYYY-MM). */
export async function layMonths(admin: pg.Client, months: readonly string[]): Promise<void> {
  for (const month of months) {
    await admin.query(
      `insert into ledger.period (company_id, id, code, starts, ends) values ($1, gen_random_uuid(), $2, ($2 || '-01')::date, (($2 || '-01')::date + interval '1 month - 1 day')::date)`,
      [COMPANY, month],
    )
    await admin.query(`select kernel.open_month(($1 || '-01')::date)`, [month])
  }
}
