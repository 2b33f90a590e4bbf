// Naming who stands in on a seat, for days that have an end: its holder does, or who may appoint to it; without a name, nobody does any more.
import { command } from '#kernel/command'
import { may } from '#kernel/context'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { personOf } from './person.ts'
import { seat } from './seat.ts'

export const DelegateInput = T.object({
  person: T.optional(T.ref('access.account')),
  from: T.optional(T.date()),
  until: T.optional(T.date()),
})

export const delegate = command(
  seat.verbs.delegate,
  DelegateInput,
  async ({ tx, context, actor, input, set, today }) => {
    const { person, until } = input
    // Otherwise whoever may delegate could make himself the delegate of any seat, and decide in its place.
    const other = await tx.first(
      sql<{
        seat: string
      }>`select s.seat from rollout.seat s join ${set} g on g.id = s.id where s.account_id <> ${actor}::uuid`,
    )
    if (other && !may(context, seat.verbs.appoint.may)) refuse('NOT_YOUR_DELEGATION', { seat: other.seat })
    const from = input.from ?? today
    if ((person === undefined) !== (until === undefined) || (input.from !== undefined && until === undefined))
      refuse('DELEGATE_DAYS')
    if (until !== undefined && until < from) refuse('SEAT_TERM', { from, to: until })
    const who = person === undefined ? null : await personOf(tx, person, today)
    const own = await tx.first(
      sql`select 1 from rollout.seat s join ${set} g on g.id = s.id where s.account_id = ${who?.id ?? null}::uuid`,
    )
    if (own) refuse('OWN_DELEGATE')
    await tx.run(sql`update rollout.seat s set delegate_id = ${who?.id ?? null}::uuid, delegate_from = ${who ? from : null}::date,
      delegate_until = ${who ? (until ?? null) : null}::date from ${set} g where g.id = s.id`)
  },
)
