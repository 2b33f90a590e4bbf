// Confirming spends the customer's credit and promises stock, or holds the order and says why; never half of it.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { commit } from './commit.ts'
import { order } from './order.ts'
import { checkBefore } from './recheck-prices.ts'

export const confirm = command(order.verbs.confirm, T.object({}), async (call) => {
  const { lives } = await checkBefore(call, call.set)
  return { states: await commit(call, call.ids, { reason: 'confirmed', lives }) }
})
