// `tradewright key`: a machine account with one role and a key for it, shown once.
import type { Command } from 'commander'
import { openAccess } from '#kernel/access'
import { createAccount } from '#kernel/access/accounts'
import { grantRole } from '#kernel/access/grants'
import { createKey } from '#kernel/access/machine-keys'
import { requireDirect } from '#kernel/access/mode'
import { newId } from '#kernel/ids'
import { type Common, clock, common, group, refuse, withDatabase } from './options.ts'
import { EXIT } from './output.ts'
import { contextFor, knownRole } from './user.ts'

type Given = Common & { role: string; company?: string; name: string; days: string }

const DAY = 24 * 3_600_000
const DAYS_MOST = 3 * 365

/** Adds `key` and its subcommands. */
export function key(program: Command): void {
  const commands = group(program, 'key', 'keys for machines', [
    'tradewright key add --role integration --company NORTH --name "web shop"',
  ])
  common(
    commands
      .command('add')
      .description('create a machine account with one role, and print its key, which is never shown again')
      .requiredOption('--role <role>', 'what the machine may do')
      .option('--company <code>', 'where; every company when left out')
      .requiredOption('--name <name>', 'what the key is for')
      .option('--days <number>', 'how long it is good', '365'),
    ['tradewright key add --role integration --company NORTH --name "web shop" --json | jq -r .key'],
  ).action(add)
}

async function add(given: Given): Promise<void> {
  if (!/^[1-9]\d{0,3}$/.test(given.days) || Number(given.days) > DAYS_MOST)
    refuse('OPTION_INVALID', {
      option: '--days',
      value: given.days,
      problem: 'give a whole number of days, up to three years.',
    })
  await withDatabase(given, async ({ kernel }, output) => {
    const now = clock()
    const context = await contextFor(kernel, given.company, now)
    await knownRole(kernel, given.role)
    await requireDirect(kernel, given.company ? context.companyId : null)
    const access = openAccess(kernel, { clock })
    const machine = newId()
    const account = idOf(
      await createAccount(access, context, { email: `${machine}@machine.invalid`, name: given.name, kind: 'machine' }),
    )
    await grantRole(access, context, { account, role: given.role, ...(given.company ? {} : { everywhere: true }) })
    const made = await createKey(access, context, {
      account,
      name: given.name,
      expiresAt: new Date(now.getTime() + Number(given.days) * DAY).toISOString(),
    })
    const text = 'key' in made ? String(made.key) : ''
    output.result(
      { ok: true, account, id: idOf(made), key: text },
      `The key for "${given.name}", shown this once; send it as "Authorization: Bearer KEY":\n  ${text}`,
    )
    return EXIT.ok
  })
}

function idOf(made: object): string {
  if ('id' in made) return String(made.id)
  throw new Error('something was created without an id')
}
