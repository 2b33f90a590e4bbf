// A new site from the web: asked for by one, agreed to by another, brought up by the worker, and worked on by both.
import { beforeAll, expect, test } from 'vitest'
import { sql, transaction } from '#kernel/db'
import { newId } from '#kernel/ids'
import { jobsOf, runJob } from '#kernel/jobs'
import { modules } from '../../../src/modules/index.ts'
import { APPROVER, enterprise, MAKER, NOW, refusal } from '../support/enterprise.ts'

const wanted = {
  ...{ code: 'SITE4', name: 'Site four', currency: 'USD', country: 'US', timeZone: 'America/Chicago' },
  ...{ wave: 2, owner: 'Rollout lead', release: '1.0.0' },
}
type World = Awaited<ReturnType<typeof enterprise>>
let world: World

beforeAll(async () => {
  world = await enterprise([{ code: 'ALPHA', currency: 'USD', country: 'US' }])
  await world.release()
  for (const { id, name } of [MAKER, APPROVER])
    await world.admin.query(
      `insert into access.account (id, email, name, kind, created_at) values ($1, lower($2) || '@example.test', $2, 'person', now())`,
      [id, name],
    )
  const grants = [
    [MAKER.id, 'rollout-lead'],
    [APPROVER.id, 'design-authority'],
  ]
  for (const [account, role] of grants)
    await world.admin.query(
      `insert into access.role_grant (id, account_id, role, company_id, granted_by, reason) values (gen_random_uuid(), $1, $2, 1, $1, 'a test')`,
      [account, role],
    )
}, 120_000)

const work = async () => {
  const asked = { kernel: world.kernel, tasks: jobsOf(modules).tasks, clock: () => NOW, holder: newId() }
  while (await runJob(asked));
}
const one = async (id: string) =>
  (await world.admin.query('select state, plan, problem from rollout.new_site where id = $1', [id])).rows[0]
const ask = (more: object = {}) =>
  world.create('rollout.new-site.request', world.at('ALPHA', MAKER), { ...wanted, ...more })

test('TPL-03 TPL-04 a site that one asks for and another agrees to comes up from its release, with both at work on it', async () => {
  const { id } = await ask()
  expect(await refusal(world.run('rollout.new-site.approve', world.at('ALPHA', MAKER), id))).toBe('NEW_SITE_OWN')
  expect(await refusal(ask({ code: 'site4' }))).toBe('NEW_SITE_THERE')
  await world.run('rollout.new-site.approve', world.at('ALPHA', APPROVER), id)
  await work()
  expect(await one(id)).toMatchObject({ state: 'up', plan: expect.stringMatching(/^PLAN-/), problem: null })
  const { rows } = await world.admin.query(`select c.id, s.code, s.state, s.wave, p.state as plan from company.company c
    join rollout.site s on s.company_id = c.id join rollout.plan p on p.company_id = s.company_id and p.id = s.plan_id where c.code = 'SITE4'`)
  expect(rows).toMatchObject([{ code: 'SITE4', state: 'discovery', wave: 2, plan: 'applied' }])
  const context = { ...world.at('ALPHA'), companyId: rows[0].id }
  const { rows: sites } = await world.admin.query('select id from rollout.site where company_id = $1', [rows[0].id])
  expect(await world.ask('rollout.drift', context, { site: sites[0].id })).toEqual([])
  const people = await transaction(world.kernel.pool, { companies: [rows[0].id] }, (tx) =>
    tx.rows(
      sql`select a.name, g.role from access.role_grant g join access.account a on a.id = g.account_id where g.company_id = ${rows[0].id} order by 1`,
    ),
  )
  expect(people).toEqual([
    { name: APPROVER.name, role: 'design-authority' },
    { name: MAKER.name, role: 'rollout-lead' },
  ])
  expect(await refusal(ask())).toBe('NEW_SITE_THERE')
})

test('a site that its release has no rules for is refused when it is asked for, with what there is', async () => {
  expect(await refusal(ask({ code: 'KIWI', country: 'NZ' }))).toBe('TEMPLATE_UNKNOWN_NAME')
  expect(await refusal(ask({ code: 'NOMONEY', currency: 'XXX' }))).toBe('TEMPLATE_NOT_ALLOWED')
  expect(await refusal(ask({ code: 'BAD!' }))).toBe('COMPANY_CODE_INVALID')
  const { rows } = await world.admin.query(`select from rollout.new_site where code in ('KIWI', 'NOMONEY', 'BAD!')`)
  expect(rows).toEqual([])
})

test('TPL-03 what the template does not know is told on the request, which may be agreed to again or refused', async () => {
  const { id } = await ask({ code: 'MOON' })
  // As one stands there that was asked for before countries were looked at.
  await world.admin.query(`update rollout.new_site set country = 'XX' where id = $1`, [id])
  await world.run('rollout.new-site.approve', world.at('ALPHA', APPROVER), id)
  await work()
  expect(await one(id)).toMatchObject({ state: 'failed', plan: null, problem: expect.stringContaining('XX') })
  expect((await world.admin.query(`select from company.company where code = 'MOON'`)).rowCount).toBe(0)
  const no = { ...world.at('ALPHA', APPROVER), reason: 'There is no market' }
  await world.run('rollout.new-site.reject', no, id)
  expect(await one(id)).toMatchObject({ state: 'rejected', problem: null })
  expect(await refusal(world.run('rollout.new-site.conclude', world.at('ALPHA'), id, { plan: 'PLAN-1' }))).toBe(
    'WRONG_STATE',
  )
})
