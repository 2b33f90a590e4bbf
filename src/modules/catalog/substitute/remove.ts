// Ending that one item stands in for another.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { substitute } from './substitute.ts'

export const remove = command(substitute.verbs.remove, T.object({}), async () => undefined)
