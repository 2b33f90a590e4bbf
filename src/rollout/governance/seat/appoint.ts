// Appointing people to seats, each for a term that may be open.
import { creation } from '#kernel/command'
import { errorCode, sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { seatRule } from '../policy.ts'
import { refuse } from '../refusals.ts'
import { personOf } from './person.ts'
import { seat } from './seat.ts'

/** `seat` is a name of the governance file, such as 'design-authority' or 'data-owner-price'; `person` an e-mail address or id. */
export const AppointInput = T.object({
  id: T.optional(T.id()),
  seat: T.code(),
  person: T.ref('access.account'),
  from: T.optional(T.date()),
  until: T.optional(T.date()),
})

export const appoint = creation(seat.verbs.appoint, AppointInput, async ({ tx, ids, input, now, today }) => {
  for (const [at, one] of input.entries()) {
    seatRule(one.seat)
    const from = one.from ?? today
    if (one.until !== undefined && one.until < from) refuse('SEAT_TERM', { from, to: one.until })
    const who = await personOf(tx, one.person, today)
    try {
      await tx.run(sql`insert into rollout.seat (id, state, seat, account_id, starts_on, ends_on, created_at, updated_at)
        values (${ids[at]}, 'held', ${one.seat}, ${who.id}, ${from}, ${one.until ?? null}, ${now}, ${now})`)
    } catch (error) {
      if (errorCode(error) === '23505') refuse('SEAT_TAKEN', { name: who.name, seat: one.seat })
      throw error
    }
  }
})
