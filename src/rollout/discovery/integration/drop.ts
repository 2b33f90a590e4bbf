// Taking a link off the list, because it is not used or comes to an end.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { integration } from './integration.ts'

export const drop = command(integration.verbs.drop, T.object({}), async () => undefined)
