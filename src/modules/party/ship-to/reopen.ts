// Opening a closed delivery address again.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { shipTo } from './ship-to.ts'

export const reopen = command(shipTo.verbs.reopen, T.object({}), async () => undefined)
