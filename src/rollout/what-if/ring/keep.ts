// Keeping a plan of rings: what every plan must hold, first or later, and how its rings are written.
import type { Static } from '@sinclair/typebox'
import { readCompanies } from '#kernel/access/companies'
import type { Call } from '#kernel/command'
import { grantsFor } from '#kernel/context'
import { sql, type Tx } from '#kernel/db'
import { T } from '#kernel/schema'
import { refuse as refuseSite } from '../../refusals.ts'
import { releaseOf } from '../../site/open.ts'
import { seeingAll } from '../trial/offered.ts'
import { refuse } from './refusals.ts'

const Placed = T.object({
  site: T.idOf('rollout.site'),
  code: T.code(),
  company: T.integer(0, 2_000_000_000),
  reason: T.text(),
})

/** One ring of a plan; a call gives all rings of one release. */
export const RingInput = T.object({
  id: T.optional(T.id()),
  release: T.code(),
  ring: T.integer(0, 1000),
  name: T.text(),
  quietDays: T.integer(0, 10_000),
  sites: T.list(Placed, 100_000, 0),
})
type Given = Static<typeof RingInput>

export type Planning = Call<readonly Given[]>
type Release = { readonly id: string; readonly number: string }

/** A ring that stands: planned or open, of the plan that counts. */
export type Standing = {
  readonly id: string
  readonly ring: number
  readonly state: 'planned' | 'open'
  readonly plan: number
}

/** The rings that stand of a release, locked, so that no site follows it meanwhile; none when none are planned. */
export const standingRings = (tx: Tx, releaseId: string): Promise<readonly Standing[]> =>
  tx.rows(sql<Standing>`select id, ring, state, plan from rollout.ring
    where release_id = ${releaseId} and state <> 'withdrawn' order by id for no key update`)

type Follower = { readonly site: string; readonly code: string; readonly ring: number | null }

/** The sites that follow the release, each with the ring in which it stands, null for none. */
export const followersOf = (tx: Tx, releaseId: string): Promise<readonly Follower[]> =>
  seeingAll(tx, () =>
    tx.rows(sql<Follower>`select s.id as site, s.code, g.ring from rollout.site s
        left join rollout.ring g on g.release_id = s.release_id and g.state <> 'withdrawn' and g.sites @> jsonb_build_array(jsonb_build_object('site', s.id))
       where s.release_id = ${releaseId} order by g.ring, s.code`),
  )

/** Refuses RING_OF_FOLLOWER when a site that follows the release already would stand behind ring 0. */
export function refuseMoved(followers: readonly Follower[], input: readonly Given[], number: string): void {
  const late = new Set(input.flatMap((one) => (one.ring > 0 ? one.sites.map((each) => each.site) : [])))
  const moved = followers.find((one) => late.has(one.site))
  if (moved) refuse('RING_OF_FOLLOWER', { site: moved.code, number })
}

/** Refuses RINGS_UNDERWAY when a site of a ring behind the first follows the release already. */
export function refuseUnderway(followers: readonly Follower[], number: string): void {
  const late = followers.find((one) => one.ring !== null && one.ring > 0)
  if (late) refuse('RINGS_UNDERWAY', { site: late.code, ring: late.ring, number })
}

/** Which plan of the release the next one is: 1 for the first. */
export async function nextPlan(tx: Tx, releaseId: string): Promise<number> {
  const found = await tx.first(
    sql<{ plan: number }>`select coalesce(max(plan), 0) + 1 as plan from rollout.ring where release_id = ${releaseId}`,
  )
  return found?.plan ?? 1
}

/** The release that all rings of the call are about. Refuses RELEASE_UNKNOWN, RELEASE_WITHDRAWN and RINGS_OF_TWO. */
export async function releaseOfAll({ tx, input }: Planning): Promise<Release> {
  const number = input[0]?.release ?? ''
  const release = await releaseOf(tx, number)
  const other = input.find((one) => one.release !== number)
  if (other) refuse('RINGS_OF_TWO', { number, other: other.release })
  return { id: release.id, number }
}

/** Refuses RINGS_INCOMPLETE unless each site where the caller may plan stands in one ring; SITE_NOT_HERE for any other. */
export async function refuseIncomplete({ tx, context, kernel, input }: Planning, number: string, may: string) {
  const placed = input.flatMap((one) => one.sites.map((each) => each.site))
  const reach = (one: { id: number }) => grantsFor(context.principal, may, one.id).length > 0
  const companies = (await readCompanies(kernel)).filter(reach).map((one) => one.id)
  type Site = { id: string; code: string }
  const sites = await seeingAll(tx, () =>
    tx.rows(sql<Site>`select id, code from rollout.site where company_id = any(${companies}::int[]) order by code`),
  )
  const strange = placed.find((id) => !sites.some((one) => one.id === id))
  if (strange !== undefined) refuseSite('SITE_NOT_HERE', { id: strange })
  for (const { id, code } of sites) {
    const times = placed.filter((one) => one === id).length
    if (times !== 1) refuse('RINGS_INCOMPLETE', { number, site: code, times })
  }
}

/** Writes the rings; ring 0 is open at once where `opens` says so. The numbers of a later plan say which it is. */
export async function writeRings(
  { tx, ids, input, actor, now }: Planning,
  release: Release,
  { plan, opens }: { readonly plan: number; readonly opens: boolean },
): Promise<Map<string, string>> {
  const states = new Map<string, string>()
  for (const [at, one] of input.entries()) {
    const id = ids[at] ?? ''
    const open = opens && one.ring === 0
    const number = plan === 1 ? `${release.number}/${one.ring}` : `${release.number}/${one.ring}-${plan}`
    states.set(id, open ? 'open' : 'planned')
    const codes = one.sites.map((each) => each.code).join(', ')
    await tx.run(sql`insert into rollout.ring (id, number, state, release_id, plan, ring, name, sites, codes, quiet_days, planned_by, opened_by, opened_at, proof, created_at, updated_at)
      values (${id}, ${number}, ${open ? 'open' : 'planned'}, ${release.id}, ${plan}::int, ${one.ring}::int, ${one.name}, ${JSON.stringify(one.sites)}::jsonb, ${codes}, ${one.quietDays}::int, ${actor},
        ${open ? actor : null}, ${open ? now : null}, ${open ? '[]' : null}::jsonb, ${now}, ${now})`)
  }
  return states
}
