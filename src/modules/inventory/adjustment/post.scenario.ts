// Counting and correcting stock, from the count to the ledger: who may decide, what it moves, and on which day it counts.
import { beforeAll, expect, test } from 'vitest'
import { newId } from '#kernel/ids'
import { openShop, type Shop } from '../../../../tests/modules/warehouse/shop.ts'
import { contextOf, person } from '../../../../tests/support/world.ts'
import { valuation } from '../../costing/valuation.ts'
import { pick } from '../../warehouse/shipment/pick.ts'
import { stock } from '../stock.ts'
import { approve } from './approve.ts'
import { cancel } from './cancel.ts'
import { draft } from './draft.ts'
import { post } from './post.ts'
import { reject } from './reject.ts'
import { submit } from './submit.ts'

const ALL = ['draft', 'submit', 'approve', 'reject', 'post', 'cancel'].map((verb) => `inventory.adjustment.${verb}`)
const iris = person('Iris', ALL, { role: 'stock-controller' })
const hugo = person('Hugo', ALL, { role: 'warehouse-supervisor' })
const nadia = person('Nadia', ALL, { role: 'finance-controller' })

let s: Shop
beforeAll(async () => {
  s = await openShop()
  await s.customer('C1')
  for (const [role, sequence, above, upTo] of [
    ['warehouse-supervisor', 1, '100', null],
    ['finance-controller', 2, '1000', null],
  ] as const) {
    await s.admin.query(
      `insert into kernel.approval_rule (company_id, id, kind, role, sequence, above, up_to) values (1, $1, 'stock-adjustment', $2, $3, $4, $5)`,
      [newId(), role, sequence, above, upTo],
    )
  }
})

const count = async (item: string, counted: string, more: object = {}, by = iris) =>
  (
    await draft.run(s.kernel, contextOf({ principal: by }), {
      input: [{ warehouse: 'W2', reason: 'COUNT', lines: [{ item, counted, ...more }] }],
    })
  ).ids[0] ?? ''
const entry = (id: string) =>
  s.value<string>(
    `select string_agg(account || ' ' || trim_scale(debit - credit), ', ' order by account) from ledger.journal_line l join ledger.entry e on e.id = l.entry_id where e.source_id = $1`,
    [id],
  )

test('T-INV-S1 INV-12: a count within the tolerance is posted by the counter, with its loss', async () => {
  const item = await s.item('S1')
  await s.stock('W2', 'S1', '100')
  const id = await count('S1', '99')
  await s.run(post, [id], {}, { principal: iris })
  expect(await s.where(item)).toEqual({ stock: '99/0' })
  expect(await entry(id)).toBe('1200 -10, 5020 10')
  await expect(s.run(post, [id], {}, { principal: iris })).rejects.toMatchObject({ code: 'WRONG_STATE' })
})

test('T-INV-S2, T-INV-S3: beyond the tolerance another person approves, in the order of the matrix, and never the counter', async () => {
  const item = await s.item('S2')
  await s.stock('W2', 'S2', '100')
  const id = await count('S2', '80')
  await expect(s.run(post, [id], {}, { principal: iris })).rejects.toMatchObject({ code: 'APPROVAL_NEEDED' })
  expect((await s.run(submit, [id], {}, { principal: iris })).states).toEqual({ [id]: 'waiting-approval' })
  await expect(s.run(approve, [id], {}, { principal: iris })).rejects.toMatchObject({ code: 'COUNTER_APPROVES' })
  await expect(s.run(approve, [id], {}, { principal: nadia })).rejects.toMatchObject({ code: 'NOT_YOUR_DECISION' })
  expect(await s.where(item)).toEqual({ stock: '100/0' })
  expect((await s.run(approve, [id], {}, { principal: hugo })).states).toEqual({ [id]: 'approved' })
  await s.run(post, [id], {}, { principal: iris })
  expect([await s.where(item), await entry(id)]).toEqual([{ stock: '80/0' }, '1200 -200, 5020 200'])
})

