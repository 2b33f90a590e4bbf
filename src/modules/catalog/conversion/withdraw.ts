// Withdrawing a conversion; items that took their factor from it keep it.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { conversion } from './conversion.ts'

export const withdraw = command(conversion.verbs.withdraw, T.object({}), async () => undefined)
