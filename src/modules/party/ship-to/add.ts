// Adding delivery addresses to customers; each customer has as many as he needs, told apart by their codes.
import { Type } from '@sinclair/typebox'
import { plainly } from '#company'
import { creation } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { resolveCustomers } from '../customer/resolve.ts'
import { refuse } from '../refusals.ts'
import { shipTo } from './ship-to.ts'

const time = () => Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' })

/** How goods get there and are taken in: `opensAt` and `closesAt` are local time 'HH:MM', `transitDays` work days on the way. */
export const delivery = {
  street: T.optional(T.text(120)),
  city: T.optional(T.text(80)),
  postcode: T.optional(T.text(20)),
  gln: T.optional(Type.String({ pattern: '^(\\d{13})?$' })),
  taxPosition: T.optional(T.text(40)),
  transitDays: T.optional(T.integer(0, 90)),
  route: T.optional(T.text(40)),
  carrier: T.optional(T.text(40)),
  opensAt: T.optional(time()),
  closesAt: T.optional(time()),
  receivingNote: T.optional(T.text(500)),
}

/** Without a tax position the customer's own counts. */
export const ShipToInput = T.object({
  id: T.optional(T.id()),
  customer: T.ref('party.customer'),
  code: T.code(),
  name: T.text(120),
  country: Type.String({ pattern: '^[A-Z]{2}$' }),
  ...delivery,
})

/** Refuses with SHIP_TO_HOURS when the hours end before they begin. */
export function checkHours(code: string, { opensAt, closesAt }: { opensAt?: string; closesAt?: string }): void {
  if (opensAt !== undefined && closesAt !== undefined && opensAt >= closesAt) {
    refuse('SHIP_TO_HOURS', { code, from: opensAt, to: closesAt })
  }
}

export const add = creation(shipTo.verbs.add, ShipToInput, async ({ tx, companyId, ids, input, now }) => {
  const customers = await resolveCustomers(
    tx,
    companyId,
    input.map((one) => one.customer),
  )
  const given = input.map((one, at) => {
    checkHours(one.code, one)
    return {
      id: ids[at],
      customer_id: customers.get(one.customer)?.id,
      code: one.code,
      name: one.name,
      street: one.street,
      city: one.city,
      postcode: one.postcode,
      country: one.country,
      gln: one.gln || undefined,
      tax_position: one.taxPosition || undefined,
      transit_days: one.transitDays ?? 1,
      route: one.route,
      carrier: one.carrier,
      opens_at: one.opensAt,
      closes_at: one.closesAt,
      receiving_note: one.receivingNote ?? '',
    }
  })
  await plainly(
    'delivery address of the customer',
    tx.run(sql`insert into party.ship_to (company_id, id, customer_id, code, name, street, city, postcode, country, gln, tax_position,
      transit_days, route, carrier, opens_at, closes_at, receiving_note, created_at, updated_at)
    select ${companyId}, g.*, ${now}, ${now} from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g (id uuid, customer_id uuid,
      code text, name text, street text, city text, postcode text, country text, gln text, tax_position text, transit_days int, route text,
      carrier text, opens_at time, closes_at time, receiving_note text)`),
  )
})
