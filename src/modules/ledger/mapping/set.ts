// Pointing roles to another account, from now on. What was posted stays where it is.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { mapping } from './mapping.ts'

export const set = command(mapping.verbs.set, T.object({ account: T.code() }), async (call) => {
  const { tx, companyId, input } = call
  const changed = await tx.run(sql`update ledger.mapping m set account = a.code
      from ${call.set} s, ledger.account a
     where m.company_id = ${companyId} and m.id = s.id and a.company_id = m.company_id and a.code = ${input.account} and a.state = 'active'`)
  if (changed === 0) refuse('ACCOUNT_UNKNOWN', { account: input.account })
})
