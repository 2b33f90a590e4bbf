// Listing the links of a site to other systems.
import { creation } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { siteOf } from '../../governance/site.ts'
import { once } from '../once.ts'
import { integration } from './integration.ts'

/** `volume` is messages a day. */
export const AddInput = T.object({
  id: T.optional(T.id()),
  site: T.ref('rollout.site'),
  name: T.text(120),
  direction: T.choice(['in', 'out', 'both']),
  volume: T.integer(0, 1_000_000_000),
  criticality: T.choice(['low', 'medium', 'high']),
  owner: T.text(120),
})

export const add = creation(integration.verbs.add, AddInput, async ({ tx, companyId, ids, input, numbers, now }) => {
  for (const [at, one] of input.entries()) {
    const site = await siteOf(tx, companyId, one.site)
    await once(
      `The link ${one.name}`,
      tx.run(sql`insert into rollout.integration (company_id, id, number, state, site_id, name, direction, volume, criticality, owner, created_at, updated_at)
        values (${companyId}, ${ids[at]}, ${numbers[at]}, 'listed', ${site.id}, ${one.name}, ${one.direction}, ${one.volume}, ${one.criticality}, ${one.owner}, ${now}, ${now})`),
    )
  }
})
