// Proposing to build something beside the standard: who wants it, why, what it is to be worth, and until when it may stay.
import { creation } from '#kernel/command'
import { errorCode, sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { sitesOf } from '../governance/site.ts'
import { extension } from './extension.ts'
import { checkProposal, told } from './proposal.ts'
import { refuse } from './refusals.ts'

/** `code` is the name of its folder and, with `x_` before it, of its schema. Without `site` it is for all sites of the company. */
export const ProposeInput = T.object({
  id: T.optional(T.id()),
  code: T.code(),
  site: T.optional(T.ref('rollout.site')),
  ...told,
})

/** Lower-case words with hyphens, as folders and schemas are named. */
export const CODE = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/
const CODE_LENGTH = 30

export const propose = creation(extension.verbs.propose, ProposeInput, async (call) => {
  const { tx, companyId, ids, input, now, actor } = call
  const refs = input.map((one) => one.site)
  const sites = await sitesOf(tx, companyId, refs)
  for (const [at, one] of input.entries()) {
    if (!CODE.test(one.code) || one.code.length > CODE_LENGTH) refuse('EXTENSION_CODE', { code: one.code })
    const siteId = sites[at]?.id ?? null
    const { ownerId, requirementId } = await checkProposal(call, one, siteId)
    try {
      await tx.run(sql`insert into rollout.extension (company_id, id, code, state, site_id, name, category, business_owner, justification, requirement_id, tests,
          upgrade_impact, metric, baseline, target, retires_on, proposed_by, created_at, updated_at)
        values (${companyId}, ${ids[at]}, ${one.code}, 'proposed', ${siteId}, ${one.name}, ${one.category}, ${ownerId}, ${one.justification}, ${requirementId},
          ${JSON.stringify(one.tests)}::jsonb, ${one.upgradeImpact}, ${one.metric}, ${one.baseline}::numeric, ${one.target}::numeric, ${one.retiresOn}, ${actor}, ${now}, ${now})`)
    } catch (error) {
      if (errorCode(error) === '23505') refuse('EXTENSION_THERE', { code: one.code })
      throw error
    }
  }
})
