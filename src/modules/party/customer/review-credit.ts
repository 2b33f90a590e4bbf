// The credit reviewer looks at a proposal that would buy on terms, before the steward lets it in.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { refuseOwnWork } from '../own-work.ts'
import { customer } from './customer.ts'

/** `note` is added to the customer's own. */
export const ReviewInput = T.object({ note: T.optional(T.text(1000)) })

export const reviewCredit = command(customer.verbs['review-credit'], ReviewInput, async (call) => {
  const { tx, companyId, input, set, actor } = call
  await refuseOwnWork(call, { table: 'party.customer', verb: 'review its credit' })
  await tx.run(sql`update party.customer c set credit_reviewed_by = ${actor}, note = concat_ws(E'\\n', nullif(c.note, ''), nullif(${input.note ?? ''}, ''))
    from ${set} s where c.company_id = ${companyId} and c.id = s.id`)
})
