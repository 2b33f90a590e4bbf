// `tradewright template rings`: in which rings the sites follow a release, what they have shown, and opening the next one.
import type { Context } from '#kernel/context'
import { sql, transaction } from '#kernel/db'
import type { Kernel } from '#kernel/kernel'
import { refusals } from '#kernel/refusal'
import type { Shown } from '../rollout/what-if/ring/proof.ts'
import type { Ring } from '../rollout/what-if/ring/propose.ts'
import { actingIn } from './acting.ts'
import { type Common, withDatabase } from './options.ts'
import { EXIT } from './output.ts'
import { ask, run, siteOf, sites } from './site-find.ts'
import { tableOf } from './table.ts'
import { refuseTemplate } from './template-refusals.ts'

const refuse = refusals({
  RING_NOT_PLANNED: {
    text: 'Release {number} has no ring {ring}. Have them planned with `tradewright template rings {number} --plan`.',
    kind: 'unknown',
  },
})

type Given = Common & {
  as?: string
  plan?: boolean
  replan?: string
  pilot?: string[]
  open?: string
  withdraw?: string
}
type Planned = { id: string; ring: number; name: string; state: string; sites: Ring['sites']; quietDays: number }

/** See `tradewright template rings --help`. */
export async function rings(number: string, given: Given): Promise<void> {
  await withDatabase(given, async ({ kernel }, output) => {
    const company = (await sites(kernel))[0]?.company ?? refuseTemplate('NO_SITES')
    const context = await actingIn(kernel, company, given)
    const pilots = (await Promise.all((given.pilot ?? []).map((code) => siteOf(kernel, code)))).map((one) => one.code)
    if (given.plan) await plan(kernel, context, { number, pilots, verb: 'plan' })
    if (given.replan !== undefined)
      await plan(kernel, { ...context, reason: given.replan }, { number, pilots, verb: 'replan' })
    if (given.withdraw !== undefined) await withdraw(kernel, { ...context, reason: given.withdraw }, number)
    if (given.open !== undefined) await open(kernel, context, number, given.open)
    const planned = await plannedOf(kernel, number)
    const found = planned.length > 0 ? planned : await proposed(kernel, context, number, pilots)
    const shown =
      planned.length > 0 ? await ask('rollout.ring-sites').ask<Shown>(kernel, context, { release: number }) : []
    output.result(
      { ok: true, release: number, planned: planned.length > 0, rings: found, sites: shown },
      tell(number, found, shown),
    )
    return EXIT.ok
  })
}

async function proposed(kernel: Kernel, context: Context, release: string, pilots: readonly string[]) {
  const parameters = { release, ...(pilots.length > 0 ? { pilots: pilots.join(',') } : {}) }
  const all = await ask('rollout.ring-proposal').ask<Ring>(kernel, context, parameters)
  return all.map((one) => ({ ...one, state: 'proposed' }))
}

type Planning = { readonly number: string; readonly pilots: readonly string[]; readonly verb: 'plan' | 'replan' }

async function plan(kernel: Kernel, context: Context, { number, pilots, verb }: Planning): Promise<void> {
  const all = await proposed(kernel, context, number, pilots)
  const input = all.map(({ state: _, ...one }) => ({ ...one, release: number }))
  await run(`rollout.ring.${verb}`).run(kernel, context, { input })
}

async function withdraw(kernel: Kernel, context: Context, number: string): Promise<void> {
  const ids = (await plannedOf(kernel, number)).map((one) => one.id)
  if (ids.length === 0) return refuse('RING_NOT_PLANNED', { number, ring: '0' })
  await run('rollout.ring.withdraw').run(kernel, context, { ids, input: {} })
}

const plannedOf = (kernel: Kernel, number: string): Promise<readonly Planned[]> =>
  transaction(kernel.pool, { companies: [] }, (tx) =>
    tx.rows(sql<Planned>`select g.id, g.ring, g.name, g.state, g.sites, g.quiet_days as "quietDays" from rollout.ring g
      join rollout.release r on r.id = g.release_id where r.number = ${number} and g.state <> 'withdrawn' order by g.ring`),
  )

async function open(kernel: Kernel, context: Context, number: string, ring: string): Promise<void> {
  const found = (await plannedOf(kernel, number)).find((one) => String(one.ring) === ring)
  if (!found) return refuse('RING_NOT_PLANNED', { number, ring })
  await run('rollout.ring.open').run(kernel, context, { ids: [found.id], input: {} })
}

type Told = Pick<Planned, 'ring' | 'name' | 'state' | 'sites' | 'quietDays'>

function tell(number: string, all: readonly Told[], shown: readonly Shown[]): string {
  const rows = all.flatMap(({ ring, name, state, sites: own }) =>
    own.map((one) => {
      const proof = shown.find((each) => each.site === one.code)
      return {
        ring: `${ring} ${name}`,
        state,
        site: one.code,
        because: one.reason,
        lacks: proof ? (proof.why ?? 'nothing') : '',
      }
    }),
  )
  const next = all.find((one) => one.state !== 'open')
  const told =
    next === undefined
      ? `Every ring of release ${number} is open.`
      : next.state === 'proposed'
        ? `Keep this with \`tradewright template rings ${number} --plan\`; ring 0 is open then.`
        : `Open the next one with \`tradewright template rings ${number} --open ${next.ring}\`.`
  return `${tableOf(rows)}\n${told}`
}
