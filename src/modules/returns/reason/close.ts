// Closing a reason: returns that have it keep it, new ones cannot choose it.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { reason } from './reason.ts'

export const close = command(reason.verbs.close, T.object({}), async () => undefined)
