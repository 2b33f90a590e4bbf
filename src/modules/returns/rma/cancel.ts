// Cancelling a return of which nothing has come.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { rma } from './rma.ts'

export const cancel = command(rma.verbs.cancel, T.object({}), async () => undefined)
