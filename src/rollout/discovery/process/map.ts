// Mapping a process of a site.
import { Type } from '@sinclair/typebox'
import { creation } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { rightFor, seatFor } from '../../governance/policy.ts'
import { siteOf } from '../../governance/site.ts'
import { once } from '../once.ts'
import { process } from './process.ts'

/** `area` is the process family whose owner approves, such as 'order-to-cash'; `volume` is times a month. */
export const mapped = {
  area: T.code(),
  name: T.text(120),
  variant: T.optional(T.text(120)),
  volume: T.integer(0, 100_000_000),
  owner: T.text(120),
  system: T.text(120),
  stance: T.choice(['standardise', 'differentiator']),
  steps: T.optional(Type.Array(T.text(300), { maxItems: 100 })),
}
export const MapInput = T.object({ id: T.optional(T.id()), site: T.ref('rollout.site'), ...mapped })

/** The seat of the owner of an area. Refuses AREA_NEEDED. */
export const ownerOf = (area: string) => seatFor(rightFor('workflow-policy').decides, area)

export const map = creation(process.verbs.map, MapInput, async ({ tx, companyId, ids, input, numbers, now }) => {
  for (const [at, one] of input.entries()) {
    const site = await siteOf(tx, companyId, one.site)
    ownerOf(one.area)
    await once(
      `${one.name}${one.variant ? `, ${one.variant}` : ''}`,
      tx.run(sql`insert into rollout.process (company_id, id, number, state, site_id, area, name, variant, volume, owner, system, stance, steps, created_at, updated_at)
        values (${companyId}, ${ids[at]}, ${numbers[at]}, 'mapped', ${site.id}, ${one.area}, ${one.name}, ${one.variant ?? ''}, ${one.volume}, ${one.owner}, ${one.system},
          ${one.stance}, ${JSON.stringify(one.steps ?? [])}::jsonb, ${now}, ${now})`),
    )
  }
})
