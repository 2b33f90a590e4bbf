// Taking an answer back, so that the question is open again.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { answer } from './answer.ts'

export const withdraw = command(answer.verbs.withdraw, T.object({}), async () => undefined)
