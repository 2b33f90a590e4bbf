// Which tax a line bears: place, customer, goods, certificate and day decide, and the basis is kept (ACC-02).
import { beforeAll, describe, expect, test } from 'vitest'
import type { Command } from '#kernel/command'
import type { Context } from '#kernel/context'
import { sql, transaction } from '#kernel/db'
import { checkModules } from '#kernel/module'
import { verify } from '#kernel/verify'
import { taxed } from '#tax'
import catalog from '../../../src/modules/catalog/module.ts'
import company from '../../../src/modules/company/module.ts'
import party from '../../../src/modules/party/module.ts'
import tax from '../../../src/modules/tax/module.ts'
import { type TestDatabase, testDatabase } from '../../support/database.ts'
import { BETA, contextOf, layCompanies } from '../../support/world.ts'

let db: TestDatabase
const modules = [company, party, catalog, tax]
const verb = (name: string): Command => {
  const found = modules.flatMap((each) => each.commands).find((one) => one.verb.may === name)
  if (!found) throw new Error(`no verb ${name}`)
  return found
}
const german = (given: Partial<Context> = {}) => contextOf({ companyId: BETA, reason: 'Because', ...given })
const create = async (name: string, input: unknown): Promise<string> =>
  (await verb(name).run(db.kernel, german(), { input })).ids[0] ?? ''
const use = (name: string, id: string, input: unknown = {}) => verb(name).run(db.kernel, german(), { ids: [id], input })

const ids: Record<string, string> = {}
beforeAll(async () => {
  db = await testDatabase()
  await layCompanies(db.admin)
  await create('tax.code.create', [
    { code: 'DE-STD', name: 'Umsatzsteuer' },
    { code: 'DE-RED', name: 'Umsatzsteuer, reduced' },
    { code: 'DE-EXPORT', name: 'Export', kind: 'export' },
    { code: 'DE-EXEMPT', name: 'Exempt by law', kind: 'exempt', account: '2210' },
    { code: 'DE-NEW', name: 'Without a rate yet' },
  ])
  await create('tax.rate.set', [
    { code: 'DE-STD', from: '2021-01-01', percent: '19' },
    { code: 'DE-STD', from: '2007-01-01', percent: '19' },
    { code: 'DE-STD', from: '2020-07-01', percent: '16' },
    { code: 'DE-RED', from: '1983-07-01', percent: '7' },
    { code: 'DE-EXPORT', from: '1993-01-01', percent: '0' },
    { code: 'DE-EXEMPT', from: '1993-01-01', percent: '0' },
  ])
  await create('tax.rule.set', [
    { position: 'domestic', taxClass: 'standard', code: 'DE-STD' },
    { position: 'domestic', taxClass: 'reduced', code: 'DE-RED' },
    { position: 'export', taxClass: 'standard', code: 'DE-EXPORT' },
    { position: 'new', taxClass: 'standard', code: 'DE-NEW' },
  ])
  ids.plain = await create('party.customer.request', [{ code: 'PLAIN', name: 'Werkstatt Ohm', country: 'DE' }])
  ids.school = await create('party.customer.request', [{ code: 'SCHOOL', name: 'Gymnasium Ulm', country: 'DE' }])
  ids.odd = await create('party.customer.request', [
    { code: 'ODD', name: 'Irrgarten', country: 'DE', taxPosition: 'new' },
  ])
  ids.zurich = await create('party.ship-to.add', [
    { customer: 'PLAIN', code: 'ZH', name: 'Zurich', country: 'CH', taxPosition: 'export' },
  ])
  ids.berlin = await create('party.ship-to.add', [{ customer: 'PLAIN', code: 'B', name: 'Berlin', country: 'DE' }])
  ids.saw = await create('catalog.item.create', [{ code: 'SAW', name: 'Saw', baseUnit: 'EA' }])
  ids.book = await create('catalog.item.create', [{ code: 'BOOK', name: 'Book', baseUnit: 'EA', taxClass: 'reduced' }])
  ids.certificate = await create('tax.exemption.record', [
    { customer: 'SCHOOL', certificate: 'UST-4711', from: '2026-01-01', until: '2026-06-30', code: 'DE-EXEMPT' },
  ])
})

type Line = { customer: string; shipTo?: string; item: string }
const taxOf = async ({ customer, shipTo, item }: Line, day = '2026-03-02') => {
  const demand = sql<{
    line: string
    customer_id: string
    ship_to_id: string | null
    item_id: string
  }>`select 'L1' as line,
    ${ids[customer]}::uuid as customer_id, ${shipTo ? ids[shipTo] : null}::uuid as ship_to_id, ${ids[item]}::uuid as item_id`
  const rows = await transaction(db.kernel.pool, { companies: [BETA] }, (tx) => tx.rows(taxed(BETA, day, demand)))
  expect(rows).toHaveLength(1)
  return rows[0]
}

