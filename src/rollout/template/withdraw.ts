// Withdrawing a release: sites that follow it stay as they are, and none begins to follow it.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { release } from './release.ts'

export const withdraw = command(release.verbs.withdraw, T.object({}), async () => undefined)