test('a dear difference needs two, one after the other; rejected, it goes back to its counter', async () => {
  await s.item('DEAR', { cost: '100' })
  await s.stock('W2', 'DEAR', '100', '100')
  const id = await count('DEAR', '80')
  await s.run(submit, [id], {}, { principal: iris })
  await expect(s.run(approve, [id], {}, { principal: nadia })).rejects.toMatchObject({ code: 'NOT_YOUR_DECISION' })
  expect((await s.run(approve, [id], {}, { principal: hugo })).states).toEqual({ [id]: 'waiting-approval' })
  expect((await s.run(reject, [id], {}, { principal: nadia, reason: 'count it again' })).ids).toEqual([id])
  await s.run(submit, [id], {}, { principal: iris })
  await s.run(approve, [id], {}, { principal: hugo })
  expect((await s.run(approve, [id], {}, { principal: nadia })).states).toEqual({ [id]: 'approved' })
  await s.run(cancel, [id], {}, { principal: iris, reason: 'it was found' })
})

test('a large difference of small value needs approval all the same', async () => {
  await s.item('SMALL', { cost: '0.10' })
  await s.stock('W2', 'SMALL', '10', '0.10')
  const id = await count('SMALL', '5')
  expect((await s.run(submit, [id], {}, { principal: iris })).states).toEqual({ [id]: 'waiting-approval' })
  await s.run(approve, [id], {}, { principal: hugo })
  await s.run(post, [id], {}, { principal: iris })
})

test('T-INV-S4: what moved after the counting is no difference', async () => {
  const item = await s.item('S4')
  await s.stock('W1', 'S4', '100')
  const list = await s.release(await s.order('W1', [{ item: 'S4', quantity: '5' }]))
  await s.run(pick, [list], {}, { now: new Date('2026-03-02T16:00:00Z') })
  const counted = {
    input: [
      {
        warehouse: 'W1',
        reason: 'COUNT',
        lines: [
          { item: 'S4', counted: '100', countedAt: '2026-03-02T15:30:00.000Z' },
          { item: 'S4', counted: '96', countedAt: '2026-03-02T16:30:00.000Z' },
        ],
      },
    ],
  }
  const { ids } = await draft.run(
    s.kernel,
    contextOf({ principal: iris, now: new Date('2026-03-02T17:00:00Z') }),
    counted,
  )
  expect(
    (
      await s.admin.query(
        'select expected::text, quantity::text from inventory.adjustment_line where adjustment_id = $1 order by line',
        [ids[0]],
      )
    ).rows,
  ).toEqual([
    { expected: '100', quantity: '0' },
    { expected: '95', quantity: '1' },
  ])
  await s.run(post, ids, {}, { principal: iris, now: new Date('2026-03-02T17:00:00Z') })
  expect(await s.where(item)).toEqual({ stock: '96/0', pack: '5/5' })
})

test('what is not there cannot be kept for anybody: the newest promise gives way and is named', async () => {
  const item = await s.item('LOST')
  await s.stock('W2', 'LOST', '100')
  const first = await s.order('W2', [{ item: 'LOST', quantity: '60' }])
  const second = await s.order('W2', [{ item: 'LOST', quantity: '40' }])
  await s.admin.query(
    `update inventory.reservation set created_at = created_at + interval '1 minute' where source_id = $1`,
    [second],
  )
  const id = await count('LOST', '70', {}, hugo)
  await s.run(submit, [id], {}, { principal: hugo })
  const other = person('Otto', ALL, { role: 'warehouse-supervisor' })
  await s.run(approve, [id], {}, { principal: other })
  expect((await s.run(post, [id], {}, { principal: hugo })).result).toEqual({
    taken: [expect.objectContaining({ source_id: second, quantity: '30' })],
  })
  expect(await s.where(item)).toEqual({ stock: '70/70' })
  expect(await s.value('select sum(quantity)::text from inventory.reservation where source_id = $1', [first])).toBe(
    '60',
  )
})

