// Checking a held order again: when its cause is gone (paid, moved, corrected) it goes on by itself.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { order } from './order.ts'
import { resume } from './resume.ts'

export const recheck = command(order.verbs.recheck, T.object({}), async (call) => ({
  states: await resume(call, call.ids),
}))
