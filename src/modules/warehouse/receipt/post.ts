// Posting a drafted receipt puts its goods into stock, values them and posts them, as receiving at once does.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { receipt } from './receipt.ts'
import { postReceipts } from './receive.ts'

export const post = command(receipt.verbs.post, T.object({}), async (call) => {
  await call.tx.run(
    sql`update warehouse.receipt h set received_on = ${call.today}::date from ${call.set} s where h.company_id = ${call.companyId} and h.id = s.id`,
  )
  await postReceipts(call, call.ids)
})
