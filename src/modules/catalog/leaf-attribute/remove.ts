// Removing an attribute of the site's own; what items say in it stays.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { leafAttribute } from './leaf-attribute.ts'

export const remove = command(leafAttribute.verbs.remove, T.object({}), async () => undefined)
