// Opening an account: with a limit of 0, for only change-limit gives credit, and that may need two people.
import { creation } from '#kernel/command'
import { relation, sql } from '#kernel/db'
import { refuse as refuseKernel } from '#kernel/refusal'
import { T } from '#kernel/schema'
import { openMissing } from '../exposure.ts'
import { refuse } from '../refusals.ts'
import { account } from './account.ts'

/** `id` is the customer's id: an account is known by its customer. The currency is the customer's. */
export const OpenInput = T.object({ id: T.idOf('party.customer') })

export const open = creation(account.verbs.open, OpenInput, async ({ tx, companyId, ids }) => {
  const asked = relation<{ id: string }>(
    { id: 'uuid' },
    ids.map((id) => ({ id })),
  )
  const wrong = await tx.first(sql<{ customer: string | null; id: string }>`
    select s.id, v.code as customer from ${asked} s left join party.v_customer v on v.company_id = ${companyId} and v.id = s.id
     where v.id is null or exists (select from credit.account a where a.company_id = ${companyId} and a.id = s.id) limit 1`)
  if (wrong?.customer === null) refuseKernel('UNKNOWN_CODE', { entity: 'customer', code: wrong.id })
  if (wrong) refuse('CREDIT_ACCOUNT_EXISTS', { customer: wrong.customer })
  await openMissing(
    tx,
    companyId,
    sql`select s.id as customer_id, v.currency from ${asked} s join party.v_customer v on v.company_id = ${companyId} and v.id = s.id`,
  )
})
