// The product as people start it, with its own database and worker: killed in part and as a whole, it comes back with everything.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { startEmbedded } from '#embedded'
import { openKernel } from '#kernel/kernel'
import { clear, folder, serving, tradewright } from '../cli/support.ts'
import { killEverybodyIn } from '../support/faults-database.ts'
import { brokenChecks } from '../support/faults-judge.ts'
import { disagreements, type Load, startLoad } from '../support/faults-load.ts'
import { pause } from '../support/faults-rounds.ts'
import { layPairs, layWorld, type World } from '../support/faults-world.ts'
import { ALPHA } from '../support/world.ts'

// Half a minute by itself, and several times that where others want the machine too.
vi.setConfig({ testTimeout: 900_000 })

afterAll(clear)

const stepsOf = (load: Load) => load.ways.reduce((sum, way) => sum + way.done.size, 0)

/** Waits until the clients have been told of so many more steps. */
async function busy(load: Load, steps: number): Promise<void> {
  const wanted = stepsOf(load) + steps
  for (const end = performance.now() + 60_000; stepsOf(load) < wanted; await pause(5))
    if (performance.now() > end) throw new Error(`nothing goes on: ${load.refused.join('; ')}`)
}

async function killOneSession(admin: pg.Client): Promise<void> {
  const { rows } = await admin.query<{ pid: number }>(
    `select pid from pg_stat_activity where application_name = 'tradewright' order by query_start desc limit 1`,
  )
  for (const { pid } of rows) process.kill(pid, 'SIGKILL')
  expect(rows.length).toBe(1)
}

/** The product runs on today's date, so this year and the next have months to post into. */
async function openPeriods(admin: pg.Client): Promise<void> {
  await admin.query(
    `insert into ledger.period (company_id, id, code, starts, ends)
     select ${ALPHA}, gen_random_uuid(), to_char(m, 'YYYY-MM'), m::date, (m + interval '1 month - 1 day')::date
       from generate_series(date_trunc('year', now() - interval '1 day'), date_trunc('year', now()) + interval '23 months', interval '1 month') m
     on conflict do nothing`,
  )
}

describe.runIf(process.platform === 'linux')('the product', () => {
  test('F2 F35: its database killed again and again, then all of it at once, nothing acknowledged is lost', async () => {
    const home = join(await folder(), 'home')
    let served = await serving(['--home', home, '--no-demo'])
    const guest = await startEmbedded({ home })
    const session = async () => {
      const client = new pg.Client({ connectionString: guest.ownerUrl })
      client.on('error', () => undefined)
      await client.connect()
      return client
    }
    const kernel = openKernel(guest.url, { max: 2 })
    let world: World = await layWorld(await session(), kernel)
    await openPeriods(world.admin)
    const load = startLoad(world, await layPairs(world, 'LOAD', 6, 5000), () => served.url)
    await busy(load, 20)
    await killEverybodyIn(guest.dataDirectory)
    await busy(load, 15)
    // One session dies, as when memory runs out: PostgreSQL ends all the others and recovers by itself.
    await killOneSession(await session())
    await busy(load, 22)
    await killEverybodyIn(guest.dataDirectory)
    await busy(load, 17)
    expect(served.said().match(/The database runs again/g)?.length).toBe(2)
    // The power goes: product and database at the same moment.
    served.child.kill('SIGKILL')
    await killEverybodyIn(guest.dataDirectory)
    served = await serving(['--home', home, '--no-demo'])
    await busy(load, 20)
    await load.stop()
    world = { ...world, admin: await session() }
    console.info(`${load.ways.length} ways, ${stepsOf(load)} steps`)
    expect([load.refused, await disagreements(world, load)]).toEqual([[], []])
    expect(await brokenChecks(world)).toEqual([])
    expect((await tradewright(['audit', 'verify', '--home', home, '--json'])).json()).toMatchObject({ ok: true })
    await world.admin.end()
    await kernel.close()
    expect(await served.stop()).toBe(0)
    await guest.stop()
    expect(readdirSync(guest.dataDirectory)).not.toContain('postmaster.pid')
  })
})
