// All seats of governance, whoever holds them: what is vacant stands first, because it blocks every gate.
import { relation, type Sql, sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { policy, seatKey } from '../policy.ts'
import { sitting } from './sits.ts'

type SeatRow = { place: number; seat: string; name: string; council: string; mandatory: boolean }

/** The seats of the governance file as a relation `(place, seat, name, council, mandatory)`. */
export const seatRules = (): Sql<SeatRow> =>
  relation<SeatRow>(
    { place: 'int', seat: 'text', name: 'text', council: 'text', mandatory: 'boolean' },
    policy().seats.map((one, place) => ({
      place,
      seat: seatKey(one),
      name: one.name,
      council: one.council,
      mandatory: one.mandatory,
    })),
  )

export const seats = query('rollout.seats', {
  may: 'rollout.seat.read',
  title: 'Seats of governance: who sits where, and what is vacant',
  columns: {
    seat: f.code(),
    name: f.text(),
    council: f.text(),
    mandatory: f.boolean(),
    vacant: f.boolean(),
    appointment: f.ref('rollout.seat', { optional: true }),
    holder: f.text({ optional: true }),
    until: f.date({ optional: true }),
    delegate: f.text({ optional: true }),
    delegate_until: f.date({ optional: true }),
  },
  build: (_, { today }) => sql`
    select r.seat, r.name, r.council, r.mandatory, h.account_id is null as vacant, s.id as appointment, a.name as holder, s.ends_on as until,
           d.name as delegate, case when h.delegate_id is null then null else s.delegate_until end as delegate_until
      from ${seatRules()} r left join ${sitting(today)} h on h.seat = r.seat
      left join rollout.seat s on s.seat = h.seat and s.account_id = h.account_id and s.state = 'held'
      left join access.account a on a.id = h.account_id left join access.account d on d.id = h.delegate_id
     order by (h.account_id is null and r.mandatory) desc, r.place, a.name`,
})
