// Taking back a matter that need not be decided any more.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { decision } from './decision.ts'

export const withdraw = command(decision.verbs.withdraw, T.object({}), async () => undefined)
