// `tradewright user`: an account for a person, who sets the password by a link that only he gets.
import type { Command } from 'commander'
import { openAccess } from '#kernel/access'
import { createAccount } from '#kernel/access/accounts'
import { ACCESS_PERMISSIONS } from '#kernel/access/documents'
import { grantRole } from '#kernel/access/grants'
import { requireDirect } from '#kernel/access/mode'
import { type Context, type Principal, SYSTEM } from '#kernel/context'
import { sql, transaction } from '#kernel/db'
import type { Kernel } from '#kernel/kernel'
import { refusals } from '#kernel/refusal'
import { type Common, clock, common, companyOf, contextAt, group, refuse, withDatabase } from './options.ts'
import { EXIT } from './output.ts'

export const refuseRole = refusals({
  NO_SUCH_ROLE: { text: 'There is no role {role}. There are: {known}.', kind: 'unknown' },
})

type Given = Common & { email: string; name: string; role: string; company?: string }

/** Adds `user` and its subcommands. */
export function user(program: Command): void {
  const commands = group(program, 'user', 'people who sign in', [
    'tradewright user add --email ana@example.com --name "Ana Ruiz" --role order-clerk --company NORTH',
  ])
  common(
    commands
      .command('add')
      .description('create an account with one role, and print the link by which the person sets a password')
      .requiredOption('--email <address>', 'with which the person signs in')
      .requiredOption('--name <name>', 'as colleagues know the person')
      .requiredOption('--role <role>', 'what the person may do')
      .option('--company <code>', 'where; every company when left out'),
    ['tradewright user add --email ana@example.com --name "Ana Ruiz" --role order-clerk --company NORTH'],
  ).action(add)
}

async function add(given: Given): Promise<void> {
  if (!/^[^\s@]+@[^\s@]+$/.test(given.email) || given.email.length > 200)
    refuse('OPTION_INVALID', { option: '--email', value: given.email, problem: 'it is no e-mail address.' })
  await withDatabase(given, async ({ kernel }, output) => {
    const now = clock()
    const context = await contextFor(kernel, given.company, now)
    await knownRole(kernel, given.role)
    await requireDirect(kernel, given.company ? context.companyId : null)
    const access = openAccess(kernel, { clock })
    const made = await createAccount(access, context, { email: given.email, name: given.name, kind: 'person' })
    const { id, token } = idAndToken(made)
    await grantRole(access, context, { account: id, role: given.role, ...(given.company ? {} : { everywhere: true }) })
    // After the hash, so that it stands in no log of a server or a proxy.
    const path = `/#set-password=${token}`
    output.result(
      { ok: true, id, email: given.email, passwordPath: path },
      `Created ${given.email}. Within 24 hours the person opens this path of the product and sets a password:\n  ${path}`,
    )
    return EXIT.ok
  })
}

function idAndToken(made: object): { id: string; token: string } {
  if ('id' in made && 'passwordToken' in made) return { id: String(made.id), token: String(made.passwordToken) }
  throw new Error('an account was created without an id')
}

// Administration asks for its permissions by name, to see how far they reach.
const EVERYWHERE = { companyId: null, warehouseId: null, upTo: null }
const ADMINISTRATION: Principal = {
  ...SYSTEM,
  permissions: new Map(Object.keys(ACCESS_PERMISSIONS).map((permission) => [permission, [EVERYWHERE]])),
}

/** The system's context in a company, or in the enterprise as a whole (number 0). */
export async function contextFor(kernel: Kernel, company: string | undefined, now: Date): Promise<Context> {
  const reason = 'Set up at the command line'
  if (company) return { ...contextAt(await companyOf(kernel, company), now), principal: ADMINISTRATION, reason }
  return { principal: ADMINISTRATION, companyId: 0, channel: 'cli', now, today: now.toISOString().slice(0, 10), reason }
}

/** Refuses NO_SUCH_ROLE before anything is created. */
export async function knownRole(kernel: Kernel, role: string): Promise<void> {
  const roles = await transaction(kernel.pool, { companies: [] }, (tx) =>
    tx.rows(sql<{ code: string }>`select code from access.role order by code`),
  )
  if (!roles.some((one) => one.code === role))
    refuseRole('NO_SUCH_ROLE', { role, known: roles.map((one) => one.code).join(', ') || 'none yet' })
}
