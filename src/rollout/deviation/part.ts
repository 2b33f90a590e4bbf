// What deviations bring to the rollout: their document, their verbs and their questions.
import { sql } from '#kernel/db'
import { invariant } from '#kernel/verify'
import type { Kinds } from '../configuration/live.ts'
import type { Part } from '../governance/shape.ts'
import { approve } from './approve.ts'
import { cards } from './cards.ts'
import { deviation } from './deviation.ts'
import { reject } from './reject.ts'
import { renew } from './renew.ts'
import { request } from './request.ts'
import { withdraw } from './withdraw.ts'

export const deviationPart = (kinds: Kinds): Part => ({
  documents: [deviation],
  commands: [request(kinds), renew, approve, reject, withdraw],
  queries: [cards],
  jobs: {},
  invariants: [
    invariant(
      'R01',
      'rollout',
      'no deviation was granted by who asked for it',
      sql`select d.company_id, d.id, d.number from rollout.deviation d join access.account a on a.id = d.approved_by and a.kind <> 'system' where d.approved_by = d.requested_by`,
    ),
  ],
})
