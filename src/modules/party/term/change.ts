// Changing a payment term for invoices to come; those issued keep the dates printed on them.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { termFields, unlessDaysWrong } from './create.ts'
import { term } from './term.ts'

/** What is not given stays. */
export const ChangeInput = T.object({ name: T.optional(T.text(120)), ...termFields })

export const change = command(term.verbs.change, ChangeInput, async ({ tx, companyId, input, set, rows }) => {
  const written = tx.run(sql`update party.term t set
      name = coalesce(${input.name ?? null}, t.name),
      due_days = coalesce(${input.dueDays ?? null}::int, t.due_days),
      end_of_month = coalesce(${input.endOfMonth ?? null}::boolean, t.end_of_month),
      discount_percent = coalesce(${input.discountPercent ?? null}::numeric, t.discount_percent),
      discount_days = coalesce(${input.discountDays ?? null}::int, t.discount_days),
      prepaid = coalesce(${input.prepaid ?? null}::boolean, t.prepaid)
    from ${set} s where t.company_id = ${companyId} and t.id = s.id`)
  await unlessDaysWrong(rows.map((row) => row.number).join(', '), written)
})
