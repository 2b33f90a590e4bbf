// What governance brings to the rollout: seats, decisions, changes and risks, with their verbs and questions.
import { sql } from '#kernel/db'
import { invariant } from '#kernel/verify'
import { approve } from './change/approve.ts'
import { changeRequest } from './change/change-request.ts'
import { plan } from './change/plan.ts'
import { reject } from './change/reject.ts'
import { release } from './change/release.ts'
import { request } from './change/request.ts'
import { review } from './change/review.ts'
import { decide } from './decision/decide.ts'
import { decision } from './decision/decision.ts'
import { decisions } from './decision/decisions.ts'
import { escalate } from './decision/escalate.ts'
import { propose } from './decision/propose.ts'
import { rights } from './decision/rights.ts'
import { withdraw } from './decision/withdraw.ts'
import { assess } from './risk/assess.ts'
import { close } from './risk/close.ts'
import { raise } from './risk/raise.ts'
import { reopen } from './risk/reopen.ts'
import { risk } from './risk/risk.ts'
import { risks } from './risk/risks.ts'
import { seed } from './risk/seed.ts'
import { appoint } from './seat/appoint.ts'
import { delegate } from './seat/delegate.ts'
import { end } from './seat/end.ts'
import { seat } from './seat/seat.ts'
import { seats } from './seat/seats.ts'
import type { Part } from './shape.ts'

export const governancePart: Part = {
  documents: [seat, decision, changeRequest, risk],
  commands: [
    appoint,
    delegate,
    end,
    propose,
    decide,
    escalate,
    withdraw,
    request,
    plan,
    approve,
    reject,
    release,
    review,
    raise,
    seed,
    assess,
    close,
    reopen,
  ],
  queries: [seats, rights, decisions, risks],
  jobs: {},
  invariants: [
    invariant(
      'R02',
      'rollout',
      'no change was approved by who asked for it',
      sql`select c.company_id, c.id, c.number from rollout.change_request c join access.account a on a.id = c.approved_by and a.kind <> 'system' where c.approved_by = c.requested_by`,
    ),
    invariant(
      'R20',
      'rollout',
      'no plan changed a live site without a released change request that names it, or a cleared emergency',
      sql`select p.company_id, p.id, p.number from rollout.plan p where p.state = 'applied' and p.applied_stage in ('hypercare', 'settling', 'stable') and p.steps > 0
        and p.cleared_at is null and not exists (select from rollout.change_request c where c.company_id = p.company_id and c.plan_id = p.id and c.state in ('released', 'reviewed'))`,
    ),
  ],
}
