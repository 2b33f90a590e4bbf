// Cancelling a transfer that was never sent.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { transfer } from './transfer.ts'

export const cancel = command(transfer.verbs.cancel, T.object({}), async () => undefined)
