// What extensions bring to the rollout: their register with its verbs and questions, and what must always be true of it.
import { sql } from '#kernel/db'
import { invariant } from '#kernel/verify'
import type { Part } from '../governance/shape.ts'
import { approve } from './approve.ts'
import { approveBelow } from './approve-below.ts'
import { challenge } from './challenge.ts'
import { extension } from './extension.ts'
import { goLive } from './go-live.ts'
import { measure } from './measure.ts'
import { outcomes } from './outcomes.ts'
import { prolong } from './prolong.ts'
import { propose } from './propose.ts'
import { challengeOf, register } from './questions.ts'
import { record } from './record.ts'
import { reject } from './reject.ts'
import { retire } from './retire.ts'
import { review } from './review.ts'
import { revise } from './revise.ts'

export const extensionPart: Part = {
  documents: [extension],
  commands: [
    propose,
    revise,
    challenge,
    review,
    approve,
    approveBelow,
    reject,
    record,
    goLive,
    measure,
    prolong,
    retire,
  ],
  queries: [register, challengeOf, outcomes],
  jobs: {},
  invariants: [
    invariant(
      'R12',
      'rollout',
      'no extension was challenged, reviewed or approved by who proposed it',
      sql`select x.company_id, x.id, x.code from rollout.extension x join access.account a on a.id = x.proposed_by and a.kind <> 'system'
       where x.proposed_by in (x.challenged_by, x.reviewed_by, x.approved_by)`,
    ),
    invariant(
      'R13',
      'rollout',
      'the score of an extension is the sum of its parts, and each part its weight times its points',
      sql`select x.company_id, x.id, x.code, x.score, p.score as parts from rollout.extension x
        cross join lateral (select coalesce(sum((c.one ->> 'weight')::int * (c.one ->> 'points')::int), 0) as score,
            bool_or((c.one ->> 'score')::int <> (c.one ->> 'weight')::int * (c.one ->> 'points')::int) as wrong from jsonb_array_elements(x.challenge) as c (one)) p
       where x.challenge is not null and (x.score <> p.score or p.wrong)`,
    ),
  ],
}
