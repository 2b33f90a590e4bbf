// Creating a company gives it a number of its own and nothing else: its masters come from the template.
import { Type } from '@sinclair/typebox'
import { creation } from '#kernel/command'
import { todayIn } from '#kernel/dates'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { plainly } from '../refusals.ts'
import { company, TAX_ROUNDINGS } from './company.ts'

/** `settings` answer the template's keys by name; `timeZone` is an IANA name. */
export const CompanyInput = T.object({
  id: T.optional(T.id()),
  code: T.code(),
  name: T.text(120),
  currency: Type.String({ pattern: '^[A-Z]{3}$', maxLength: 3 }),
  timeZone: T.text(60),
  country: Type.String({ pattern: '^[A-Z]{2}$', maxLength: 2 }),
  taxRounding: T.optional(T.choice(TAX_ROUNDINGS)),
  settings: T.optional(Type.Record(Type.String({ maxLength: 80 }), Type.Unknown())),
})

export const create = creation(company.verbs.create, CompanyInput, async ({ tx, ids, input, now }) => {
  for (const one of input) {
    todayIn(one.timeZone, now)
  }
  // Two that create at once would take the same number; the lock is held until the transaction ends.
  await tx.run(sql`select pg_advisory_xact_lock(hashtext('company.create'))`)
  // The transaction sees the companies of its scope only: which numbers are taken it has to ask.
  const last = await tx.first(sql<{ id: number }>`select coalesce(max(id), 0) as id from company.ids() as known (id)`)
  const given = input.map((one, at) => ({
    number: (last?.id ?? 0) + at + 1,
    id: ids[at],
    code: one.code,
    name: one.name,
    currency: one.currency,
    time_zone: one.timeZone,
    country: one.country,
    tax_rounding: one.taxRounding ?? 'document-half-up',
    settings: one.settings ?? {},
  }))
  const added = given.map((one) => one.number).join(',')
  await tx.run(
    sql`select set_config('tw.companies', concat_ws(',', current_setting('tw.companies'), ${added}::text), true)`,
  )
  const created = await plainly(
    'company',
    tx.rows(sql<{ id: string; companyId: number; code: string }>`
    insert into company.company (id, document_id, code, name, currency, time_zone, country, tax_rounding, settings, created_at, updated_at)
    select g.*, ${now}, ${now} from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g (number int, id uuid, code text, name text,
      currency text, time_zone text, country text, tax_rounding text, settings jsonb)
    returning document_id as id, id as "companyId", code`),
  )
  return { result: { companies: created } }
})
