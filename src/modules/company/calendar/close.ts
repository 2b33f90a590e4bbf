// Closing a work calendar: no warehouse can be given it any more.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { calendar } from './calendar.ts'

export const close = command(calendar.verbs.close, T.object({}), async () => undefined)
