// Closing an item for good: nobody sells or buys it; its history stays.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { item } from './item.ts'

export const deactivate = command(item.verbs.deactivate, T.object({}), async () => undefined)
