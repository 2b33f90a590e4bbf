// An approved customer gets a credit account, with limit 0 until the credit officer has decided.
import { sql } from '#kernel/db'
import type { Listener } from '#kernel/module'
import { openMissing } from './exposure.ts'

export const openApproved: Listener = async ({ tx, event }) => {
  await openMissing(
    tx,
    event.companyId,
    sql`select id as customer_id, currency from party.v_customer where company_id = ${event.companyId} and id = ${event.documentId}`,
  )
}
