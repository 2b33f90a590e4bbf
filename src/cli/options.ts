// What the subcommands share: the options that all take, a database for the time of one command, and companies by code.
import { type Command, Option } from 'commander'
import { businessDate, type Company } from '#kernel/access'
import { type Context, SYSTEM } from '#kernel/context'
import { sql, transaction } from '#kernel/db'
import type { Kernel } from '#kernel/kernel'
import { refusals } from '#kernel/refusal'
import { type Booted, boot } from '../boot.ts'
import { type Output, outputOf } from './output.ts'

export const refuse = refusals({
  OPTION_INVALID: { text: '{option} cannot be {value}: {problem}', kind: 'invalid' },
  NO_SUCH_COMPANY: { text: 'There is no company {code}. There are: {known}.', kind: 'unknown' },
})

/** The options of every command. */
export type Common = { home?: string; json?: boolean }

/** Adds --home and --json, and examples below the help. */
export function common(command: Command, examples: readonly string[]): Command {
  return command
    .addOption(new Option('--home <folder>', 'the state folder').env('TRADEWRIGHT_HOME'))
    .option('--json', 'answer with one JSON object on stdout; news goes to stderr')
    .addHelpText('after', `\nExamples:\n${examples.map((one) => `  ${one}`).join('\n')}`)
}

/** Adds a command that only holds others, with examples of them. */
export function group(program: Command, name: string, description: string, examples: readonly string[]): Command {
  return program
    .command(name)
    .description(description)
    .addHelpText('after', `\nExamples:\n${examples.map((one) => `  ${one}`).join('\n')}`)
}

/** Opens the database for one command, and leaves it whatever happens. The value returned is the exit code, 0 by default. */
export async function withDatabase(
  given: Common & { database?: 'prepare' | 'require' },
  work: (booted: Booted, output: Output) => Promise<number | undefined>,
): Promise<void> {
  const output = outputOf(given)
  const booted = await boot({
    home: given.home,
    database: given.database ?? 'require',
    connections: 4,
    onProgress: output.progress,
  })
  try {
    const code = await work(booted, output)
    if (code !== undefined) process.exitCode = code
  } finally {
    await booted.stop()
  }
}

/** Every company, closed ones too. */
export async function everyCompany(kernel: Kernel): Promise<readonly number[]> {
  const rows = await transaction(kernel.pool, { companies: [] }, (tx) =>
    tx.rows(sql<{ id: number }>`select every_company as id from kernel.every_company()`),
  )
  return rows.map((row) => row.id)
}

/** The company of a code or number. Refuses with NO_SUCH_COMPANY. */
export async function companyOf(kernel: Kernel, code: string): Promise<Company> {
  const companies = await transaction(kernel.pool, { companies: [] }, (tx) =>
    tx.rows(sql<Company>`select id, code, name, currency, time_zone as "timeZone" from access.directory()`),
  )
  const found = companies.find((one) => one.code.toLowerCase() === code.toLowerCase() || String(one.id) === code)
  return found ?? refuse('NO_SUCH_COMPANY', { code, known: companies.map((one) => one.code).join(', ') || 'none yet' })
}

/** Works as the system in a company: whoever may run this program on this database may do anything there anyway. */
export function contextAt(
  company: Company,
  now: Date,
  given: Partial<Pick<Context, 'channel' | 'key' | 'dryRun'>> = {},
): Context {
  return {
    principal: SYSTEM,
    companyId: company.id,
    channel: 'cli',
    now,
    today: businessDate(company.timeZone, now),
    ...given,
  }
}

/** The clock of the command line: this is where time enters. */
export const clock = (): Date => new Date()
