// Closing a delivery address: no order can be confirmed to it any more (MDM-05).
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { shipTo } from './ship-to.ts'

export const close = command(shipTo.verbs.close, T.object({}), async () => undefined)