test('T-INV-S10 INV-16: a backdated adjustment counts on its day, in stock, value and ledger alike', async () => {
  await s.item('S10')
  await s
    .run(
      post,
      (
        await draft.run(s.kernel, contextOf({ today: '2026-02-10', now: new Date('2026-02-10T12:00:00Z') }), {
          input: [{ warehouse: 'W2', reason: 'OPENING', lines: [{ item: 'S10', quantity: '50', unitCost: '4' }] }],
        })
      ).ids,
      {},
      { today: '2026-02-10' },
    )
    .catch(async (error: { code?: string }) => {
      expect(error.code).toBe('APPROVAL_NEEDED')
    })
  const open = await s.value<string>(
    `select id from inventory.adjustment where reason_code = 'OPENING' and state = 'draft'`,
  )
  await s.run(submit, [open], {}, { principal: iris })
  await s.run(approve, [open], {}, { principal: hugo })
  await s.run(post, [open], {}, { principal: iris })
  await s.stock('W2', 'S10', '10', '5')
  const late = await draft.run(s.kernel, contextOf({ principal: iris }), {
    input: [{ warehouse: 'W2', reason: 'EXPIRED', on: '2026-02-20', lines: [{ item: 'S10', quantity: '-1' }] }],
  })
  await s.run(post, late.ids, {}, { principal: iris })
  const on = async (day?: string) => [
    (await stock.ask<{ on_hand: string }>(s.kernel, contextOf(), { item: 'S10', ...(day ? { on: day } : {}) }))[0]
      ?.on_hand,
    (await valuation.ask<{ value: string }>(s.kernel, contextOf(), { item: 'S10', ...(day ? { on: day } : {}) }))[0]
      ?.value,
  ]
  expect(await on('2026-02-09')).toEqual([undefined, undefined])
  expect(await on('2026-02-15')).toEqual(['50', '200.00'])
  expect(await on('2026-02-20')).toEqual(['49', '195.83'])
  expect(await on('2026-03-02')).toEqual(await on())
  expect(await on()).toEqual(['59', '245.83'])
  expect(await entry(late.ids[0] ?? '')).toBe('1200 -4.17, 5030 4.17')
  await s.admin.query(
    `update ledger.period set state = 'locked', locked_at = now() where code = '2026-02' and company_id = 1`,
  )
  const locked = await draft.run(s.kernel, contextOf({ principal: iris }), {
    input: [{ warehouse: 'W2', reason: 'COUNT', on: '2026-02-20', lines: [{ item: 'S10', quantity: '-1' }] }],
  })
  await expect(s.run(post, locked.ids, {}, { principal: iris })).rejects.toMatchObject({ code: 'PERIOD_LOCKED' })
})

test('what drafting and posting refuse', async () => {
  await s.item('BAD')
  await s.item('TRACKED', { tracking: 'lot' })
  const table = [
    [{ item: 'BAD' }, 'ADJUSTMENT_LINE'],
    [{ item: 'BAD', quantity: '1', counted: '1' }, 'ADJUSTMENT_LINE'],
    [{ item: 'BAD', counted: '1', countedAt: '2026-03-02T15:00:01.000Z' }, 'COUNTED_LATER'],
    [{ item: 'BAD', quantity: '1', location: 'NOWHERE' }, 'LOCATION_UNKNOWN'],
    [{ item: 'TRACKED', quantity: '1' }, 'LOT_NEEDED'],
  ] as const
  for (const [line, code] of table) {
    await expect(
      draft.run(s.kernel, contextOf(), { input: [{ warehouse: 'W2', reason: 'COUNT', lines: [line] }] }),
    ).rejects.toMatchObject({ code })
  }
  await expect(
    draft.run(s.kernel, contextOf(), {
      input: [{ warehouse: 'W2', reason: 'COUNT', on: '2026-03-03', lines: [{ item: 'BAD', quantity: '1' }] }],
    }),
  ).rejects.toMatchObject({ code: 'DATE_AHEAD' })
  await expect(
    draft.run(s.kernel, contextOf(), {
      input: [{ warehouse: 'W9', reason: 'COUNT', lines: [{ item: 'BAD', quantity: '1' }] }],
    }),
  ).rejects.toMatchObject({ code: 'UNKNOWN_CODE' })
  await expect(s.run(post, [await count('BAD', '0')])).rejects.toMatchObject({ code: 'ADJUSTMENT_EMPTY' })
  const short = await draft.run(s.kernel, contextOf(), {
    input: [{ warehouse: 'W2', reason: 'COUNT', lines: [{ item: 'BAD', quantity: '-1' }] }],
  })
  await s.run(submit, short.ids)
  await s.run(approve, short.ids, {}, { principal: hugo })
  await expect(s.run(post, short.ids)).rejects.toMatchObject({ code: 'STOCK_SHORT' })
})
