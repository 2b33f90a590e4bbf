// Proposing a limit: the credit officer asks, and somebody else agrees before it can be changed.
import { command } from '#kernel/command'
import { askConsent, checkLimit, LimitInput } from '../limit.ts'
import { account } from './account.ts'
import { checkClassLimit } from './class-limit.ts'

export const proposeLimit = command(account.verbs['propose-limit'], LimitInput, async (call) => {
  checkLimit(call, account.verbs['propose-limit'])
  await checkClassLimit(call, call.input.limit)
  await askConsent(call, account.name)
})
