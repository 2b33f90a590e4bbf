// Scenario: pricing says under which margin nobody sells without asking, by category and for the rest.
import { expect, it } from 'vitest'
import { sql, transaction } from '#kernel/db'
import { marginFloor } from '#pricing'
import { openDesk } from '../../../../tests/modules/pricing/desk.ts'
import { ALPHA } from '../../../../tests/support/world.ts'
import pricing from '../module.ts'

const desk = await openDesk(pricing)
const floors = () =>
  transaction(desk.kernel.pool, { companies: [ALPHA] }, (tx) =>
    tx.rows(
      marginFloor(
        ALPHA,
        sql`select * from (values ('tool', ${desk.shop.categories.TOOLS}::uuid), ('paint', ${desk.shop.categories.PAINT}::uuid), ('none', null::uuid)) v (line, category_id)`,
      ),
    ),
  )

it('PRC-06: the floor of the category counts, else the general one, else none', async () => {
  expect((await floors()).map((row) => row.percent)).toEqual([null, null, null])
  await desk.create('pricing.margin-floor.create', [{ percent: '10' }, { category: 'PAINT', percent: '-5' }])
  expect(await floors()).toEqual([
    { line: 'tool', percent: '10' },
    { line: 'paint', percent: '-5' },
    { line: 'none', percent: '10' },
  ])
})

it.each([
  ['MARGIN_FLOOR_EXISTS', { category: 'PAINT', percent: '12' }],
  ['MARGIN_FLOOR_RANGE', { category: 'TOOLS', percent: '100.1' }],
  ['UNKNOWN_CODE', { category: 'NOTHING', percent: '12' }],
])('is refused with %s', async (code, input) => {
  await expect(desk.create('pricing.margin-floor.create', [input])).rejects.toMatchObject({ code })
})
