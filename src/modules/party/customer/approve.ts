// The steward lets a customer in: compared, reviewed, and by another person than who asked (MDM-02).
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { refuseOpenDuplicates } from '../duplicate/open-duplicates.ts'
import { activateParties } from '../identity.ts'
import { refuseOwnWork } from '../own-work.ts'
import { refuse } from '../refusals.ts'
import { customer } from './customer.ts'

/**
 * Refuses with DUPLICATE_OPEN, OTHER_PERSON_NEEDED, TAX_ID_TAKEN, and with CREDIT_REVIEW_MISSING for terms that give
 * credit, unless the company's setting customer-creation says { credit-review: 'off' }.
 */
export const approve = command(customer.verbs.approve, T.object({}), async (call) => {
  const { tx, context, companyId, set, actor, now } = call
  await refuseOpenDuplicates(tx, companyId, 'Customer', set)
  await refuseOwnWork(call, { table: 'party.customer', verb: 'approve it' })
  if (context.principal.kind !== 'system') {
    const unreviewed = await tx.first(sql<{ code: string; term: string }>`select c.code, c.term_name as term
        from party.v_customer c join party.customer own on own.company_id = c.company_id and own.id = c.id
        join ${set} s on s.id = c.id join company.v_company b on b.id = c.company_id
       where c.company_id = ${companyId} and not c.prepaid and own.credit_reviewed_by is null
         and b.settings -> 'customer-creation' ->> 'credit-review' is distinct from 'off' limit 1`)
    if (unreviewed) {
      refuse('CREDIT_REVIEW_MISSING', unreviewed)
    }
  }
  await activateParties(tx, set, now)
  await tx.run(
    sql`update party.customer c set approved_by = ${actor} from ${set} s where c.company_id = ${companyId} and c.id = s.id`,
  )
})