test('the modules hold together', () => {
  expect(() => checkModules(modules)).not.toThrow()
})

describe('ACC-02: the tax of a line', () => {
  test.each([
    ['goods at home', { customer: 'plain', item: 'saw' }, undefined, 'DE-STD', '0.19'],
    ['favoured goods at home', { customer: 'plain', item: 'book' }, undefined, 'DE-RED', '0.07'],
    [
      'goods abroad: the place of delivery decides',
      { customer: 'plain', shipTo: 'zurich', item: 'saw' },
      undefined,
      'DE-EXPORT',
      '0',
    ],
    [
      'an address without a position of its own',
      { customer: 'plain', shipTo: 'berlin', item: 'saw' },
      undefined,
      'DE-STD',
      '0.19',
    ],
    ['the last day of a rate', { customer: 'plain', item: 'saw' }, '2020-06-30', 'DE-STD', '0.19'],
    ['the first day of the next', { customer: 'plain', item: 'saw' }, '2020-07-01', 'DE-STD', '0.16'],
    ['and the one after', { customer: 'plain', item: 'saw' }, '2021-01-01', 'DE-STD', '0.19'],
    ['the day before the certificate', { customer: 'school', item: 'saw' }, '2025-12-31', 'DE-STD', '0.19'],
    ['its first day', { customer: 'school', item: 'saw' }, '2026-01-01', 'DE-EXEMPT', '0'],
    ['its last day', { customer: 'school', item: 'book' }, '2026-06-30', 'DE-EXEMPT', '0'],
    ['the day after', { customer: 'school', item: 'saw' }, '2026-07-01', 'DE-STD', '0.19'],
    ['no rule for the goods', { customer: 'plain', shipTo: 'zurich', item: 'book' }, undefined, null, null],
    ['a code without a rate', { customer: 'odd', item: 'saw' }, undefined, null, null],
    ['a day before the first rate', { customer: 'plain', item: 'saw' }, '2006-12-31', null, null],
  ])('%s', async (_, line, day, code, rate) => {
    const found = await taxOf(line, day)
    expect([found?.tax_code, found?.tax_rate]).toEqual([code, rate])
  })

  test('the basis says everything that decided, and what was missing', async () => {
    expect(await taxOf({ customer: 'school', item: 'saw' })).toMatchObject({
      tax_account: '2210',
      basis: {
        day: '2026-03-02',
        company_country: 'DE',
        position: 'domestic',
        position_from: 'customer',
        tax_class: 'standard',
        rule: 'DE-STD',
        certificate: 'UST-4711',
        exemption: ids.certificate,
        code: 'DE-EXEMPT',
        kind: 'exempt',
        rate: '0',
      },
    })
    expect((await taxOf({ customer: 'plain', shipTo: 'zurich', item: 'book' }))?.basis).toMatchObject({
      position: 'export',
      position_from: 'delivery address',
      delivery_country: 'CH',
      tax_class: 'reduced',
      code: null,
    })
    expect((await taxOf({ customer: 'odd', item: 'saw' }))?.basis).toMatchObject({ code: 'DE-NEW', rate: null })
  })
})

