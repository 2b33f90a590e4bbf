// A payment that came back: its invoices are open again, the money is gone, and the customer is held until somebody has looked.
import { setHold } from '#credit'
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { payment } from './payment.ts'
import { empty, undo } from './undo.ts'

export const reverse = command(payment.verbs.reverse, T.object({}), async (call) => {
  const undone = await undo(call, call.ids, 'all', true)
  await empty(call, call.ids)
  await setHold(
    call,
    'returned-payment',
    sql`select distinct p.customer_id, ${call.reason ?? ''}::text as reason from receivables.payment p
    where p.company_id = ${call.companyId} and p.id = any(${call.ids}::uuid[])`,
  )
  return { result: { opened: undone.map((one) => one.id) } }
})
