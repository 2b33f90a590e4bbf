// Issuing a credit note that was written before, and approved where the matrix asks for it.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { creditNote } from './credit-note.ts'
import { issueCredits } from './write.ts'

export const issue = command(creditNote.verbs.issue, T.object({}), async (call) => ({
  result: { numbers: await issueCredits(call, call.ids) },
}))
