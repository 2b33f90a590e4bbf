// Cancelling an adjustment that was not posted: the books stay as they were.
import { voidApprovals } from '#kernel/approvals'
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { APPROVAL, adjustment } from './adjustment.ts'

export const cancel = command(adjustment.verbs.cancel, T.object({}), (call) =>
  voidApprovals(call.tx, call.context, call.ids, APPROVAL),
)
