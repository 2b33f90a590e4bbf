// What `tradewright site` does with plans and drift: make one, approve it by its hash, apply it, and see what differs.
import type { Context } from '#kernel/context'
import { sql, transaction } from '#kernel/db'
import type { Kernel } from '#kernel/kernel'
import { actingIn } from './acting.ts'
import { withDatabase } from './options.ts'
import { EXIT } from './output.ts'
import { ask, type Given, refuse, run, type Site, siteOf } from './site-find.ts'
import { configured, tableOf } from './table.ts'

type Stored = {
  id: string
  number: string
  hash: string
  items: readonly Step[]
  drift: readonly Differs[]
  kept: readonly object[]
  complete: boolean
  applyable: boolean
}
type Step = {
  kind: string
  key: string
  change: string
  reason: string
  fields: readonly { field: string; from: unknown; to: unknown }[]
}
type Differs = { kind: string; key: string; field: string | null; what: string; template: unknown; live: unknown }

/** See `tradewright site plan --help`. */
export async function plan(code: string, given: Given & { revert?: string[]; revertAll?: boolean }): Promise<void> {
  await withDatabase(given, async ({ kernel }, output) => {
    const found = await siteOf(kernel, code)
    const context = await actingIn(kernel, found.company, given)
    const input = {
      site: found.id,
      ...(given.revert ? { revert: given.revert } : {}),
      ...(given.revertAll ? { revertAll: true } : {}),
    }
    const answer = await run('rollout.plan.make').run(kernel, context, { input: [input] })
    const stored = await planOf(kernel, found, answer.ids[0] ?? '')
    const { number, hash, items, drift: drifted, kept, complete, applyable } = stored
    output.result(
      { ok: applyable, plan: number, hash, items, drift: drifted, kept, complete, applyable },
      tell(code, stored),
    )
    return applyable ? EXIT.ok : EXIT.no
  })
}

function tell(code: string, { number, hash, items, drift: drifted, kept, applyable }: Stored): string {
  const changed = items.map((one) => ({
    change: one.change,
    kind: one.kind,
    object: one.key,
    values: one.fields
      .map((field) => `${field.field}: ${configured(field.from)} -> ${configured(field.to)}`)
      .join('; '),
    reason: one.reason,
  }))
  const lines = [
    `${number} of ${code}: ${items.length} ${items.length === 1 ? 'step' : 'steps'}, ${drifted.length} drifted, ${kept.length} allowed ${kept.length === 1 ? 'difference' : 'differences'}.`,
    ...(changed.length > 0 ? [tableOf(changed)] : []),
    ...drifted.map(
      (one) =>
        `drift: ${one.kind} ${one.key}${one.field ? ` ${one.field}` : ''} ${one.what}: ${configured(one.template)} -> ${configured(one.live)}`,
    ),
    applyable
      ? `${items.length === 0 ? 'It changes nothing. ' : ''}Somebody else approves it by its hash, then it is applied:\n  tradewright site approve ${code} ${hash}\n  tradewright site apply ${code} ${hash}`
      : 'The site and the template changed the same value: revert, adopt or waive it, and plan again.',
  ]
  return lines.join('\n')
}

async function planOf(kernel: Kernel, found: Site, id: string): Promise<Stored> {
  const row = await transaction(kernel.pool, { companies: [found.company_id] }, (tx) =>
    tx.first(
      sql<Stored>`select id, number, encode(hash, 'hex') as hash, items, drift, kept, complete, applyable from rollout.plan where company_id = ${found.company_id} and id = ${id}`,
    ),
  )
  return row ?? refuse('NO_SUCH_PLAN', { code: found.code, hash: id })
}

type Waiting = { id: string; hash: string; number: string; state: string }

