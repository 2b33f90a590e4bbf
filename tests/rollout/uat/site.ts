// A site that is tested for acceptance: a company that follows the template, its applied plans, and runs played on the test server.

import { modules } from '../../../src/modules/index.ts'
import { onDatabase, openDatabases } from '../../../src/scenario/index.ts'
import { readTemplateFiles } from '../../../src/setup/index.ts'
import type { PlayGiven } from '../../../src/uat/index.ts'
import { playRun } from '../../../src/uat/index.ts'
import { TEMPLATE } from '../../support/global.ts'
import { APPROVER, enterprise, MAKER, NOW } from '../support/enterprise.ts'

const server = process.env.TRADEWRIGHT_TEST_SERVER ?? ''

/** A database with the world of scenarios of a template in it, laid once for all runs of a file; `clear` takes it away. */
export async function laidWorld(files = readTemplateFiles()) {
  const ground = { serverUrl: server, appUrl: (name: string) => onDatabase(server, name) }
  const databases = await openDatabases(ground, TEMPLATE, modules, { files })
  const { ownerUrl } = await databases.make()
  const playground: PlayGiven['playground'] = async () => ({
    ground,
    from: decodeURIComponent(new URL(ownerUrl).pathname.slice(1)),
    told: 'played on the test server',
    thrownAway: false,
    close: async () => undefined,
  })
  return { world: databases.world, ownerUrl, playground, clear: () => databases.clear() }
}

/** The company ALPHA as a site, with the enterprise's own, both brought to the template. */
export async function acceptanceSite(laid?: Awaited<ReturnType<typeof laidWorld>>) {
  const e = await enterprise([{ code: 'ALPHA', currency: 'USD', country: 'US' }])
  await e.release()
  const at = e.at('ALPHA', MAKER)
  const given = { release: e.template.version, kind: 'company', wave: 1, owner: 'Olga', taxArea: 'US-ALPHA' }
  const ids: Record<string, string> = {}
  for (const [code, scope] of [
    ['ALPHA', 'company'],
    ['GROUP', 'enterprise'],
  ] as const) {
    const { id } = await e.create('rollout.site.open', at, { ...given, code, name: code, scope })
    const plan = await e.create('rollout.plan.make', at, { site: id })
    const { rows } = await e.admin.query(`select encode(hash, 'hex') as hash from rollout.plan where id = $1`, [
      plan.id,
    ])
    await e.run('rollout.plan.approve', e.at('ALPHA', APPROVER), plan.id, { hash: rows[0].hash })
    await e.run('rollout.plan.apply', at, plan.id)
    ids[code] = id
  }
  await e.admin.query(`select set_config('tw.companies', '1', false)`)
  const start = async (scenarios?: readonly string[], more: object = {}) => {
    const input = { site: 'ALPHA', by: 'caller', ...(scenarios ? { scenarios } : {}), ...more }
    return (await e.create('rollout.uat-run.start', at, input)).id
  }
  const play = async (runId: string) => {
    if (!laid) throw new Error('nothing can be played without a world')
    const { world, playground } = laid
    return await playRun({ kernel: e.kernel, companyId: 1, runId, modules, clock: () => NOW, playground, world })
  }
  return { ...e, ids, start, play }
}
