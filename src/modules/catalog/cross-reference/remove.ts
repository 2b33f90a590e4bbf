// Removing a cross-reference: the code is free for another item from now on.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { crossReference } from './cross-reference.ts'

export const remove = command(crossReference.verbs.remove, T.object({}), async () => undefined)
