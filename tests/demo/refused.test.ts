// The demo goes into an empty database only, and a load that was stopped is finished by the next one.
import { expect, test } from 'vitest'
import { demo, loadDemo } from '../../src/demo/index.ts'
import { testDatabase } from '../support/database.ts'
import { layCompanies } from '../support/world.ts'

const NOW = new Date('2026-11-18T16:00:00Z')

test('a database that holds a company is refused, and stays as it was', async () => {
  const { kernel, admin } = await testDatabase()
  await layCompanies(admin)
  await expect(loadDemo(kernel, { now: NOW })).rejects.toMatchObject({ code: 'DEMO_REFUSED' })
  expect((await admin.query('select count(*)::int as people from access.account')).rows).toEqual([{ people: 0 }])
  expect(await demo.state(kernel)).toEqual({ signIns: [], started: false })
})

test('a load that was stopped is finished by the next one, and nothing is done twice', async () => {
  const { kernel, admin } = await testDatabase()
  const stopped = new Error('somebody pulled the plug')
  const stop = (news: { text: string; done?: number }) => {
    if (news.text === 'Telling the stories' && news.done === 40) throw stopped
  }
  await expect(loadDemo(kernel, { now: NOW, onProgress: stop })).rejects.toBe(stopped)
  expect(await demo.state(kernel)).toEqual({ signIns: [], started: true })
  const signIns = await loadDemo(kernel, { now: new Date('2026-11-20T09:00:00Z') })
  expect(await demo.state(kernel)).toEqual({ signIns, started: false })
  const { rows } = await admin.query(
    `select count(*)::int as orders, count(distinct (customer_id, ordered_on, total))::int as different from sales.orders`,
  )
  expect(rows[0].orders).toBeGreaterThan(140)
  expect(
    (await admin.query(`select count(*)::int as wrong from inventory.balance where on_hand < 0 or reserved > on_hand`))
      .rows,
  ).toEqual([{ wrong: 0 }])
}, 300_000)
