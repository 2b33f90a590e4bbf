// Confirming grants in a review: they stay as they are, and it is known who looked.
import { command } from '#kernel/command'
import { DecideInput, linesToDecide, settle } from './lines.ts'
import { review } from './review.ts'

export const confirm = command(review.verbs.confirm, DecideInput, async (call) => {
  const lines = await linesToDecide(call)
  await settle(call, lines, { outcome: 'confirmed', by: call.actor, note: call.input.note })
})
