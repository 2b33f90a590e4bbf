// The small world that tests share: two companies, three warehouses, a chart, taxes, units, terms and a few roles.
import type pg from 'pg'
import { type Context, type Grant, type Principal, SYSTEM } from '#kernel/context'
import { newId } from '#kernel/ids'

export const ALPHA = 1
export const BETA = 2

/** A principal who holds exactly these permissions in one company. */
export function person(name: string, permissions: readonly string[], options: { companyId?: number | null; id?: string; role?: string; warehouseId?: string; upTo?: string } = {}): Principal {
  const grant: Grant = { companyId: options.companyId === undefined ? ALPHA : options.companyId, warehouseId: options.warehouseId ?? null, upTo: options.upTo ?? null }
  return {
    id: options.id ?? newId(),
    name,
    kind: 'person',
    roles: options.role ? [{ role: options.role, companyId: grant.companyId }] : [],
    permissions: new Map(permissions.map((permission) => [permission, [grant]])),
  }
}

/** A context on a fixed day; the system principal unless another is given. */
export function contextOf(given: Partial<Context> = {}): Context {
  return { principal: SYSTEM, companyId: ALPHA, channel: 'inside', now: new Date('2026-03-02T15:00:00Z'), today: '2026-03-02', ...given }
}

/** Lays down companies ALPHA (USD) and BETA (EUR) with warehouses W1, W2 and W3, calendars and open months of 2026. */
export async function layCompanies(admin: pg.Client): Promise<{ warehouses: Record<'W1' | 'W2' | 'W3', string> }> {
  const warehouses = { W1: newId(), W2: newId(), W3: newId() }
  await admin.query(`insert into company.currency values ('USD', 'US dollar', 2), ('EUR', 'Euro', 2), ('JPY', 'Yen', 0)`)
  await admin.query(`insert into company.company (id, code, name, currency, time_zone, country) values
    (${ALPHA}, 'ALPHA', 'Alpha Supply', 'USD', 'America/New_York', 'US'), (${BETA}, 'BETA', 'Beta Handel', 'EUR', 'Europe/Berlin', 'DE')`)
  for (const [code, companyId, steps] of [['W1', ALPHA, 3], ['W2', ALPHA, 1], ['W3', BETA, 2]] as const) {
    const calendar = newId()
    await admin.query('insert into company.calendar (company_id, id, code) values ($1, $2, $3)', [companyId, calendar, code])
    await admin.query('insert into company.warehouse (company_id, id, code, name, calendar_id, outbound_steps) values ($1, $2, $3, $3, $4, $5)', [companyId, warehouses[code], code, calendar, steps])
    for (const kind of ['stock', 'pack', 'dock', 'quarantine']) {
      await admin.query('insert into inventory.location (company_id, id, warehouse_id, code, name, kind) values ($1, $2, $3, upper($4), $4, $4)', [companyId, newId(), warehouses[code], kind])
    }
  }
  for (const companyId of [ALPHA, BETA]) {
    for (const kind of ['supplier', 'customer', 'adjustment', 'scrap', 'transit', 'opening']) {
      await admin.query('insert into inventory.location (company_id, id, code, name, kind) values ($1, $2, upper($3), $3, $3)', [companyId, newId(), kind])
    }
    for (let month = 1; month <= 12; month++) {
      const code = `2026-${String(month).padStart(2, '0')}`
      await admin.query(`insert into ledger.period (company_id, id, code, starts, ends) values ($1, $2, $3, ($3 || '-01')::date, (($3 || '-01')::date + interval '1 month - 1 day')::date)`, [companyId, newId(), code])
      await admin.query(`select kernel.open_month(($1 || '-01')::date)`, [code])
    }
    await admin.query(`insert into party.term (company_id, code, name, due_days) values ($1, 'NET30', '30 days net', 30)`, [companyId])
    await admin.query(`insert into sales.backorder_rule (company_id, code, name, policy) values ($1, 'BACKORDER', 'Ship what there is', 'ship-and-backorder'),
      ($1, 'COMPLETE', 'All or nothing', 'ship-complete'), ($1, 'CANCEL', 'Cancel the rest', 'cancel-remainder')`, [companyId])
  }
  await admin.query(`insert into catalog.unit values ('EA', 'Each', 'count', true), ('BOX', 'Box', 'count', true), ('KG', 'Kilogram', 'mass', false)`)
  return { warehouses }
}
