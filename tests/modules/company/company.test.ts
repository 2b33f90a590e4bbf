// Companies and what belongs to them, through their verbs.
import { beforeAll, describe, expect, test } from 'vitest'
import { companyByCode, listCompanies, rateOn, requireRate, todayFor } from '#company'
import type { Command } from '#kernel/command'
import type { Context } from '#kernel/context'
import { sql, transaction } from '#kernel/db'
import { checkModules } from '#kernel/module'
import company from '../../../src/modules/company/module.ts'
import { type TestDatabase, testDatabase } from '../../support/database.ts'
import { ALPHA, BETA, contextOf, layCompanies } from '../../support/world.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
  await layCompanies(db.admin)
})

const verb = (name: string): Command => {
  const found = company.commands.find((one) => one.verb.may === name)
  if (!found) throw new Error(`no verb ${name}`)
  return found
}
const create = (name: string, input: unknown, given: Partial<Context> = {}) =>
  verb(name).run(db.kernel, contextOf(given), { input })
const use = (name: string, id: string, input: unknown = {}, given: Partial<Context> = {}) =>
  verb(name).run(db.kernel, contextOf(given), { ids: [id], input })
const inAlpha = <Row>(statement: ReturnType<typeof sql<Row>>) =>
  transaction(db.kernel.pool, { companies: [ALPHA] }, (tx) => tx.first(statement))

test('the module holds together', () => {
  expect(() => checkModules([company])).not.toThrow()
})

