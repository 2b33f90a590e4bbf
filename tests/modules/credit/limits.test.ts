// Orders pass or are held by one consistent read of exposure, limits, holds, cover and releases.
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  type Checkpoint,
  changeExposure,
  type ExposureChange,
  lockAccounts,
  type OverLimit,
  openMissing,
  overLimit,
  recordDecision,
  releaseOrder,
} from '#credit'
import { sql, type Tx, transaction } from '#kernel/db'
import { newId } from '#kernel/ids'
import { testDatabase } from '../../support/database.ts'
import { ALPHA, contextOf } from '../../support/world.ts'
import { layShop, type Shop } from '../pricing/shop.ts'

const { kernel, admin } = await testDatabase()
let shop: Shop
const group = newId()
const day = (now: string) => contextOf({ now: new Date(now), today: now.slice(0, 10) })
const NOON = day('2026-03-02T12:00:00Z')

const inside = <R>(work: (tx: Tx) => Promise<R>) => transaction(kernel.pool, { companies: [ALPHA] }, work)

type Account = {
  limit?: string
  receivable?: string
  open_orders?: string
  unbilled?: string
  unapplied?: string
  holds?: unknown
  group?: boolean
} & Record<string, unknown>

async function account(customer: keyof Shop['customers'], given: Account): Promise<void> {
  const { limit = '5000', group: shared, holds = {}, ...more } = given
  const row: Record<string, unknown> = {
    company_id: ALPHA,
    id: shop.customers[customer],
    code: customer,
    credit_limit: limit,
    currency: 'USD',
    holds: JSON.stringify(holds),
    ...(shared ? { group_id: group } : {}),
    ...more,
  }
  const columns = Object.keys(row)
  await admin.query(
    `insert into credit.account (${columns.join(', ')}) values (${columns.map((_, at) => `$${at + 1}`).join(', ')})`,
    Object.values(row),
  )
}

type Asked = { customer?: keyof Shop['customers']; amount: string; id?: string }
const ordersOf = (asked: readonly Asked[]) => {
  const rows = asked.map((one) => ({
    order_id: one.id ?? newId(),
    customer_id: shop.customers[one.customer ?? 'C1'],
    amount: one.amount,
  }))
  return sql<{
    order_id: string
    customer_id: string
    amount: string
  }>`select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as o (order_id uuid, customer_id uuid, amount numeric)`
}
const check = (asked: readonly Asked[], checkpoint: Checkpoint = 'confirm', at = NOON) =>
  inside(async (tx) => {
    const orders = ordersOf(asked)
    await lockAccounts(tx, ALPHA, sql`select customer_id from ${orders} o`)
    return await tx.rows<OverLimit>(overLimit(ALPHA, at, orders, checkpoint))
  })
const change = (rows: readonly Partial<ExposureChange>[]) =>
  inside((tx) => {
    const full = rows.map((row) => ({
      customer_id: shop.customers.C1,
      open_orders: '0',
      unbilled: '0',
      receivable: '0',
      unapplied: '0',
      ...row,
    }))
    return changeExposure(
      tx,
      ALPHA,
      sql`select * from jsonb_to_recordset(${JSON.stringify(full)}::jsonb)
      as c (customer_id uuid, open_orders numeric, unbilled numeric, receivable numeric, unapplied numeric)`,
    )
  })

beforeAll(async () => {
  shop = await layShop(admin)
  await admin.query(
    `insert into credit.group_limit (company_id, id, code, credit_limit, currency) values ($1, $2, 'SISTERS', 10000, 'USD')`,
    [ALPHA, group],
  )
})
beforeEach(async () => {
  await admin.query('delete from credit.decision')
  await admin.query('delete from credit.account')
  await admin.query(`update company.company set settings = '{}' where id = $1`, [ALPHA])
})

