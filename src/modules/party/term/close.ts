// Closing a payment term: who has it keeps it, and nobody gets it any more.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { term } from './term.ts'

export const close = command(term.verbs.close, T.object({}), async () => undefined)
