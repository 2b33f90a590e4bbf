// Opening the next ring of a release, when every site of those before has proven that it holds.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import type { Tools } from '../../tools.ts'
import { shownBy } from './proof.ts'
import { refuse } from './refusals.ts'
import { ring } from './ring.ts'

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
        where release_id = ${one.release_id} and ring < ${one.ring}::int and state = 'planned' order by ring limit 1`)
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
