// Stopping a supplier: nothing new is bought there and nothing is paid until somebody lets it.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { supplier } from './supplier.ts'

export const block = command(supplier.verbs.block, T.object({}), async () => undefined)
