// Twenty sites on three releases: what was planted among them is found, all of it, and nothing else is reported.
import { beforeAll, describe, expect, test } from 'vitest'
import { type Context, SYSTEM } from '#kernel/context'
import { loadFleet, SITES } from '../../src/demo/fleet/fleet.ts'
import { CONFLICTS, DEVIATIONS, DRIFT } from '../../src/demo/fleet/planted.ts'
import { modules } from '../../src/modules/index.ts'
import { testDatabase } from '../support/database.ts'
import { question } from './support/enterprise.ts'

const NOW = new Date('2026-03-02T15:00:00Z')
let database: Awaited<ReturnType<typeof testDatabase>>
let sites: { id: string; code: string; company_id: number; wave: number; release: string }[] = []

beforeAll(async () => {
  database = await testDatabase()
  await loadFleet(database.kernel, modules, NOW)
  const { rows } = await database.admin.query(
    `select s.id, s.code, s.company_id, s.wave, r.number as release from rollout.site s join rollout.release r on r.id = s.release_id order by s.code`,
  )
  sites = rows
})

const at = (companyId: number): Context => ({
  principal: SYSTEM,
  companyId,
  channel: 'api',
  now: NOW,
  today: '2026-03-02',
})
type Row = { kind: string; key: string; field: string | null; expired: string | null; how: string; who: string | null }

describe('a fleet of twenty sites', () => {
  test('TPL-12 stands in four waves on three releases', () => {
    expect(sites.length).toBe(SITES)
    expect([...new Set(sites.map((one) => one.wave))]).toEqual([1, 2, 3, 4])
    expect([...new Set(sites.map((one) => one.release))].sort()).toEqual(['1.0.0', '1.1.0', '1.2.0'])
  })

  test('TPL-05 TPL-06 every planted drift and every deviation that ran out is found at its site, and nothing else anywhere', async () => {
    const found: string[] = []
    const ways = new Map<string, string>()
    for (const one of sites) {
      for (const row of await question('rollout.drift').ask<Row>(database.kernel, at(one.company_id), {
        site: one.id,
      })) {
        found.push(`${one.code} ${row.kind} ${row.key} ${row.field ?? 'whole'}${row.expired ? ' expired' : ''}`)
        ways.set(one.code, row.how)
      }
    }
    const planted = [
      ...DRIFT.map((one) => `${one.site} ${one.kind} ${one.key} ${one.field ?? 'whole'}`),
      ...DEVIATIONS.filter((one) => one.days < 0).map(
        (one) => `${one.site} ${one.kind} ${one.key} ${one.field} expired`,
      ),
    ]
    expect(found.sort()).toEqual(planted.sort())
    for (const { site, by } of DRIFT) expect(ways.get(site)).toMatch(by === 'sql' ? /^SQL as / : new RegExp(`^${by}, `))
  })

  test('SEC-04 the people with two hats are found, and nobody else', async () => {
    const found = await question('rollout.held-conflicts').ask<{ company: string; email: string }>(
      database.kernel,
      at(sites[0]?.company_id ?? 0),
      {},
    )
    expect([...new Set(found.map((one) => `${one.company} ${one.email}`))]).toEqual(
      CONFLICTS.map((one) => `${one.site} ${one.email}`),
    )
  })

  test('TPL-08 what-if shows what the newest release would do to all of them', async () => {
    const effects = await question('rollout.what-if').ask<{ site: string; key: string; effect: string }>(
      database.kernel,
      at(sites[0]?.company_id ?? 0),
      { release: '1.2.0' },
    )
    const behind = sites.filter((one) => one.release !== '1.2.0').map((one) => one.code)
    expect([...new Set(effects.map((one) => one.site))].sort()).toEqual(behind)
    expect(
      effects
        .filter((one) => one.key === 'NET14')
        .map((one) => one.site)
        .sort(),
    ).toEqual(sites.filter((one) => one.release === '1.0.0').map((one) => one.code))
    expect(effects.every((one) => one.effect === 'update')).toBe(true)
  })
})
