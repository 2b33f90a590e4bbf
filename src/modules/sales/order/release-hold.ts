// Releasing lets go a closed address, a look-alike, a compliance or a manual hold, by the role that owns it (ORD-04).
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { order } from './order.ts'
import { holdsToRelease, markReleased, resume } from './resume.ts'

const KINDS = ['address', 'duplicate', 'compliance', 'manual'] as const

/** `kinds` narrows what is let go; without it, all open holds of these kinds. Credit and prices have their own verbs. */
export const releaseHold = command(
  order.verbs['release-hold'],
  T.object({ kinds: T.optional(T.list(T.choice(KINDS), KINDS.length)) }),
  async (call) => {
    const holds = await holdsToRelease(call, call.input.kinds ?? KINDS)
    const { principal } = call.context
    const foreign = holds.find(
      (one) =>
        principal.kind !== 'system' &&
        !principal.roles.some(
          (held) => held.role === one.owner_role && (held.companyId ?? call.companyId) === call.companyId,
        ),
    )
    if (foreign) refuse('ROLE_RELEASES', { number: foreign.number, kind: foreign.kind, role: foreign.owner_role })
    await markReleased(
      call,
      holds.map((one) => one.id),
    )
    // Who was stopped before he ever asked to confirm goes back to where he was.
    const back = new Map(
      holds
        .filter((one) => one.kind === 'manual' && (one.from === 'draft' || one.from === 'quoted'))
        .map((one) => [one.order_id, one.from ?? 'draft']),
    )
    const asked = call.ids.filter((id) => !back.has(id))
    const states = asked.length > 0 ? await resume(call, asked) : new Map<string, string>()
    return { states: new Map([...back, ...states]) }
  },
)
