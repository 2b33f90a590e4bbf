// Correcting a delivery address; goods under way keep the paper they left with.
import { Type } from '@sinclair/typebox'
import { command } from '#kernel/command'
import { errorCode, type Sql, sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { checkHours, delivery } from './add.ts'
import { shipTo } from './ship-to.ts'

/** What is not given stays; an empty text clears what may be empty. */
export const ChangeInput = T.object({
  name: T.optional(T.text(120)),
  country: T.optional(Type.String({ pattern: '^[A-Z]{2}$' })),
  ...delivery,
})

const cleared = (given: string | undefined, column: Sql): Sql => sql`nullif(coalesce(${given ?? null}, ${column}), '')`

export const change = command(shipTo.verbs.change, ChangeInput, async ({ tx, companyId, input, set, rows }) => {
  const code = rows[0]?.number ?? ''
  checkHours(code, input)
  try {
    await tx.run(sql`update party.ship_to t set
      name = coalesce(${input.name ?? null}, t.name),
      country = coalesce(${input.country ?? null}, t.country),
      street = ${cleared(input.street, sql`t.street`)},
      city = ${cleared(input.city, sql`t.city`)},
      postcode = ${cleared(input.postcode, sql`t.postcode`)},
      gln = ${cleared(input.gln, sql`t.gln`)},
      tax_position = ${cleared(input.taxPosition, sql`t.tax_position`)},
      transit_days = coalesce(${input.transitDays ?? null}::int, t.transit_days),
      route = ${cleared(input.route, sql`t.route`)},
      carrier = ${cleared(input.carrier, sql`t.carrier`)},
      opens_at = coalesce(${input.opensAt ?? null}::time, t.opens_at),
      closes_at = coalesce(${input.closesAt ?? null}::time, t.closes_at),
      receiving_note = coalesce(${input.receivingNote ?? null}, t.receiving_note)
    from ${set} s where t.company_id = ${companyId} and t.id = s.id`)
  } catch (error) {
    // One hour given and the other one kept: only the row knows whether they fit.
    if (errorCode(error) === '23514') {
      refuse('SHIP_TO_HOURS', { code, from: input.opensAt ?? 'the hour kept', to: input.closesAt ?? 'the hour kept' })
    }
    throw error
  }
})
