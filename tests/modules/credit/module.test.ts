// The credit module as a whole: it holds together, holds set and lift themselves, its invariants notice planted faults.
import { beforeAll, beforeEach, expect, it } from 'vitest'
import { refreshHolds } from '#credit'
import { sql, transaction } from '#kernel/db'
import { newId } from '#kernel/ids'
import { checkModules, module } from '#kernel/module'
import { verify } from '#kernel/verify'
import credit from '../../../src/modules/credit/module.ts'
import { ALPHA, contextOf } from '../../support/world.ts'
import { type Department, openDepartment } from './officer.ts'

let credits: Department

beforeAll(async () => {
  credits = await openDepartment()
})
beforeEach(async () => {
  await credits.admin.query(`update credit.account set holds = '{}', max_overdue_days = 30`)
})

type Overdue = readonly { customer: 'C1' | 'C2' | 'C3'; days: number }[]
const refresh = (late: Overdue, only: string | null = null) =>
  transaction(credits.kernel.pool, { companies: [ALPHA] }, (tx) => {
    const { principal, now, companyId } = contextOf()
    const rows = late.map((one) => ({ customer_id: credits.shop.customers[one.customer], days: one.days }))
    const overdue = sql<{
      customer_id: string
      days: number
    }>`select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as o (customer_id uuid, days int)`
    return refreshHolds({ tx, companyId, actor: principal.id, now }, overdue, only)
  })
const heldNow = async () =>
  (await credits.admin.query(`select code from credit.account where holds ? 'overdue' order by code`)).rows.map(
    (row) => row.code,
  )

it('holds together', () => {
  const below = ['company', 'party'].map((name) => module(name, { needs: [] }))
  expect(() => checkModules([...below, credit])).not.toThrow()
})

it('CRD-06: overdue customers are held beyond their days and freed when they have paid, both kept as evidence', async () => {
  const { C1, C2 } = credits.shop.customers
  await credits.admin.query(`update credit.account set max_overdue_days = 5 where code = 'C2'`)
  expect(
    await refresh([
      { customer: 'C1', days: 30 },
      { customer: 'C2', days: 3 },
      { customer: 'C2', days: 6 },
      { customer: 'C3', days: 29 },
    ]),
  ).toEqual({ held: [C2], lifted: [] })
  expect(
    await refresh([
      { customer: 'C1', days: 31 },
      { customer: 'C2', days: 7 },
    ]),
  ).toEqual({ held: [C1], lifted: [] })
  expect((await credits.account('C2')).holds).toMatchObject({
    overdue: { reason: 'An item is 6 days overdue, 5 are allowed' },
  })
  expect(await refresh([{ customer: 'C1', days: 31 }])).toEqual({ held: [], lifted: [C2] })
  expect(await heldNow()).toEqual(['C1'])
  expect(await credits.ask('credit.decisions', { customer: 'C2' })).toMatchObject([
    { outcome: 'released', rule: 'hold:overdue/1', reason: 'nothing is overdue for longer than allowed' },
    { outcome: 'hold', rule: 'hold:overdue/1' },
  ])
})

it('CRD-06: for the one customer whose payment came, the others stay as they are', async () => {
  const { C1 } = credits.shop.customers
  await refresh([
    { customer: 'C1', days: 40 },
    { customer: 'C2', days: 40 },
  ])
  expect(await refresh([], C1)).toEqual({ held: [], lifted: [C1] })
  expect(await heldNow()).toEqual(['C2'])
})

it('CRD-04: lists the accounts that need the officer, the largest excess first', async () => {
  await credits.admin.query(
    `update credit.account set receivable = case code when 'C1' then 10 when 'C2' then 500 else 0 end, review_on = case code when 'C3' then date '2026-03-01' end`,
  )
  expect(await credits.ask('credit.at-risk', {})).toMatchObject([
    { customer: 'C2', over_by: '500', problems: ['over the limit'] },
    { customer: 'C1', over_by: '10' },
    { customer: 'C3', over_by: '0', problems: ['review due'] },
  ])
})

it('proves itself, and each planted fault turns its invariant red', async () => {
  const red = async () =>
    (await verify(credits.kernel.pool, [ALPHA], credit.invariants)).checks
      .filter((check) => !check.ok)
      .map((check) => check.id)
  expect(await red()).toEqual([])
  await credits.admin.query(`update credit.account set unbilled = -0.01 where code = 'C1'`)
  expect(await red()).toEqual(['CRD-I1'])
  const group = newId()
  await credits.admin.query(
    `insert into credit.group_limit (company_id, id, code, credit_limit, currency) values ($1, $2, 'EURO', 1, 'EUR')`,
    [ALPHA, group],
  )
  await credits.admin.query(`update credit.account set unbilled = 0, group_id = $1 where code = 'C1'`, [group])
  expect(await red()).toEqual(['CRD-I2'])
  await credits.admin.query(
    `update credit.account set group_id = null, holds = '{"manual": {"reason": "no date"}}' where code = 'C1'`,
  )
  expect(await red()).toEqual(['CRD-I3'])
  await credits.admin.query(`update credit.account set holds = '{}' where code = 'C1'`)
  await credits.admin.query(
    `insert into credit.decision (company_id, id, customer_id, order_id, checkpoint, outcome, exposure, rule, actor_id, at)
      values ($1, $2, $3, $2, 'manual', 'released', '{}', 'release/1', $2, now())`,
    [ALPHA, newId(), credits.shop.customers.C1],
  )
  expect(await red()).toEqual(['CRD-I4'])
})
