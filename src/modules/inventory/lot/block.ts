// A blocked lot is promised to nobody and goes to no customer.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { lot } from './lot.ts'

export const block = command(lot.verbs.block, T.object({}), async () => undefined)