describe('over the limit', () => {
  it('T-CRD-01, CRD-02: 4,900 open and an order of 220 is held at 5,120 of 5,000, with every figure', async () => {
    await account('C1', { receivable: '4000', unbilled: '500', open_orders: '600', unapplied: '200' })
    expect(await check([{ amount: '100' }])).toEqual([])
    const [held, ...more] = await check([{ amount: '220' }])
    expect(more).toEqual([])
    expect(held).toMatchObject({ reason: 'over-limit', rule: 'exposure/1', customer_id: shop.customers.C1 })
    expect(held?.exposure).toEqual({
      currency: 'USD',
      receivable: '4000',
      unbilled: '500',
      open_orders: '600',
      unapplied: '200',
      earlier: '0',
      this: '220',
      exposure: '5120',
      limit: '5000',
      over_by: '120',
      group: null,
      holds: {},
      insured: null,
      release: null,
      suggestion: 'Wait for a payment of 120, raise the limit, or release this order',
    })
  })

  it('T-CRD-02: at shipment an order that is counted already is not counted twice (C34)', async () => {
    await account('C1', { limit: '100', open_orders: '60' })
    expect(await check([{ amount: '60' }], 'ship')).toEqual([])
    await change([{ open_orders: '-60', unbilled: '60' }])
    expect(await check([{ amount: '60' }], 'ship')).toEqual([])
    const [held] = await check([{ amount: '60' }])
    expect(held?.exposure).toMatchObject({ exposure: '120', over_by: '20' })
  })

  it('decides a set as one order after another: one that is held takes no room from the next', async () => {
    await account('C1', { limit: '1000' })
    const ids = [newId(), newId(), newId(), newId()]
    const held = await check(['400', '700', '500', '200'].map((amount, at) => ({ amount, id: ids[at] as string })))
    expect(held.map((row) => row.order_id)).toEqual([ids[1], ids[3]])
    expect(held.map((row) => row.exposure.earlier)).toEqual(['400', '900'])
  })

  it('T-CRD-08: sisters share the group limit, in one call as well', async () => {
    await account('C1', { limit: '9000', group: true })
    await account('C2', { limit: '20000', receivable: '9900', group: true })
    const [held] = await check([{ amount: '220' }])
    expect(held).toMatchObject({ reason: 'group-limit' })
    expect(held?.exposure.group).toEqual({ code: 'SISTERS', exposure: '10120', limit: '10000', over_by: '120' })
    expect(await check([{ amount: '60' }, { customer: 'C2', amount: '60' }])).toHaveLength(1)
  })

  it('CRD-01: a dated limit counts in its days only', async () => {
    await account('C1', { limit: '100', next_limit: '1000', next_from: '2026-03-10', next_until: '2026-03-20' })
    const at = async (today: string) => (await check([{ amount: '500' }], 'confirm', day(`${today}T12:00:00Z`))).length
    expect([await at('2026-03-09'), await at('2026-03-10'), await at('2026-03-20'), await at('2026-03-21')]).toEqual([
      1, 0, 0, 1,
    ])
  })

  it('CRD-03: a check point that the company leaves out holds nothing', async () => {
    await account('C1', { limit: '0' })
    await admin.query(
      `update company.company set settings = '{"credit_checkpoints": ["confirm", "ship"]}' where id = $1`,
      [ALPHA],
    )
    await change([{ open_orders: '10' }])
    expect(await check([{ amount: '10' }], 'release')).toEqual([])
    expect(await check([{ amount: '10' }], 'ship')).toHaveLength(1)
  })
})

describe('holds and cover', () => {
  it('CRD-06: a hold on the account stops every order, with its cause', async () => {
    await account('C1', {
      holds: { overdue: { reason: '40 days overdue', since: '2026-03-01T00:00:00Z', by: 'system' } },
    })
    const [held] = await check([{ amount: '1' }])
    expect(held).toMatchObject({ reason: 'overdue' })
    expect(held?.exposure.holds.overdue?.reason).toBe('40 days overdue')
  })

  it('CRD-01: cover that ended holds, and an insured-only account stays within the cover', async () => {
    await account('C1', { insured_up_to: '300', insured_until: '2026-03-02', insured_only: true })
    expect(await check([{ amount: '300' }])).toEqual([])
    expect(await check([{ amount: '301' }])).toMatchObject([{ reason: 'over-cover', exposure: { limit: '300' } }])
    expect(await check([{ amount: '1' }], 'confirm', day('2026-03-03T12:00:00Z'))).toMatchObject([
      { reason: 'insurance-expired' },
    ])
  })
})

