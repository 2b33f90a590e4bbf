// Revising rewrites what was never confirmed; what was released for the old version counts no more.
import { beforeAll, expect, test } from 'vitest'
import { CLERK, MANAGER, refusal, type Shop, shop } from '../../../../tests/modules/sales/shop.ts'
import { confirm } from './confirm.ts'
import { releasePrice } from './release-price.ts'
import { revise } from './revise.ts'

let s: Shop

beforeAll(async () => {
  s = await shop()
  await s.stock(await s.item('P1'), '100')
  await s.item('P2', { price: '9', cost: '5' })
  await s.customer('C1')
})

test('ORD-19: lines and head are replaced, and each field is kept before and after', async () => {
  const id = await s.order('C1', [{ item: 'P1', quantity: '10' }], { reference: 'A' })
  await s.run(
    revise,
    CLERK,
    {
      ids: [id],
      input: {
        reference: 'B',
        requestedOn: '2026-03-10',
        lines: [
          { item: 'P1', quantity: '8' },
          { item: 'P2', quantity: '1' },
        ],
      },
    },
    { channel: 'portal' },
  )
  expect(
    await s.one('select net::text, total::text, customer_reference from sales.orders where id = $1', [id]),
  ).toEqual({ net: '169.00', total: '185.90', customer_reference: 'B' })
  const leaf = JSON.parse(
    (
      await s.one<{ payload: string }>(`select payload from kernel.audit where document_id = $1 and verb = 'revise'`, [
        id,
      ])
    ).payload,
  )
  expect(leaf).toMatchObject({
    actor: CLERK.id,
    channel: 'portal',
    changes: {
      head: { reference: ['A', 'B'], requestedOn: [null, '2026-03-10'], net: ['200.00', '169.00'] },
      lines: { 1: { quantity: ['10', '8'] }, 2: { added: { item: 'P2' } } },
    },
  })
  await s.sound()
})

test('T-PRC-04: a held order revised is a draft again, and its release is void', async () => {
  const id = await s.confirmed('C1', [{ item: 'P1', quantity: '10', price: '17', reason: 'VOLUME-PROMISED' }])
  await s.run(releasePrice, MANAGER, { ids: [id], input: {} }, { reason: 'agreed' }).catch(() => undefined)
  expect(await s.stateOf(id)).toBe('confirmed')
  const other = await s.confirmed('C1', [{ item: 'P1', quantity: '20', price: '17', reason: 'VOLUME-PROMISED' }])
  await s.run(revise, CLERK, {
    ids: [other],
    input: { lines: [{ item: 'P1', quantity: '21', price: '16.50', reason: 'VOLUME-PROMISED' }] },
  })
  expect(await s.stateOf(other)).toBe('draft')
  expect(await s.openHolds(other)).toBe('')
  await s.run(confirm, CLERK, { ids: [other], input: {} })
  expect(await s.openHolds(other)).toBe('price')
})

test('an order that was confirmed before: ONCE_CONFIRMED; lines for several: ONE_ORDER', async () => {
  const ids = [
    await s.order('C1', [{ item: 'P2', quantity: '1' }]),
    await s.order('C1', [{ item: 'P2', quantity: '50' }]),
  ]
  expect(await refusal(s.run(revise, CLERK, { ids, input: { lines: [{ item: 'P2', quantity: '1' }] } }))).toBe(
    'ONE_ORDER',
  )
  const { hold } = await import('./hold.ts')
  const id = await s.confirmed('C1', [{ item: 'P1', quantity: '5' }])
  await s.run(hold, MANAGER, { ids: [id], input: {} }, { reason: 'customer asked' })
  expect(await refusal(s.run(revise, CLERK, { ids: [id], input: { note: 'x' } }))).toBe('ONCE_CONFIRMED')
})
