// Proposing a shared limit, for somebody else to agree to.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { askConsent, checkLimit } from '../limit.ts'
import { group } from './group.ts'

export const ProposeInput = T.object({ limit: T.money() })

export const proposeLimit = command(group.verbs['propose-limit'], ProposeInput, async (call) => {
  checkLimit(call, group.verbs['propose-limit'])
  await askConsent(call, group.name)
})
