// A lot in quarantine waits for a decision and is promised to nobody.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { lot } from './lot.ts'

export const quarantine = command(lot.verbs.quarantine, T.object({}), async () => undefined)
