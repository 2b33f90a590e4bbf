// Setting rules; one for the same position and class takes the place of the former, which stays readable.
import { plainly } from '#company'
import { creation } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { requireCodes } from '../code/known-codes.ts'
import { rule } from './rule.ts'

export const RuleInput = T.object({ id: T.optional(T.id()), position: T.code(), taxClass: T.code(), code: T.code() })

export const set = creation(rule.verbs.set, RuleInput, async ({ tx, companyId, ids, input, now }) => {
  await requireCodes(
    tx,
    companyId,
    input.map((one) => one.code),
  )
  const given = JSON.stringify(
    input.map((one, at) => ({ id: ids[at], position: one.position, tax_class: one.taxClass, code: one.code })),
  )
  await tx.run(sql`update tax.rule r set state = 'withdrawn', version = r.version + 1, updated_at = ${now}
    from jsonb_to_recordset(${given}::jsonb) as g (position text, tax_class text)
    where r.company_id = ${companyId} and r.position = g.position and r.tax_class = g.tax_class and r.state = 'active'`)
  await plainly(
    'rule',
    tx.run(sql`insert into tax.rule (company_id, id, position, tax_class, code, created_at, updated_at)
    select ${companyId}, id, position, tax_class, code, ${now}, ${now}
      from jsonb_to_recordset(${given}::jsonb) as g (id uuid, position text, tax_class text, code text)`),
  )
})
