// Rejecting an adjustment sends it back to its counter, with the reason; what was approved before is void.
import { decide, voidApprovals } from '#kernel/approvals'
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { APPROVAL, adjustment } from './adjustment.ts'
import { nextSteps } from './approve.ts'

export const reject = command(adjustment.verbs.reject, T.object({}), async (call) => {
  for (const one of await nextSteps(call)) await decide(call.tx, call.context, one.id, 'rejected')
  await voidApprovals(call.tx, call.context, call.ids, APPROVAL)
})
