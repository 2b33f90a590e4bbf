// Letting a stopped supplier deliver again.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { supplier } from './supplier.ts'

export const unblock = command(supplier.verbs.unblock, T.object({}), async () => undefined)
