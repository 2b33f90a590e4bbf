// kill -9 of PostgreSQL with all its processes at every statement of four verbs: it recovers, the server stays, one effect each.
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type OwnDatabase, ownDatabase } from '../support/faults-database.ts'
import { brokenChecks, complaints, misplaced, undisturbed } from '../support/faults-judge.ts'
import { disagreements, startLoad } from '../support/faults-load.ts'
import { ask, boundariesOf, type Reply, type Round, rounds, type Tasks } from '../support/faults-rounds.ts'
import { type RunningServer, type Servers, servers } from '../support/faults-server.ts'
import { type Case, dealer, layCases, layPairs, layWorld, type Verb, type World } from '../support/faults-world.ts'
import { limitOf } from '../support/targets.ts'

// A hundred kills take a minute and a half by themselves, and several times that where others want the machine too.
vi.setConfig({ testTimeout: 900_000 })

describe.runIf(process.platform === 'linux')('a database of our own', () => {
  let db: OwnDatabase
  let crew: Servers
  let server: RunningServer
  let world: World
  let take: ReturnType<typeof dealer>
  let probe: Case
  const recoveries: number[] = []
  const meanwhile: Reply[] = []

  beforeAll(async () => {
    db = await ownDatabase()
    world = await layWorld(await db.admin(), db.kernel)
    take = dealer(await layCases(world, 'CASE', 50))
    probe = take('confirm')
    crew = await servers(db.url)
    server = await crew.start()
  })
  afterAll(async () => {
    await crew?.clear()
    await db?.clear()
  })

  /** The blow falls on the database; the server stays, and is asked while there is none. */
  const roundOn = (): Round => ({
    origin: () => server.origin,
    after: () => server.origin,
    apiKey: world.key,
    arm: (traps) => server.proxy.arm(traps),
    take,
    async strike() {
      server.proxy.cut()
      await db.kill()
      server.proxy.sever()
      meanwhile.push(await ask(server.origin, world.key, probe))
      recoveries.push(await db.restart())
    },
  })

  test('F2: killed at every statement, under load, nothing acknowledged is lost and nothing is done twice', async () => {
    const model = await undisturbed(world, server, take)
    const load = startLoad(world, await layPairs(world, 'LOAD', 3, 5000), () => server.origin)
    const of = (verb: Verb) => boundariesOf(model[verb].statements)
    const tasks: Tasks = { confirm: of('confirm'), ship: of('ship'), issue: of('issue'), receive: of('receive') }
    // And a few blows in the very moment after the answer.
    for (const verb of ['confirm', 'ship', 'issue', 'receive'] as const)
      for (let n = 0; n < 3; n++) tasks[verb].push({ boundary: null })
    const wanted = Object.values(tasks)
      .flat()
      .filter((one) => one.boundary).length
    const outcomes = await rounds(roundOn(), tasks)
    await load.stop()
    world = { ...world, admin: await db.admin() }
    const slowest = Math.trunc(Math.max(...recoveries))
    console.info(`${recoveries.length} kills, slowest start ${slowest} ms, ${load.ways.length} ways beside`)
    expect(outcomes.filter((one) => one.reached).length).toBe(wanted)
    expect(await complaints(world, model, outcomes)).toEqual([])
    expect(misplaced(model, outcomes)).toEqual([])
    expect([load.refused, await disagreements(world, load)]).toEqual([[], []])
    expect(await brokenChecks(world)).toEqual([])
    // The server has lived through all of it, said "not now" while there was no database, and is well.
    expect(server.alive()).toBe(true)
    const said = meanwhile.map((one) => (one === 'lost' ? one : `${one.status} ${one.body.code} ${one.body.retry}`))
    expect([...new Set(said)]).toEqual(['503 DATABASE_UNREACHABLE yes'])
    expect(slowest).toBeLessThan(limitOf('recovery-time'))
  })

  test('F2 control: with commits that are acknowledged before they are written down, some are lost, and it is seen', async () => {
    const admin = await db.admin()
    await admin.query(`alter database tradewright set synchronous_commit = off`)
    await admin.query(`alter system set wal_writer_delay = '10s'`)
    await db.kill()
    await db.restart()
    world = { ...world, admin: await db.admin() }
    const model = await undisturbed(world, server, take)
    const none = () => Array.from({ length: 3 }, () => ({ boundary: null }))
    const outcomes = await rounds(roundOn(), { confirm: none(), ship: none(), issue: none(), receive: none() })
    world = { ...world, admin: await db.admin() }
    const found = await complaints(world, model, outcomes)
    expect(found).toContainEqual(expect.stringMatching(/what was acknowledged was done once more/))
  })
})
