// Closing a risk that cannot happen any more, with the reason.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { risk } from './risk.ts'

export const close = command(risk.verbs.close, T.object({}), async () => undefined)