/** The newest plan of the site whose hash begins so and that waits. Refuses NO_SUCH_PLAN, or PLAN_OVER when none of them waits any more. */
async function byHash(kernel: Kernel, found: Site, hash: string): Promise<Waiting> {
  // An empty word, as of a variable that is not set, would mean whatever plan comes first.
  if (!/^[0-9a-f]{4,64}$/i.test(hash)) return refuse('NO_SUCH_PLAN', { code: found.code, hash: `"${hash}"` })
  const row = await transaction(kernel.pool, { companies: [found.company_id] }, (tx) =>
    tx.first(sql<Waiting>`select id, number, state, encode(hash, 'hex') as hash from rollout.plan
      where company_id = ${found.company_id} and site_id = ${found.id} and starts_with(encode(hash, 'hex'), ${hash.toLowerCase()})
      order by state in ('made', 'approved') desc, created_at desc, id desc limit 1`),
  )
  if (!row) return refuse('NO_SUCH_PLAN', { code: found.code, hash })
  const { number, state } = row
  return state === 'made' || state === 'approved' ? row : refuse('PLAN_OVER', { code: found.code, number, state })
}

/** See `tradewright site approve --help`. */
export async function approve(code: string, hash: string, given: Given): Promise<void> {
  await decide('approve', code, hash, given)
}

/** See `tradewright site apply --help`. */
export async function apply(code: string, hash: string, given: Given): Promise<void> {
  await decide('apply', code, hash, given)
}

async function decide(verb: 'approve' | 'apply', code: string, hash: string, given: Given): Promise<void> {
  await withDatabase(given, async ({ kernel }, output) => {
    const found = await siteOf(kernel, code)
    const one = await byHash(kernel, found, hash)
    if (verb === 'apply' && one.state === 'made')
      refuse('PLAN_NOT_APPROVED', { code: found.code, number: one.number, hash: one.hash })
    const context = await actingIn(kernel, found.company, given)
    await run(`rollout.plan.${verb}`).run(kernel, context, {
      ids: [one.id],
      input: verb === 'approve' ? { hash: one.hash } : {},
    })
    output.result(
      { ok: true, plan: one.number, hash: one.hash },
      verb === 'approve'
        ? `${one.number} of ${found.code} is approved. Apply it with \`tradewright site apply ${found.code} ${one.hash}\`.`
        : `${one.number} of ${found.code} is applied.`,
    )
    return EXIT.ok
  })
}

type Drifted = Differs & {
  label: string
  who: string | null
  at: string | null
  how: string | null
  expired: string | null
}

type Place = { id: string; behind: number; may_be_behind: number }

/** How many releases the site is behind, and how many it may be. */
async function placeOf(kernel: Kernel, context: Context, id: string): Promise<Place> {
  const board = await ask('rollout.board').ask<Place>(kernel, context, {})
  return board.find((one) => one.id === id) ?? { id, behind: 0, may_be_behind: 0 }
}

/** See `tradewright site drift --help`. */
export async function drift(code: string, given: Given): Promise<void> {
  await withDatabase(given, async ({ kernel }, output) => {
    const found = await siteOf(kernel, code)
    const context = await actingIn(kernel, found.company, given)
    const rows = await ask('rollout.drift').ask<Drifted>(kernel, context, { site: found.id })
    const shown = rows.map((one) => ({
      object: `${one.label} ${one.key}`,
      field: one.field ?? '',
      what: one.expired ? `${one.what}, ${one.expired} ran out` : one.what,
      template: configured(one.template),
      live: configured(one.live),
      who: one.who ?? '',
      at: one.at ?? '',
      how: one.how ?? '',
    }))
    const { behind, may_be_behind: allowed } = await placeOf(kernel, context, found.id)
    const late =
      behind > allowed ? `\n${found.code} is ${behind} releases behind, and may be ${allowed}: have it follow one.` : ''
    output.result(
      { ok: rows.length === 0, drift: rows, behind, mayBeBehind: allowed },
      (rows.length === 0 ? `Nothing has drifted at ${found.code}.` : tableOf(shown)) + late,
    )
    return rows.length === 0 ? EXIT.ok : EXIT.no
  })
}
