// Telling an extension anew before it is approved; whoever revises it proposes it, and challenge and review begin again.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { extension } from './extension.ts'
import { opened } from './open.ts'
import { checkProposal, told } from './proposal.ts'

export const revise = command(extension.verbs.revise, T.object(told), async (call) => {
  const { tx, companyId, input, actor } = call
  for (const one of await opened(call)) {
    const { ownerId, requirementId } = await checkProposal(call, { ...input, code: one.code }, one.site_id)
    await tx.run(sql`update rollout.extension set name = ${input.name}, category = ${input.category}, business_owner = ${ownerId}, justification = ${input.justification},
        requirement_id = ${requirementId}, tests = ${JSON.stringify(input.tests)}::jsonb, upgrade_impact = ${input.upgradeImpact}, metric = ${input.metric},
        baseline = ${input.baseline}::numeric, target = ${input.target}::numeric, retires_on = ${input.retiresOn}, proposed_by = ${actor}, state = 'proposed',
        challenge = null, challenge_hash = null, score = null, threshold = null, challenged_by = null, challenged_at = null,
        review_outcome = null, review_note = null, reviewed_by = null, reviewed_at = null
      where company_id = ${companyId} and id = ${one.id}`)
  }
})
