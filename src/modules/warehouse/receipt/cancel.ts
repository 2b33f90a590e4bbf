// Cancelling a receipt that was only drafted: nothing came, so nothing moves.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { receipt } from './receipt.ts'

export const cancel = command(receipt.verbs.cancel, T.object({}), async () => undefined)