describe('changing what is decided', () => {
  test('a rule for the same position and class takes the place of the former', async () => {
    await create('tax.rule.set', [{ position: 'domestic', taxClass: 'standard', code: 'DE-RED' }])
    expect((await taxOf({ customer: 'plain', item: 'saw' }))?.tax_code).toBe('DE-RED')
    const back = await create('tax.rule.set', [{ position: 'domestic', taxClass: 'standard', code: 'DE-STD' }])
    expect((await taxOf({ customer: 'plain', item: 'saw' }))?.tax_code).toBe('DE-STD')
    await use('tax.rule.withdraw', back)
    expect((await taxOf({ customer: 'plain', item: 'saw' }))?.tax_code).toBeNull()
    await create('tax.rule.set', [{ position: 'domestic', taxClass: 'standard', code: 'DE-STD' }])
  })

  test('a new rate ends the one before, and withdrawn gives its days back', async () => {
    const id = await create('tax.rate.set', [{ code: 'DE-STD', from: '2026-07-01', percent: '20' }])
    const on = async (day: string) => (await taxOf({ customer: 'plain', item: 'saw' }, day))?.tax_rate
    expect([await on('2026-06-30'), await on('2026-07-01')]).toEqual(['0.19', '0.2'])
    await use('tax.rate.withdraw', id)
    expect([await on('2026-06-30'), await on('2026-07-01')]).toEqual(['0.19', '0.19'])
  })

  test('a certificate that is withdrawn no longer counts, and may be recorded anew', async () => {
    const input = { customer: 'ODD', certificate: 'X-1', from: '2026-01-01', code: 'DE-EXEMPT' }
    const id = await create('tax.exemption.record', [input])
    expect((await taxOf({ customer: 'odd', item: 'saw' }))?.tax_code).toBe('DE-EXEMPT')
    await use('tax.exemption.withdraw', id)
    expect((await taxOf({ customer: 'odd', item: 'saw' }))?.tax_code).toBeNull()
    await create('tax.exemption.record', [input])
  })

  test('a code is renamed, posted elsewhere, and withdrawn only when nothing leads to it', async () => {
    const id = await create('tax.code.create', [{ code: 'DE-OLD', name: 'Old' }])
    await use('tax.code.change', id, { name: 'Older', account: '2299' })
    await use('tax.code.withdraw', id)
    expect((await db.admin.query(`select name, account, state from tax.v_code where code = 'DE-OLD'`)).rows).toEqual([
      { name: 'Older', account: '2299', state: 'withdrawn' },
    ])
    const { rows } = await db.admin.query(
      `select id, code from tax.code where code in ('DE-RED', 'DE-EXEMPT') order by code`,
    )
    await expect(use('tax.code.withdraw', rows[0].id)).rejects.toMatchObject({
      code: 'TAX_CODE_IN_USE',
      detail: { what: expect.stringContaining('certificate') },
    })
    await expect(use('tax.code.withdraw', rows[1].id)).rejects.toMatchObject({ code: 'TAX_CODE_IN_USE' })
  })

  test.each([
    ['tax.code.create', { code: 'DE-STD', name: 'Again' }, 'CODE_TAKEN'],
    ['tax.rate.set', { code: 'NONE', from: '2026-01-01', percent: '1' }, 'UNKNOWN_CODE'],
    ['tax.rate.set', { code: 'DE-STD', from: '2020-07-01', percent: '5' }, 'TAX_RATE_OVERLAPS'],
    ['tax.rate.set', { code: 'DE-STD', from: '2027-01-01', percent: '190' }, 'TAX_RATE_TOO_HIGH'],
    ['tax.rate.set', { code: 'DE-STD', from: '2027-02-30', percent: '19' }, 'DATE_INVALID'],
    ['tax.rule.set', { position: 'x', taxClass: 'y', code: 'DE-OLD' }, 'TAX_CODE_WITHDRAWN'],
    [
      'tax.exemption.record',
      { customer: 'SCHOOL', certificate: 'Y', from: '2026-06-30', code: 'DE-EXEMPT' },
      'EXEMPTION_OVERLAPS',
    ],
    [
      'tax.exemption.record',
      { customer: 'PLAIN', certificate: 'Y', from: '2026-06-30', until: '2026-06-29', code: 'DE-EXEMPT' },
      'TAX_RANGE_EMPTY',
    ],
    [
      'tax.exemption.record',
      { customer: 'NOBODY', certificate: 'Y', from: '2026-06-30', code: 'DE-EXEMPT' },
      'UNKNOWN_CODE',
    ],
  ])('%s of %j is refused with %s', async (name, input, code) => {
    await expect(create(name, [input])).rejects.toMatchObject({ code })
  })

  test('two certificates of one call that overlap, and two rates of one day, are refused', async () => {
    const certificate = { customer: 'PLAIN', certificate: 'Z', from: '2026-01-01', code: 'DE-EXEMPT' }
    await expect(create('tax.exemption.record', [certificate, certificate])).rejects.toMatchObject({
      code: 'EXEMPTION_OVERLAPS',
    })
    const rate = { code: 'DE-NEW', from: '2030-01-01', percent: '1' }
    await expect(create('tax.rate.set', [rate, rate])).rejects.toMatchObject({ code: 'TAX_RATE_OVERLAPS' })
  })
})

test('the invariant sees a rule that leads nowhere', async () => {
  const verdict = async () =>
    (await verify(db.kernel.pool, [BETA], tax.invariants)).checks.map((check) => [
      check.ok,
      check.examples.map((each) => each.code),
    ])
  expect(await verdict()).toEqual([[false, ['DE-NEW']]])
  await create('tax.rate.set', [{ code: 'DE-NEW', from: '2026-01-01', percent: '3' }])
  expect(await verdict()).toEqual([[true, []]])
})
