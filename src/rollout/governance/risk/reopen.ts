// Taking a closed risk up again, because it can happen after all.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { risk } from './risk.ts'

export const reopen = command(risk.verbs.reopen, T.object({}), async () => undefined)
