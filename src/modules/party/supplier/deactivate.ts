// Ending a supplier, or turning down a proposal; what was bought stays where it is.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { supplier } from './supplier.ts'

export const deactivate = command(supplier.verbs.deactivate, T.object({}), async () => undefined)
