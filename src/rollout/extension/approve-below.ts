// Letting an extension through below the threshold: only the seat that the checklist names may, and its reason stays on record.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { approveBy } from './approve.ts'
import { checklist } from './checklist.ts'
import { extension } from './extension.ts'
import { refuse } from './refusals.ts'

export const approveBelow = command(extension.verbs['approve-below'], T.object({}), (call) =>
  approveBy(call, checklist().approvesBelow, ({ code }, score) => {
    const { threshold, approves } = checklist()
    if (score >= threshold) refuse('EXTENSION_NOT_BELOW', { code, score, seat: approves.name })
    return call.reason ?? ''
  }),
)
