// Filling the register of a site with every document of the product, so that nothing it can do is forgotten in the workshops.
import { type Command, creation } from '#kernel/command'
import { relation, sql } from '#kernel/db'
import { newId } from '#kernel/ids'
import { audit } from '#kernel/record'
import { T } from '#kernel/schema'
import { siteOf } from '../../governance/site.ts'
import type { Capability } from '../capability.ts'
import { throughLock } from '../lock.ts'
import { refuse } from '../refusals.ts'
import { requirement } from './requirement.ts'

const COLUMNS = { id: 'uuid', number: 'text', topic: 'text', title: 'text', detail: 'text', area: 'text' } as const

/** Those that are there stay as they are. Refuses NOTHING_NEW when all are, and REGISTER_LOCKED. */
export const generating = (capabilities: readonly Capability[]): Command =>
  creation(
    requirement.verbs.generate,
    T.object({ id: T.optional(T.id()), site: T.ref('rollout.site') }),
    async (call) => {
      const { tx, companyId, ids, input, numbers, now, actor, kernel, context } = call
      for (const [at, one] of input.entries()) {
        const site = await siteOf(tx, companyId, one.site)
        await throughLock(tx, companyId, [site.id], undefined)
        const there = await tx.rows(
          sql<{
            topic: string
          }>`select topic from rollout.requirement where company_id = ${companyId} and site_id = ${site.id} and state <> 'dropped'`,
        )
        const known = new Set(there.map((each) => each.topic))
        const wanted = capabilities.filter((each) => each.verb === null && !known.has(each.id))
        if (wanted.length === 0) refuse('NOTHING_NEW', { site: site.code })
        const more = await kernel.numbers.take(context, requirement.number ?? '', wanted.length - 1)
        // The first has the id and the number that the envelope knows; the others get their own, and their own line in the history.
        const rows = wanted.map((each, place) => ({
          id: place === 0 ? (ids[at] ?? '') : newId(),
          number: place === 0 ? (numbers[at] ?? '') : (more[place - 1] ?? ''),
          topic: each.id,
          title: each.label,
          detail: each.detail,
          area: each.area,
        }))
        await tx.run(sql`insert into rollout.requirement (company_id, id, number, state, site_id, topic, title, detail, area, capability, raised_by, created_at, updated_at)
        select ${companyId}, r.id, r.number, 'open', ${site.id}, r.topic, r.title, r.detail, r.area, r.topic, ${actor}, ${now}, ${now} from ${relation(COLUMNS, rows)} r`)
        await audit(
          tx,
          context,
          requirement.verbs.generate,
          rows.slice(1).map((each) => ({
            id: each.id,
            from: null,
            to: 'open',
            changes: undefined,
            input: { ...one, topic: each.topic },
          })),
        )
      }
    },
  )
