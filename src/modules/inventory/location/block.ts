// A blocked location gives nothing to new orders; what is promised from it already stays promised.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { location } from './location.ts'

export const block = command(location.verbs.block, T.object({}), async () => undefined)
