// Adding a reason for which goods may come back.
import { plainly } from '#company'
import { creation } from '#kernel/command'
import { relation, sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { DISPOSITIONS, reason } from './reason.ts'

export const ReasonInput = T.object({
  id: T.optional(T.id()),
  code: T.code(),
  name: T.text(120),
  windowDays: T.optional(T.integer(0, 36_500)),
  restockingPercent: T.optional(T.percent()),
  disposition: T.optional(T.choice(DISPOSITIONS)),
})

export const create = creation(reason.verbs.create, ReasonInput, async ({ tx, companyId, ids, input, now }) => {
  const given = relation(
    { id: 'uuid', code: 'text', name: 'text', windowDays: 'int', restockingPercent: 'numeric', disposition: 'text' },
    input.map((one, at) => ({ ...one, id: ids[at] })),
  )
  await plainly(
    'return reason',
    tx.run(sql`insert into returns.reason (company_id, id, code, name, window_days, restocking_percent, disposition, created_at, updated_at)
      select ${companyId}, id, code, name, coalesce("windowDays", 30), coalesce("restockingPercent", 0), coalesce(disposition, 'restock'), ${now}, ${now} from ${given} g`),
  )
})
