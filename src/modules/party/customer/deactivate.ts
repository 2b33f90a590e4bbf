// Ending a customer, or turning down a proposal; what he bought stays where it is.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { customer } from './customer.ts'

export const deactivate = command(customer.verbs.deactivate, T.object({}), async () => undefined)
