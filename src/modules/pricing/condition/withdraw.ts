// Withdrawing a condition at once: it no longer applies to anything, past orders keep what it gave them.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { condition } from './condition.ts'

export const withdraw = command(condition.verbs.withdraw, T.object({}), async () => undefined)
