// Turning an extension down, by the seat that could have approved it, with the reason.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { sits } from '../governance/seat/sits.ts'
import { checklist } from './checklist.ts'
import { extension } from './extension.ts'

export const reject = command(extension.verbs.reject, T.object({}), async ({ tx, context }) => {
  await sits(tx, context, checklist().approves)
})
