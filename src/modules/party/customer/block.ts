// Stopping a customer: nothing new is sold to him until somebody lets him buy again.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { customer } from './customer.ts'

export const block = command(customer.verbs.block, T.object({}), async () => undefined)
