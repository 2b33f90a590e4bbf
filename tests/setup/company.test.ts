// A company is set up from the template whole, once, and again without a change; what people changed since stays.
import { beforeAll, describe, expect, test } from 'vitest'
import { readTemplate, setUpCompany } from '../../src/setup/index.ts'
import { testDatabase } from '../support/database.ts'

const NOW = new Date('2026-03-02T15:00:00Z')
const template = readTemplate()
const GIVEN = {
  code: 'ALPHA',
  name: 'Alpha Supply',
  currency: 'USD',
  timeZone: 'America/New_York',
  country: 'US',
  openFrom: '2025-11',
  openMonths: 14,
  warehouses: [
    {
      code: 'W1',
      name: 'Main house',
      outbound: 'outbound-3-step',
      bins: ['A-01-1', 'A-01-2'],
      closed: { calendar: 'US-federal', closedAlso: ['day-after-thanksgiving'] },
    },
    { code: 'W2', name: 'Branch' },
  ],
}
const database = testDatabase()
const one = async (query: string): Promise<Record<string, unknown>> =>
  (await (await database).admin.query(query)).rows[0]

describe('a company from the template', () => {
  let first: Awaited<ReturnType<typeof setUpCompany>>
  beforeAll(async () => {
    const { kernel } = await database
    first = await setUpCompany(kernel, template, GIVEN, { now: NOW })
  })

  test('TPL-01 has everything that stands before its first order', async () => {
    expect(first.changed).toBe(true)
    expect(Object.keys(first.warehouses)).toEqual(['W1', 'W2'])
    expect(
      await one(`select (select count(*)::int from ledger.account where company_id = 1) as accounts,
        (select count(*)::int from ledger.mapping) as roles,
        (select count(*)::int from ledger.period where state = 'open') as periods,
        (select count(*)::int from inventory.location) as locations,
        (select count(*)::int from tax.rule) as rules,
        (select count(*)::int from access.role) as people,
        (select array_agg(outbound_steps order by code) from company.warehouse) as steps`),
    ).toEqual({
      accounts: template.accounts.length,
      roles: template.postingRules['account-roles'].length,
      periods: 14,
      locations: 6 + 4 + 4 + 2,
      rules: 6,
      people: template.roles.roles.length,
      steps: [3, 1],
    })
  })

  test('TPL-01 opens every month that is posted into, and the audit trail for more than a year ahead', async () => {
    const months = await one(`select to_regclass('ledger.journal_line_2025_11') is not null as first,
      to_regclass('inventory.move_2026_12') is not null as last, to_regclass('kernel.audit_2027_04') is not null as ahead`)
    expect(months).toEqual({ first: true, last: true, ahead: true })
  })

  test('ORD-14 knows the days off of its warehouses, observed days and extra days among them', async () => {
    const calendar = await one(`select holidays::text[] as days from company.calendar where code = 'W1'`)
    const days = calendar.days as string[]
    // Independence Day 2026 is a Saturday; Thanksgiving is 26 November, and the day after is closed too.
    for (const day of ['2026-07-03', '2026-11-26', '2026-11-27', '2026-05-25']) expect(days).toContain(day)
    expect(days).not.toContain('2026-07-04')
  })

  test('ACC-02 has the rates of its tax area in time, and no other area', async () => {
    const rates = await one(
      `select array_agg(code || ' ' || valid || ' ' || rate order by code) as rates from tax.rate`,
    )
    expect(rates.rates).toEqual(['US-EXEMPT [2000-01-01,) 0', 'US-EXPORT [2000-01-01,) 0', 'US-STD [2000-01-01,) 0.1'])
  })

  test('PRC-07 has the approval matrix in its own currency, each step above the one before', async () => {
    const steps =
      await one(`select array_agg(concat_ws(' ', role, above, up_to, sequence) order by above, sequence) as steps
      from kernel.approval_rule where kind = 'credit-note'`)
    expect(steps.steps).toEqual(['accountant 100.00 2500.00 1', 'accountant 2500.00 1', 'finance-controller 2500.00 2'])
  })

  test('leaves one audit leaf that names the template by its fingerprint', async () => {
    const leaf =
      await one(`select count(*)::int as leaves, min(payload)::jsonb -> 'changes' ->> 'fingerprint' as fingerprint
      from kernel.audit where document = 'setup.company' and verb = 'apply'`)
    expect(leaf).toEqual({ leaves: 1, fingerprint: template.fingerprint })
  })

  test('set up again changes nothing, writes no leaf, and says so', async () => {
    const { kernel, admin } = await database
    const fingerprintOf = async () => {
      const tables = (
        await admin.query<{ name: string }>(`select format('%I.%I', schemaname, tablename) as name from pg_tables
          where schemaname in ('company', 'inventory', 'ledger', 'tax', 'party', 'sales', 'returns', 'pricing', 'catalog', 'access', 'kernel')`)
      ).rows
      const sums: Record<string, string> = {}
      for (const { name } of tables) {
        const { rows } = await admin.query(
          `select md5(coalesce(string_agg(t::text || t.xmin, ',' order by t::text), '')) as sum from ${name} t`,
        )
        sums[name] = rows[0].sum
      }
      return sums
    }
    const before = await fingerprintOf()
    const again = await setUpCompany(kernel, template, GIVEN, { now: NOW })
    expect(again).toEqual({ ...first, changed: false, written: [] })
    expect(await fingerprintOf()).toEqual(before)
  })

  test('TPL-02 what a site may change stays as it changed it; what is locked comes back', async () => {
    const { kernel, admin } = await database
    await admin.query(`update party.term set name = 'Thirty days' where code = 'NET30'`)
    await admin.query(`update party.term set prepaid = false where code = 'PREPAID'`)
    await admin.query(
      `delete from access.role_permission where role = 'order-desk-clerk' and permission = 'sales.order.cancel'`,
    )
    await admin.query(`insert into access.role_permission values ('auditor', 'sales.order.cancel')`)
    await admin.query(
      `update company.company set settings = settings || '{"quotation-validity-days": 14, "negative-stock": "allowed"}'`,
    )
    const again = await setUpCompany(kernel, template, GIVEN, { now: NOW })
    expect(again.written.map((change) => change.table).sort()).toEqual([
      'access.role_permission',
      'company.company',
      'party.term',
    ])
    expect(
      await one(`select (select name from party.term where code = 'NET30') as term, (select prepaid from party.term where code = 'PREPAID') as prepaid,
        (select count(*)::int from access.role_permission where permission = 'sales.order.cancel' and role in ('order-desk-clerk', 'auditor')) as rights,
        (select settings ->> 'quotation-validity-days' from company.company) as days, (select settings ->> 'negative-stock' from company.company) as negative`),
    ).toEqual({ term: 'Thirty days', prepaid: true, rights: 0, days: '14', negative: 'forbidden' })
  })

  test('ACC-13 a second company is set up beside the first, with the tax of its own country', async () => {
    const { kernel } = await database
    const retailer = {
      code: 'RETAIL',
      name: 'Online retailer',
      currency: 'GBP',
      timeZone: 'Europe/London',
      country: 'GB',
    }
    const set = await setUpCompany(kernel, template, { ...retailer, openFrom: '2010-12', openMonths: 13 }, { now: NOW })
    expect(set.companyId).toBe(2)
    expect(Object.keys(set.warehouses)).toEqual(['MAIN'])
    const rate = await one(
      `select rate::text from tax.rate where company_id = 2 and code = 'GB-STD' and valid @> date '2011-06-01'`,
    )
    expect(rate).toEqual({ rate: '0.2' })
    const step = await one(
      `select up_to::text from kernel.approval_rule where company_id = 2 and kind = 'credit-release' and above = 0`,
    )
    expect(step).toEqual({ up_to: '5000.00' })
  })
})

