// A released lot may be promised and sold again.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { lot } from './lot.ts'

export const release = command(lot.verbs.release, T.object({}), async () => undefined)
