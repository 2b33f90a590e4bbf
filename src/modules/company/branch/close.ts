// Closing a branch.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { branch } from './branch.ts'

export const close = command(branch.verbs.close, T.object({}), async () => undefined)