describe('what a company may not ask for', () => {
  const refused: readonly [string, string, Record<string, unknown>][] = [
    ['a locked setting', 'TEMPLATE_LOCKED', { choices: { 'negative-stock': 'allowed' } }],
    ['a value that is not allowed', 'TEMPLATE_NOT_ALLOWED', { choices: { 'quotation-validity-days': 365 } }],
    ['a currency that is not allowed', 'TEMPLATE_NOT_ALLOWED', { currency: 'XTS' }],
    ['a setting that nobody knows', 'TEMPLATE_UNKNOWN_NAME', { choices: { colour: 'red' } }],
    ['a country without a tax area', 'TEMPLATE_UNKNOWN_NAME', { country: 'NZ' }],
    [
      'a pattern that is none',
      'TEMPLATE_UNKNOWN_NAME',
      { warehouses: [{ code: 'W', name: 'W', outbound: 'by-drone' }] },
    ],
    [
      'a calendar that is none',
      'TEMPLATE_UNKNOWN_NAME',
      { warehouses: [{ code: 'W', name: 'W', closed: { calendar: 'Mars' } }] },
    ],
    ['a code that is none', 'COMPANY_CODE_INVALID', { code: 'bad code!' }],
    ['a month that is none', 'MONTH_INVALID', { openFrom: '2026-13' }],
    ['books in another currency', 'COMPANY_DIFFERS', { code: 'ALPHA', currency: 'EUR' }],
  ]
  test.each(refused)('%s is refused with %s, and nothing is written', async (_, code, change) => {
    const { kernel } = await database
    const before = await one(
      'select count(*)::int as companies, (select count(*)::int from kernel.audit) as leaves from company.company',
    )
    const attempt = setUpCompany(kernel, template, { ...GIVEN, code: 'GAMMA', ...change }, { now: NOW })
    await expect(attempt).rejects.toMatchObject({ code })
    expect(
      await one(
        'select count(*)::int as companies, (select count(*)::int from kernel.audit) as leaves from company.company',
      ),
    ).toEqual(before)
  })
})
