// Putting a requirement of a site on its register; after the signature it is outside the scope unless a change request brings it in.
import { type Command, creation } from '#kernel/command'
import { errorCode, sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { siteOf } from '../../governance/site.ts'
import type { Capability } from '../capability.ts'
import { approvedChange } from '../lock.ts'
import { refuse } from '../refusals.ts'
import { requirement } from './requirement.ts'

/** `topic` is the key by which other sites find the same matter; without it the capability, or else the title. */
export const RaiseInput = T.object({
  id: T.optional(T.id()),
  site: T.ref('rollout.site'),
  topic: T.optional(T.text(160)),
  title: T.text(160),
  detail: T.text(4000),
  area: T.code(),
  capability: T.optional(T.text(120)),
  scenario: T.optional(T.text(60)),
  changeRequest: T.optional(T.ref('rollout.change-request')),
})

/** The name of a capability. Refuses CAPABILITY_UNKNOWN. */
export function knownCapability(all: readonly Capability[], id: string): string {
  return all.some((one) => one.id === id)
    ? id
    : refuse('CAPABILITY_UNKNOWN', { capability: id, example: all[0]?.id ?? 'none' })
}

export const raising = (capabilities: readonly Capability[]): Command =>
  creation(requirement.verbs.raise, RaiseInput, async ({ tx, companyId, ids, input, numbers, now, actor }) => {
    for (const [at, one] of input.entries()) {
      const site = await siteOf(tx, companyId, one.site)
      const capability = one.capability === undefined ? null : knownCapability(capabilities, one.capability)
      const change = one.changeRequest === undefined ? null : await approvedChange(tx, companyId, one.changeRequest)
      const topic = one.topic ?? capability ?? one.title.toLowerCase()
      try {
        await tx.run(sql`insert into rollout.requirement (company_id, id, number, state, site_id, topic, title, detail, area, capability, scenario, in_baseline, change_request_id, raised_by, created_at, updated_at)
          values (${companyId}, ${ids[at]}, ${numbers[at]}, 'open', ${site.id}, ${topic}, ${one.title}, ${one.detail}, ${one.area}, ${capability}, ${one.scenario ?? null},
            ${change !== null}, ${change}, ${actor}, ${now}, ${now})`)
      } catch (error) {
        if (errorCode(error) === '23505') refuse('TOPIC_THERE', { topic })
        throw error
      }
    }
  })
