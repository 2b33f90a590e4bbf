// An unblocked location gives its stock to orders again.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { location } from './location.ts'

export const unblock = command(location.verbs.unblock, T.object({}), async () => undefined)
