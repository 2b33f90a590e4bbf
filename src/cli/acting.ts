// Who acts on the command line: the system, or with --as the person of that e-mail address, with his rights and no more.
import { businessDate, readCompanies } from '#kernel/access/companies'
import { type AccountRow, accountColumns, alive, principalOf } from '#kernel/access/principal'
import { type Context, type Principal, SYSTEM } from '#kernel/context'
import { sql, transaction } from '#kernel/db'
import type { Kernel } from '#kernel/kernel'
import { refusals } from '#kernel/refusal'
import { clock, companyOf } from './options.ts'

const refuse = refusals({
  NOBODY: {
    text: 'Nobody with the e-mail address {email} may act now. Name the address with which somebody signs in; `tradewright user add` makes an account.',
    kind: 'unknown',
  },
})

/** The principal of --as, or the system. Refuses NOBODY. */
export async function principalFor(kernel: Kernel, email: string | undefined, now = clock()): Promise<Principal> {
  if (email === undefined) return SYSTEM
  const account = await transaction(kernel.pool, { companies: [] }, (tx) =>
    tx.first(
      sql<AccountRow>`select ${accountColumns} from access.account a where lower(a.email) = lower(${email}) and ${alive(now)}`,
    ),
  )
  if (!account) return refuse('NOBODY', { email })
  return principalOf(account, await readCompanies(kernel), now)
}

/** A context in the company of that code, of whoever acts. */
export async function actingIn(
  kernel: Kernel,
  company: string,
  given: { as?: string | undefined; reason?: string | undefined },
): Promise<Context> {
  const now = clock()
  const { id, timeZone } = await companyOf(kernel, company)
  const principal = await principalFor(kernel, given.as, now)
  return {
    principal,
    companyId: id,
    channel: 'cli',
    now,
    today: businessDate(timeZone, now),
    ...(given.reason ? { reason: given.reason } : {}),
  }
}
