// Planning the rings of a release, all at once, and opening the next when those before have proven the release.
import { readCompanies } from '#kernel/access/companies'
import { command, creation } from '#kernel/command'
import { grantsFor } from '#kernel/context'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { refuse as refuseSite } from '../../refusals.ts'
import { releaseOf } from '../../site/open.ts'
import type { Tools } from '../../tools.ts'
import { seeingAll } from '../trial/offered.ts'
import { shownBy } from './proof.ts'
import { refuse } from './refusals.ts'
import { ring } from './ring.ts'

const Placed = T.object({
  site: T.idOf('rollout.site'),
  code: T.code(),
  company: T.integer(0, 2_000_000_000),
  reason: T.text(),
})

/**
 * Keeps the rings of one release; ring 0 is open at once. Refuses RELEASE_UNKNOWN, RELEASE_WITHDRAWN, RINGS_THERE, and
 * RINGS_INCOMPLETE unless each site where the caller may plan stands in one of them; SITE_NOT_HERE for any other.
 */
export const plan = creation(
  ring.verbs.plan,
  T.object({
    id: T.optional(T.id()),
    release: T.code(),
    ring: T.integer(0, 1000),
    name: T.text(),
    quietDays: T.integer(0, 10_000),
    sites: T.list(Placed, 100_000, 0),
  }),
  async (call) => {
    const { tx, now, actor } = call
    const number = call.input[0]?.release ?? ''
    const release = await releaseOf(tx, number)
    const other = call.input.find((one) => one.release !== number)
    const there = await tx.first(sql`select 1 from rollout.ring where release_id = ${release.id} limit 1`)
    if (there || other) refuse('RINGS_THERE', { number })
    const placed = call.input.flatMap((one) => one.sites.map((each) => each.site))
    const reach = (one: { id: number }) => grantsFor(call.context.principal, ring.verbs.plan.may, one.id).length > 0
    const companies = (await readCompanies(call.kernel)).filter(reach).map((one) => one.id)
    const sites = await seeingAll(tx, () =>
      tx.rows(
        sql<{
          id: string
          code: string
        }>`select id, code from rollout.site where company_id = any(${companies}::int[]) order by code`,
      ),
    )
    const strange = placed.find((id) => !sites.some((one) => one.id === id))
    if (strange !== undefined) refuseSite('SITE_NOT_HERE', { id: strange })
    for (const { id, code } of sites) {
      const times = placed.filter((one) => one === id).length
      if (times !== 1) refuse('RINGS_INCOMPLETE', { number, site: code, times })
    }
    const states = new Map<string, string>()
    for (const [at, one] of call.input.entries()) {
      const id = call.ids[at] ?? ''
      const open = one.ring === 0
      states.set(id, open ? 'open' : 'planned')
      const codes = one.sites.map((each) => each.code).join(', ')
      await tx.run(sql`insert into rollout.ring (id, number, state, release_id, ring, name, sites, codes, quiet_days, planned_by, opened_by, opened_at, proof, created_at, updated_at)
        values (${id}, ${`${number}/${one.ring}`}, ${open ? 'open' : 'planned'}, ${release.id}, ${one.ring}::int, ${one.name}, ${JSON.stringify(one.sites)}::jsonb, ${codes}, ${one.quietDays}::int, ${actor},
          ${open ? actor : null}, ${open ? now : null}, ${open ? '[]' : null}::jsonb, ${now}, ${now})`)
    }
    return { states }
  },
)

type Row = { id: string; ring: number; release_id: string; number: string }

/** Opens rings. Refuses RING_NOT_READY with the first site of a ring before that has something left to show. */
export const open = (tools: Tools) =>
  command(ring.verbs.open, T.object({}), async (call) => {
    const { tx, now, actor } = call
    const rings =
      await tx.rows(sql<Row>`select g.id, g.ring, g.release_id, r.number from rollout.ring g join rollout.release r on r.id = g.release_id
      join ${call.set} c on c.id = g.id order by g.ring`)
    const changes = new Map<string, unknown>()
    for (const one of rings) {
      const closed = await tx.first(sql<{ ring: number; codes: string }>`select ring, codes from rollout.ring
        where release_id = ${one.release_id} and ring < ${one.ring}::int and state <> 'open' order by ring limit 1`)
      if (closed) refuse('RING_NOT_READY', { ring: one.ring, site: closed.codes, why: `waits for ring ${closed.ring}` })
      const release = { id: one.release_id, number: one.number }
      const shown = await shownBy(tx, tools, { release, below: one.ring, now })
      const missing = shown.find((each) => each.why !== null)
      if (missing) refuse('RING_NOT_READY', { ring: one.ring, site: missing.site, why: missing.why })
      await tx.run(
        sql`update rollout.ring set state = 'open', opened_by = ${actor}, opened_at = ${now}, proof = ${JSON.stringify(shown)}::jsonb where id = ${one.id}`,
      )
      changes.set(one.id, { release: one.number, ring: one.ring, proof: shown })
    }
    return { changes }
  })
