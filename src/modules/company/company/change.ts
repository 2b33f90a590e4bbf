// Changing a company: its name, its place, its clock, how it rounds tax, and its settings key by key.
import { Type } from '@sinclair/typebox'
import { command } from '#kernel/command'
import { todayIn } from '#kernel/dates'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { company, TAX_ROUNDINGS } from './company.ts'

/**
 * What is not given stays. `settings` are merged: a key given replaces that key, a key given as null goes back to the
 * template's value. Currency and code cannot change: books and documents are written in them. Documents keep the tax
 * rounding that they were made with.
 */
export const ChangeInput = T.object({
  name: T.optional(T.text(120)),
  timeZone: T.optional(T.text(60)),
  country: T.optional(Type.String({ pattern: '^[A-Z]{2}$' })),
  taxRounding: T.optional(T.choice(TAX_ROUNDINGS)),
  settings: T.optional(Type.Record(Type.String({ maxLength: 80 }), Type.Unknown())),
})

export const change = command(company.verbs.change, ChangeInput, async ({ tx, companyId, input, set, now }) => {
  if (input.timeZone !== undefined) {
    todayIn(input.timeZone, now)
  }
  await tx.run(sql`update company.company c set
      name = coalesce(${input.name ?? null}, c.name),
      time_zone = coalesce(${input.timeZone ?? null}, c.time_zone),
      country = coalesce(${input.country ?? null}, c.country),
      tax_rounding = coalesce(${input.taxRounding ?? null}, c.tax_rounding),
      settings = jsonb_strip_nulls(c.settings || ${JSON.stringify(input.settings ?? {})}::jsonb)
    from ${set} s where c.id = ${companyId} and c.document_id = s.id`)
})
