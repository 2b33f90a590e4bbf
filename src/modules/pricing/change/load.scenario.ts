// Scenario: a supplier's file of ten thousand prices comes in as one change and can go out as one.
import { expect, it } from 'vitest'
import { openDesk } from '../../../../tests/modules/pricing/desk.ts'
import pricing from '../module.ts'

const desk = await openDesk(pricing)

it('PRC-02: loads a file, all or none, and takes it back in one step', async () => {
  const breaks = Array.from({ length: 10_000 }, (_, at) => ({
    kind: 'break',
    item: 'P1',
    currency: 'USD',
    minQuantity: String(at + 1),
    method: 'price',
    amount: '20',
  }))
  const made = await desk.create('pricing.change.load', [{ conditions: breaks, note: 'breaks of 2026' }])
  expect(made.result).toEqual({ conditions: 10_000 })
  expect(await desk.price('P1', { quantity: '10000' })).toBe('20')
  const { rows } = await desk.admin.query(
    `select payload::jsonb -> 'changes' as changes from kernel.audit where document = 'pricing.change'`,
  )
  expect(rows[0].changes).toMatchObject({
    conditions: 10_000,
    note: 'breaks of 2026',
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
  })

  await expect(
    desk.create('pricing.change.load', [
      { conditions: [{ kind: 'break', item: 'P2', currency: 'USD', method: 'price', amount: '1' }, breaks[5]] },
    ]),
  ).rejects.toMatchObject({ code: 'CONDITION_OVERLAP', detail: { at: 2 } })
  expect(await desk.price('P2')).toBe(null)

  await desk.use('pricing.change.roll-back', made.ids, {}, { reason: 'the wrong file' })
  expect(await desk.price('P1', { quantity: '10000' })).toBe(null)
})
