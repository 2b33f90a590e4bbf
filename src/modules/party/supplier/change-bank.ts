// Changing the bank account of a supplier, by the few who may, with a reason, and compared with every other account.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { changeBankHash } from '../identity.ts'
import { compareWithKnown, likenessOf } from '../likeness.ts'
import { supplier } from './supplier.ts'

/** An empty account takes the one there is away. */
export const BankInput = T.object({ bankAccount: T.text(40) })

export const changeBank = command(supplier.verbs['change-bank'], BankInput, async (call) => {
  const { tx, companyId, input, ids, set, now, rows, context } = call
  await tx.run(sql`update party.supplier v set bank_account = nullif(${input.bankAccount}, '')
    from ${set} s where v.company_id = ${companyId} and v.id = s.id`)
  await changeBankHash(tx, set, input.bankAccount)
  const alike = await compareWithKnown(tx, { companyId, channel: context.channel, now, ids })
  // The account is kept in its own table only: neither the audit trail nor the answer repeats it.
  const changes = new Map(ids.map((id) => [id, { bankAccount: '(changed)' }]))
  return {
    states: new Map(rows.map((row) => [row.id, row.state])),
    changes,
    result: { suppliers: likenessOf(ids, alike) },
  }
})
