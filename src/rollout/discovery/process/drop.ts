// Taking a process off the inventory, because the site does not work it.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { process } from './process.ts'

export const drop = command(process.verbs.drop, T.object({}), async () => undefined)
