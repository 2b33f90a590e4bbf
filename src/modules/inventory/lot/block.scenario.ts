// Lots from their certificate to the recall: created, tested, blocked, released, and traced in both directions.
import { beforeAll, expect, test } from 'vitest'
import { openShop, type Shop } from '../../../../tests/modules/warehouse/shop.ts'
import { contextOf } from '../../../../tests/support/world.ts'
import { ship } from '../../warehouse/shipment/ship.ts'
import { trace as recall } from '../../warehouse/trace.ts'
import { trace } from '../trace.ts'
import { block } from './block.ts'
import { create } from './create.ts'
import { quarantine } from './quarantine.ts'
import { release } from './release.ts'

let s: Shop
beforeAll(async () => {
  s = await openShop()
  await s.customer('C1')
})

test('T-AVL-14, T-AVL-15, T-AVL-16 INV-09: first expiry first; too fresh a wish, a blocked or an expired lot is passed over', async () => {
  const item = await s.item('FEFO', { tracking: 'lot' })
  const [tested = ''] = (
    await create.run(s.kernel, contextOf(), {
      input: [
        { item: 'FEFO', code: 'L0', expiresOn: '2026-03-20', quarantine: true, attributes: { certificate: 'A-1' } },
      ],
    })
  ).ids
  await s.stock('W2', 'FEFO', '10', '5', { lot: 'L0' })
  await s.stock('W2', 'FEFO', '10', '5', { lot: 'L1', expiresOn: '2026-10-30' })
  await s.stock('W2', 'FEFO', '10', '5', { lot: 'L2', expiresOn: '2026-04-11' })
  await s.stock('W2', 'FEFO', '10', '5', { lot: 'L3', expiresOn: '2026-03-02' })
  const lots = async (order: string) =>
    (
      await s.admin.query(
        `select t.code from inventory.reservation r join inventory.lot t on t.id = r.lot_id where r.source_id = $1 order by 1`,
        [order],
      )
    ).rows
      .map((row) => row.code)
      .join()
  expect(await lots(await s.order('W2', [{ item: 'FEFO', quantity: '5' }]))).toBe('L2')
  const fresh = await s.customer('FRESH')
  await s.admin.query('update party.customer set min_remaining_life_days = 60 where id = $1', [fresh])
  expect(await lots(await s.order('W2', [{ item: 'FEFO', quantity: '5' }], 'FRESH'))).toBe('L1')
  await s.run(release, [tested], {}, { reason: 'certificate seen' })
  expect(await lots(await s.order('W2', [{ item: 'FEFO', quantity: '3' }]))).toBe('L0')
  await s.run(quarantine, [tested], {}, { reason: 'a customer complained' })
  await s.run(block, [tested], {}, { reason: 'it is bad' })
  expect(await lots(await s.order('W2', [{ item: 'FEFO', quantity: '5' }]))).toBe('L2')
  expect((await s.where(item)).stock).toBe('40/18')
})

test('INV-08: one question gives everything upstream and downstream of a lot', async () => {
  const item = await s.item('RECALL', { tracking: 'lot' })
  await s.stock('W2', 'RECALL', '10', '5', { lot: 'R1', expiresOn: '2026-10-30' })
  const list = await s.release(await s.order('W2', [{ item: 'RECALL', quantity: '4' }]))
  await s.run(ship, [list])
  expect(await trace.ask(s.kernel, contextOf(), { lot: 'R1', item: 'RECALL' })).toMatchObject([
    { direction: 'in', quantity: '10', event: 'received', from_place: 'supplier' },
    { direction: 'out', quantity: '4', event: 'shipped', to_place: 'customer' },
  ])
  expect(await recall.ask(s.kernel, contextOf(), { lot: 'R1', item: 'RECALL' })).toMatchObject([
    { what: 'received', quantity: '10' },
    { what: 'shipped', partner: 'C1', quantity: '4' },
    { what: 'in stock', partner: 'W2', quantity: '6' },
  ])
  expect(item).toBeTruthy()
})

test('what creating a lot refuses', async () => {
  await s.item('PLAIN')
  await s.item('TWOLOTS', { tracking: 'lot' })
  const make = (input: object) => create.run(s.kernel, contextOf(), { input: [input] })
  await make({ item: 'TWOLOTS', code: 'T1' })
  await expect(make({ item: 'TWOLOTS', code: 'T1' })).rejects.toMatchObject({ code: 'LOT_EXISTS' })
  await expect(make({ item: 'PLAIN', code: 'P1' })).rejects.toMatchObject({ code: 'NOT_TRACKED' })
})
