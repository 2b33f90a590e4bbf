// Refusing a deviation, with the reason that its owner reads; the design authority does.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { decides } from '../governance/seat/sits.ts'
import { deviation } from './deviation.ts'

export const reject = command(deviation.verbs.reject, T.object({}), async ({ tx, context }) => {
  await decides(tx, context, 'rollout-exception')
})
