// Closing a warehouse: nothing is sold from it any more.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { warehouse } from './warehouse.ts'

export const close = command(warehouse.verbs.close, T.object({}), async () => undefined)
