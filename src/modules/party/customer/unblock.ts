// Letting a stopped customer buy again.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { customer } from './customer.ts'

export const unblock = command(customer.verbs.unblock, T.object({}), async () => undefined)
