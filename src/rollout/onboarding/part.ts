// What onboarding brings to the rollout: mappings of codes, their approval, and how far they reach.
import { sql } from '#kernel/db'
import { invariant } from '#kernel/verify'
import type { Kinds } from '../configuration/live.ts'
import type { Part } from '../governance/shape.ts'
import { approving } from './approve.ts'
import { codeMapping } from './code-mapping.ts'
import { coverage } from './coverage.ts'
import { change, propose, withdraw } from './propose.ts'

/** The part over the kinds of configuration that codes may become. */
export const onboardingPart = (kinds: Kinds): Part => ({
  documents: [codeMapping],
  commands: [propose, change, approving(kinds), withdraw],
  queries: [coverage(kinds)],
  jobs: {},
  invariants: [
    invariant(
      'R21',
      'rollout',
      'no mapping of codes was approved by who proposed it',
      sql`select m.company_id, m.id, m.kind, m.source_code from rollout.code_mapping m join access.account a on a.id = m.approved_by and a.kind <> 'system'
        where m.state = 'approved' and m.approved_by = m.proposed_by`,
    ),
  ],
})