describe('releases (CRD-05, CRD-08)', () => {
  const release = (order: string, upTo: string, expires = '2026-03-04T12:00:00Z', at = NOON) =>
    inside((tx) =>
      releaseOrder(tx, at, [
        { orderId: order, customerId: shop.customers.C1, upTo, expiresAt: new Date(expires), reason: 'paid on Friday' },
      ]),
    )

  it('T-CRD-05: a release up to 300 for two days lets the order pass, and on day three it is held again', async () => {
    await account('C1', { limit: '0' })
    const id = newId()
    await release(id, '300')
    expect(await check([{ amount: '300', id }])).toEqual([])
    expect(await check([{ amount: '300.01', id }])).toMatchObject([
      { reason: 'over-limit', exposure: { release: { state: 'too small' } } },
    ])
    await change([{ open_orders: '300' }])
    expect(await check([{ amount: '300', id }], 'ship', day('2026-03-04T11:59:59Z'))).toEqual([])
    expect(await check([{ amount: '300', id }], 'ship', day('2026-03-05T08:00:00Z'))).toMatchObject([
      { exposure: { release: { state: 'expired' } } },
    ])
  })

  it('does not cover a hold that came after it', async () => {
    await account('C1', { limit: '0' })
    const id = newId()
    await release(id, '300')
    await admin.query(
      `update credit.account set holds = '{"returned-payment": {"reason": "bounced", "since": "2026-03-03T09:00:00Z", "by": "x"}}'`,
    )
    expect(await check([{ amount: '100', id }], 'confirm', day('2026-03-03T10:00:00Z'))).toMatchObject([
      { reason: 'returned-payment', exposure: { release: { state: 'older than the hold' } } },
    ])
    await release(id, '300', '2026-03-06T00:00:00Z', day('2026-03-03T11:00:00Z'))
    expect(await check([{ amount: '100', id }], 'confirm', day('2026-03-03T12:00:00Z'))).toEqual([])
  })

  it('a released order still counts for the orders after it', async () => {
    await account('C1', { limit: '250' })
    const [first, second] = [newId(), newId()]
    await release(first, '300')
    expect(
      (
        await check([
          { amount: '300', id: first },
          { amount: '10', id: second },
        ])
      ).map((row) => row.order_id),
    ).toEqual([second])
  })

  it('is refused with a wrong amount, end or customer, and keeps nothing then', async () => {
    await expect(release(newId(), '300')).rejects.toMatchObject({ code: 'CREDIT_ACCOUNT_MISSING' })
    await account('C1', {})
    await expect(release(newId(), '0')).rejects.toMatchObject({ code: 'CREDIT_RELEASE_AMOUNT' })
    await expect(release(newId(), '300', '2026-03-02T12:00:00Z')).rejects.toMatchObject({
      code: 'CREDIT_RELEASE_EXPIRY',
    })
    await expect(release(newId(), '300', '2026-03-12T12:00:01Z')).rejects.toMatchObject({
      code: 'CREDIT_RELEASE_EXPIRY',
    })
    expect((await admin.query('select from credit.decision')).rowCount).toBe(0)
  })

  it('keeps a hold as evidence with its figures, the rule and the person', async () => {
    await account('C1', { limit: '100' })
    await inside(async (tx) => {
      const held = await tx.rows<OverLimit>(overLimit(ALPHA, NOON, ordersOf([{ amount: '150' }])))
      await recordDecision(
        tx,
        NOON,
        held.map((row) => ({ ...row, checkpoint: 'confirm' as const, outcome: 'hold' as const, reason: row.reason })),
      )
      await recordDecision(tx, NOON, [])
    })
    const { rows } = await admin.query(
      'select outcome, checkpoint, rule, reason, exposure, actor_id from credit.decision',
    )
    expect(rows).toMatchObject([
      {
        outcome: 'hold',
        checkpoint: 'confirm',
        rule: 'exposure/1',
        reason: 'over-limit',
        actor_id: NOON.principal.id,
        exposure: { over_by: '50' },
      },
    ])
  })
})

describe('running sums', () => {
  it('adds up many changes of a customer in one statement, and refuses a customer without account whole', async () => {
    await account('C1', {})
    await change([{ open_orders: '10.10' }, { open_orders: '5' }, { receivable: '3', unapplied: '1' }])
    await expect(
      change([{ open_orders: '1' }, { customer_id: shop.customers.C2, open_orders: '1' }]),
    ).rejects.toMatchObject({ code: 'CREDIT_ACCOUNT_MISSING', detail: { customer: 'C2' } })
    const { rows } = await admin.query('select open_orders, receivable, unapplied from credit.account')
    expect(rows).toEqual([{ open_orders: '15.10', receivable: '3', unapplied: '1' }])
    await expect(
      inside((tx) => lockAccounts(tx, ALPHA, sql`select ${shop.customers.C3}::uuid as customer_id`)),
    ).rejects.toMatchObject({ code: 'CREDIT_ACCOUNT_MISSING' })
  })

  it('opens what is missing with limit 0, once', async () => {
    const customers = sql<{
      customer_id: string
      currency: string
    }>`select id as customer_id, currency from party.v_customer where company_id = ${ALPHA}`
    expect(await inside((tx) => openMissing(tx, ALPHA, customers))).toBe(4)
    expect(await inside((tx) => openMissing(tx, ALPHA, customers))).toBe(0)
    expect(await check([{ customer: 'C9', amount: '1' }])).toMatchObject([{ reason: 'over-limit' }])
    await change([{ customer_id: shop.customers.C9, unapplied: '110' }])
    expect(await check([{ customer: 'C9', amount: '110' }])).toEqual([])
  })

  it('64 orders at the same time never pass a group limit together, and nothing deadlocks', async () => {
    await account('C1', { limit: '100000', group: true })
    await account('C2', { limit: '100000', group: true })
    const confirm = (at: number) =>
      inside(async (tx) => {
        const orders = ordersOf(
          at % 2 === 0
            ? [{ amount: '150' }, { customer: 'C2', amount: '150' }]
            : [{ customer: 'C2', amount: '150' }, { amount: '150' }],
        )
        await lockAccounts(tx, ALPHA, sql`select customer_id from ${orders} o`)
        const held = (await tx.rows<OverLimit>(overLimit(ALPHA, NOON, orders))).map((row) => row.order_id)
        await changeExposure(
          tx,
          ALPHA,
          sql`select customer_id, amount as open_orders, 0 as unbilled, 0 as receivable, 0 as unapplied
          from ${orders} o where order_id <> all(${held}::uuid[])`,
        )
      })
    await Promise.all(Array.from({ length: 64 }, (_, at) => confirm(at)))
    const { rows } = await admin.query('select sum(open_orders)::text as total from credit.account')
    expect(rows[0].total).toBe('9900')
  })
})
