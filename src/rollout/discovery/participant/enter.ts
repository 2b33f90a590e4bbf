// Entering who took part in a workshop; the answer names the functions that nobody has spoken for yet.
import { Type } from '@sinclair/typebox'
import { creation } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { policy } from '../../governance/policy.ts'
import { siteOf } from '../../governance/site.ts'
import { once } from '../once.ts'
import { refuse } from '../refusals.ts'
import { participant } from './participant.ts'

export const EnterInput = T.object({
  id: T.optional(T.id()),
  site: T.ref('rollout.site'),
  function: T.code(),
  name: T.text(120),
  workshop: T.text(120),
  heldOn: T.optional(T.date()),
})

export const enter = creation(
  participant.verbs.enter,
  EnterInput,
  async ({ tx, companyId, ids, input, now, today }) => {
    const known = policy().functions.map((one) => one.function)
    const sites = new Set<string>()
    for (const [at, one] of input.entries()) {
      if (!known.includes(one.function)) refuse('FUNCTION_UNKNOWN', { function: one.function, known: known.join(', ') })
      const site = await siteOf(tx, companyId, one.site)
      sites.add(site.id)
      await once(
        `${one.name} in ${one.workshop}`,
        tx.run(sql`insert into rollout.participant (company_id, id, state, site_id, function, name, workshop, held_on, created_at, updated_at)
          values (${companyId}, ${ids[at]}, 'took-part', ${site.id}, ${one.function}, ${one.name}, ${one.workshop}, ${one.heldOn ?? today}, ${now}, ${now})`),
      )
    }
    const heard = await tx.rows(sql<{ function: string }>`select p.function from rollout.participant p
      where p.company_id = ${companyId} and p.site_id = any(${[...sites]}::uuid[]) and p.state = 'took-part' group by p.function having count(distinct p.site_id) = ${sites.size}`)
    return { result: { missing: known.filter((one) => !heard.some((each) => each.function === one)) } }
  },
  Type.Object({ missing: Type.Array(Type.String()) }),
)
