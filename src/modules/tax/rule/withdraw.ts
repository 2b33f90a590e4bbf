// Withdrawing a rule: lines that it decided have no tax from now on, and so are refused until there is another.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { rule } from './rule.ts'

export const withdraw = command(rule.verbs.withdraw, T.object({}), async () => undefined)
