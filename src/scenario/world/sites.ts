// The rollout in the world of scenarios: the template is out as a release, both companies follow it, and two seats are held.
import { sql, transaction } from '#kernel/db'
import type { Template } from '../../setup/index.ts'
import type { Layer } from '../world.ts'

type Given = { readonly taxArea: string; readonly choices: Readonly<Record<string, unknown>> }

/** The release of this template; in a copy of a database in use it may be out already. */
export async function layRelease(
  layer: Layer,
  number: string,
  files: Readonly<Record<string, string>>,
): Promise<void> {
  const there = await transaction(layer.kernel.pool, { companies: [] }, (tx) =>
    tx.first(sql`select 1 from rollout.release where number = ${number}`),
  )
  if (!there) await layer.create('rollout.release.publish', [{ files, notes: 'The template' }])
}

/** Opens the site of a company and applies its first plan. Its id is called 'site/ALPHA'. */
export async function laySite(
  layer: Layer,
  ids: Record<string, string>,
  template: Template,
  given: Given,
): Promise<void> {
  const { code } = layer.company
  const [site = ''] = await layer.create('rollout.site.open', [
    {
      ...given,
      code,
      name: code,
      kind: 'company',
      scope: 'company',
      wave: 1,
      owner: 'rollout-lead',
      release: template.version,
    },
  ])
  ids[`site/${code}`] = site
  const [plan = ''] = await layer.create('rollout.plan.make', [{ site }])
  const made = await transaction(layer.kernel.pool, { companies: [layer.company.id] }, (tx) =>
    tx.first(sql<{ hash: string }>`select encode(hash, 'hex') as hash from rollout.plan where id = ${plan}`),
  )
  await layer.act('rollout.plan.approve', [plan], { hash: made?.hash ?? '' })
  await layer.act('rollout.plan.apply', [plan])
}

/** Accounts of the ledger that scenarios change: 'account/1200', and 'account/BETA/1200' of the other company. */
export async function nameAccounts(layer: Layer, ids: Record<string, string>): Promise<void> {
  const { id, code } = layer.company
  const rows = await transaction(layer.kernel.pool, { companies: [id] }, (tx) =>
    tx.rows(sql<{ code: string; id: string }>`select code, id from ledger.account where company_id = ${id}`),
  )
  const prefix = code === 'ALPHA' ? 'account' : `account/${code}`
  for (const row of rows) ids[`${prefix}/${row.code}`] = row.id
}

/** Who decides on deviations, and who may go on against a red gate. `emails` by role. */
export async function laySeats(layer: Layer, emailOf: (role: string) => string): Promise<void> {
  // In a copy of a database in use somebody else may sit there; scenarios need their own people.
  const seats = { 'design-authority': 'design-authority', 'executive-sponsor': 'steering-sponsor' }
  for (const [seat, role] of Object.entries(seats)) {
    await layer.create('rollout.seat.appoint', [{ seat, person: emailOf(role) }])
  }
}
