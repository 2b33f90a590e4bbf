// Taking evidence back because it was wrong: gates that are evaluated from now on do not see it; runs that saw it keep what they saw.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { evidence } from './evidence.ts'

export const withdraw = command(evidence.verbs.withdraw, T.object({}), async () => undefined)
