// Who may decide: the holder of the seat on this day, or whoever stands in for him. Verbs ask here before they change anything.
import type { Context } from '#kernel/context'
import { type Sql, sql, type Tx } from '#kernel/db'
import { rightFor, type SeatRule, seatFor, seatKey } from '../policy.ts'
import { refuse } from '../refusals.ts'

/** By which seat somebody acts, and for whom he stands in. */
export type Sitting = { readonly seat: string; readonly name: string; readonly onBehalfOf: string | null }

/** Appointments that count on a day: `(seat, account_id, delegate_id)`, the delegate only on his days. */
export const sitting = (today: string): Sql<{ seat: string; account_id: string; delegate_id: string | null }> => sql`
  select s.seat, s.account_id, case when ${today}::date between s.delegate_from and s.delegate_until then s.delegate_id end as delegate_id
    from rollout.seat s join access.account a on a.id = s.account_id and a.disabled_at is null
   where s.state = 'held' and ${today}::date >= s.starts_on and (s.ends_on is null or ${today}::date <= s.ends_on)`

/** Refuses SEAT_VACANT or NOT_YOUR_SEAT unless who acts sits there today. The program itself (demo, replay) sits everywhere. */
export async function sits(tx: Tx, context: Context, rule: SeatRule): Promise<Sitting> {
  const key = seatKey(rule)
  const found = { seat: key, name: rule.name, onBehalfOf: null }
  if (context.principal.kind === 'system') return found
  const me = context.principal.id
  const holders = await tx.rows(sql<{ account_id: string; delegate_id: string | null; name: string }>`
    select h.account_id, h.delegate_id, a.name from ${sitting(context.today)} h join access.account a on a.id = h.account_id where h.seat = ${key} order by a.name`)
  if (holders.length === 0) refuse('SEAT_VACANT', { seat: key, name: rule.name })
  if (holders.some((one) => one.account_id === me)) return found
  const absent = holders.find((one) => one.delegate_id === me)
  if (absent) return { ...found, onBehalfOf: absent.account_id }
  return refuse('NOT_YOUR_SEAT', { seat: key, name: rule.name, holders: holders.map((one) => one.name).join(', ') })
}

/** As `sits`, for the seat that decides on a kind of matter, of an area where a family of seats does. */
export const decides = (tx: Tx, context: Context, decision: string, area?: string): Promise<Sitting> =>
  sits(tx, context, seatFor(rightFor(decision).decides, area))
