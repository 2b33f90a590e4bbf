// Undoing chosen applications of a payment; the others stay as they are.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { payment } from './payment.ts'
import { undo } from './undo.ts'

export const unapply = command(
  payment.verbs.unapply,
  T.object({ applications: T.list(T.idOf('receivables.application'), 2000) }),
  async (call) => {
    await undo(call, call.ids, call.input.applications, false)
  },
)