describe('companies', () => {
  const gamma = { code: 'GAMMA', name: 'Gamma K.K.', currency: 'JPY', timeZone: 'Asia/Tokyo', country: 'JP' }

  test('a company is created with a number of its own and is listed, and the creator still works in his', async () => {
    const made = await create('company.company.create', [gamma])
    expect(made.result).toEqual({ companies: [{ id: made.ids[0], companyId: 3, code: 'GAMMA' }] })
    const all = await listCompanies(db.kernel.pool)
    expect(all.map(({ id, code, digits }) => [id, code, digits])).toEqual([
      [ALPHA, 'ALPHA', 2],
      [BETA, 'BETA', 2],
      [3, 'GAMMA', 0],
    ])
    const tokyo = all.find((one) => one.code === 'GAMMA')
    expect(tokyo && todayFor(tokyo, new Date('2026-03-02T15:00:00Z'))).toBe('2026-03-03')
  })

  test('a company of another scope is neither found by its code nor changed', async () => {
    await expect(
      transaction(db.kernel.pool, { companies: [ALPHA] }, (tx) => companyByCode(tx, 'beta')),
    ).rejects.toMatchObject({ code: 'UNKNOWN_CODE' })
    const { rows } = await db.admin.query(`select document_id as id from company.company where code = 'BETA'`)
    await expect(use('company.company.change', rows[0].id, { name: 'Mine now' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })

  test.each([
    ['CODE_TAKEN', { ...gamma, code: 'BETA' }],
    ['UNKNOWN_CODE', { ...gamma, code: 'DELTA', currency: 'XXX' }],
    ['TIME_ZONE_UNKNOWN', { ...gamma, code: 'DELTA', timeZone: 'Mars/Olympus' }],
  ])('refuses with %s', async (code, input) => {
    await expect(create('company.company.create', [input])).rejects.toMatchObject({ code })
    expect(await listCompanies(db.kernel.pool)).toHaveLength(3)
  })

  test('settings are merged key by key, and null takes one back', async () => {
    const { rows } = await db.admin.query(`select document_id as id from company.company where code = 'ALPHA'`)
    await use('company.company.change', rows[0].id, { settings: { a: 1, b: { c: 2 } }, taxRounding: 'line-half-even' })
    await use('company.company.change', rows[0].id, { settings: { a: null, d: 3 } })
    const found = await transaction(db.kernel.pool, { companies: [ALPHA] }, (tx) => companyByCode(tx, 'ALPHA'))
    expect(found).toMatchObject({ settings: { b: { c: 2 }, d: 3 }, taxRounding: 'line-half-even' })
  })

  test('closing needs a reason and ends changes', async () => {
    const { rows } = await db.admin.query(`select document_id as id from company.company where code = 'GAMMA'`)
    const there = { companyId: 3 }
    await expect(use('company.company.close', rows[0].id, {}, there)).rejects.toMatchObject({ code: 'REASON_NEEDED' })
    await use('company.company.close', rows[0].id, {}, { ...there, reason: 'Sold' })
    await expect(use('company.company.change', rows[0].id, {}, there)).rejects.toMatchObject({ code: 'WRONG_STATE' })
  })
})

describe('warehouses, branches and calendars', () => {
  test('a warehouse is created with branch and calendar by code, changed and closed', async () => {
    await create('company.branch.create', [{ code: 'NORTH', name: 'North' }])
    await create('company.calendar.create', [
      { code: 'SIX', weekdays: [1, 2, 3, 4, 5, 6], holidays: ['2026-12-25'], cutOff: '16:30' },
    ])
    const made = await create('company.warehouse.create', [
      { code: 'W9', name: 'Nine', branch: 'NORTH', calendar: 'SIX', outboundSteps: 2 },
    ])
    const id = made.ids[0] ?? ''
    await use('company.warehouse.change', id, { handlingDays: 1, reserveAt: 'release' })
    const found =
      await inAlpha(sql`select w.code, w.outbound_steps, w.handling_days, w.reserve_at, b.code as branch, c.cut_off, c.weekdays
      from company.v_warehouse w join company.v_branch b on b.id = w.branch_id join company.v_calendar c on c.id = w.calendar_id where w.id = ${id}`)
    expect(found).toEqual({
      code: 'W9',
      outbound_steps: 2,
      handling_days: 1,
      reserve_at: 'release',
      branch: 'NORTH',
      cut_off: '16:30:00',
      weekdays: [1, 2, 3, 4, 5, 6],
    })
    await use('company.warehouse.close', id, {}, { reason: 'Lease ended' })
    expect(await inAlpha(sql`select state from company.v_warehouse where id = ${id}`)).toEqual({ state: 'closed' })
  })

  test('branch and calendar change and close', async () => {
    const [branch] = (await create('company.branch.create', [{ code: 'SOUTH', name: 'South' }])).ids
    const [calendar] = (await create('company.calendar.create', [{ code: 'FOUR' }])).ids
    await use('company.branch.change', branch ?? '', { name: 'Far South' })
    await use('company.calendar.change', calendar ?? '', { weekdays: [1, 2, 3, 4] })
    expect(await inAlpha(sql`select name from company.v_branch where code = 'SOUTH'`)).toEqual({ name: 'Far South' })
    expect(await inAlpha(sql`select weekdays, cut_off from company.v_calendar where code = 'FOUR'`)).toEqual({
      weekdays: [1, 2, 3, 4],
      cut_off: '15:00:00',
    })
    await use('company.branch.close', branch ?? '', {}, { reason: 'Moved' })
    await use('company.calendar.close', calendar ?? '', {}, { reason: 'Not used' })
    expect(await inAlpha(sql`select count(*) from company.branch where state = 'closed'`)).toEqual({ count: '1' })
  })

  test.each([
    ['company.warehouse.create', { code: 'W1', name: 'Again' }, 'CODE_TAKEN'],
    ['company.warehouse.create', { code: 'W8', name: 'Eight', branch: 'NOWHERE' }, 'UNKNOWN_CODE'],
    ['company.branch.create', { code: 'NORTH', name: 'Again' }, 'CODE_TAKEN'],
    ['company.calendar.create', { code: 'SIX' }, 'CODE_TAKEN'],
    ['company.calendar.create', { code: 'ODD', holidays: ['2026-02-30'] }, 'DATE_INVALID'],
  ])('%s of %j is refused with %s', async (name, input, code) => {
    // Whatever PostgreSQL keeps to itself under row-level security, the sentence has no gap where a word belongs.
    await expect(create(name, [input])).rejects.toMatchObject({ code, message: expect.not.stringMatching(/ {2}|\{/) })
  })
})

describe('currencies and rates', () => {
  const rate = { currency: 'EUR', validOn: '2026-02-27', rate: '1.0843', source: 'ECB' }

  test('a currency is added once', async () => {
    await create('company.currency.create', [{ code: 'KWD', name: 'Kuwaiti dinar', digits: 3 }])
    await expect(create('company.currency.create', [{ code: 'KWD', name: 'Again', digits: 3 }])).rejects.toMatchObject({
      code: 'CODE_TAKEN',
      message: expect.stringContaining('KWD'),
    })
  })

  test('a rate counts over a long weekend, five days, and not longer; the own currency is worth 1', async () => {
    const [id] = (await create('company.currency-rate.record', [rate])).ids
    const on = (currency: string, day: string) =>
      transaction(db.kernel.pool, { companies: [ALPHA] }, (tx) => requireRate(tx, ALPHA, currency, day))
    expect(await on('EUR', '2026-03-04')).toBe('1.0843')
    expect(await on('USD', '2026-03-04')).toBe('1')
    await expect(on('EUR', '2026-03-05')).rejects.toMatchObject({
      code: 'RATE_MISSING',
      detail: { days: 5, home: 'USD' },
    })
    await expect(on('EUR', '2026-02-26')).rejects.toMatchObject({ code: 'RATE_MISSING' })
    await use('company.currency-rate.correct', id ?? '', { rate: '1.0834' }, { reason: 'Two digits swapped' })
    expect(
      await inAlpha(
        sql`select ${rateOn(ALPHA, sql`c.code`, sql`date '2026-02-27'`)} as rate from company.v_currency c where c.code = 'EUR'`,
      ),
    ).toEqual({
      rate: '1.0834',
    })
  })

  test('a year of rates is recorded in one call', async () => {
    const days = Array.from({ length: 365 }, (_, at) => ({
      ...rate,
      currency: 'JPY',
      rate: '0.0067',
      validOn: dayOf(at),
    }))
    await create('company.currency-rate.record', days)
    expect(await inAlpha(sql`select count(*) from company.v_rate where currency = 'JPY'`)).toEqual({ count: '365' })
  })

  test.each([
    [{ ...rate, currency: 'USD' }, 'RATE_IS_HOME'],
    [{ ...rate, validOn: '2026-03-03' }, 'RATE_IN_FUTURE'],
    [{ ...rate, rate: '0.000' }, 'RATE_NOT_POSITIVE'],
    [rate, 'CODE_TAKEN'],
    [{ ...rate, currency: 'QQQ' }, 'UNKNOWN_CODE'],
  ])('%j is refused with %s', async (input, code) => {
    await expect(create('company.currency-rate.record', [input])).rejects.toMatchObject({ code })
  })
})

const dayOf = (at: number) => new Date(Date.UTC(2025, 0, 1 + at)).toISOString().slice(0, 10)
