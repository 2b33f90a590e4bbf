// Separation of duties as a part of rollout: what a role would clash with, requests, waivers, reviews and leavers.
import type { Command } from '#kernel/command'
import type { Document } from '#kernel/document'
import type { ModuleJob } from '#kernel/jobs'
import type { Query } from '#kernel/query'
import type { Invariant } from '#kernel/verify'
import { invariants } from './invariants.ts'
import { endLeavers } from './leavers.ts'
import { accessInbox, myRequests, people, reviewLines, roles, waivers } from './questions/lists.ts'
import { clashes, otherRoles, roleClashes } from './questions/simulate.ts'
import { approve } from './request/approve.ts'
import { ask } from './request/ask.ts'
import { recheck } from './request/recheck.ts'
import { refuse } from './request/refuse.ts'
import { request } from './request/request.ts'
import { withdraw } from './request/withdraw.ts'
import { close, closeReviews } from './review/close.ts'
import { confirm } from './review/confirm.ts'
import { open } from './review/open.ts'
import { review } from './review/review.ts'
import { revoke } from './review/revoke.ts'
import { agree } from './waiver/agree.ts'
import { ask as askWaiver } from './waiver/ask.ts'
import { end } from './waiver/end.ts'
import { refuse as refuseWaiver } from './waiver/refuse.ts'
import { runOut } from './waiver/run-out.ts'
import { waiver } from './waiver/waiver.ts'

/** What this part brings to the module `rollout`. */
export const separationPart: {
  readonly documents: readonly Document[]
  readonly commands: readonly Command[]
  readonly queries: readonly Query[]
  readonly jobs: Readonly<Record<string, ModuleJob>>
  readonly invariants: readonly Invariant[]
} = {
  documents: [request, waiver, review],
  commands: [
    ask,
    recheck,
    approve,
    refuse,
    withdraw,
    askWaiver,
    agree,
    refuseWaiver,
    end,
    open,
    confirm,
    revoke,
    close,
  ],
  queries: [clashes, roleClashes, otherRoles, accessInbox, myRequests, waivers, reviewLines, roles, people],
  jobs: { 'rollout.end-leavers': endLeavers, 'rollout.run-out-waivers': runOut, 'rollout.close-reviews': closeReviews },
  invariants,
}
