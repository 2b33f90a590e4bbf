// Every subcommand of `tradewright`. A new one is a file here with a function that adds itself to the program.
import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { audit } from './audit.ts'
import { db } from './db.ts'
import { deadLetter } from './dead-letter.ts'
import { demoCommand } from './demo-load.ts'
import { exportCommand } from './export.ts'
import { extension } from './extension.ts'
import { importCommand } from './import.ts'
import { key } from './key.ts'
import { profileCommand } from './profile.ts'
import { replay } from './replay.ts'
import { report } from './report.ts'
import { scenario } from './scenario.ts'
import { serve } from './serve.ts'
import { site } from './site.ts'
import { template } from './template.ts'
import { uat } from './uat.ts'
import { user } from './user.ts'
import { verifyCommand } from './verify.ts'
import { worker } from './worker.ts'

/** Adds one subcommand, with its own subcommands, to the program. */
export type Register = (program: Command) => void

const REGISTERED: readonly Register[] = [
  serve,
  worker,
  db,
  user,
  key,
  demoCommand,
  verifyCommand,
  audit,
  report,
  importCommand,
  profileCommand,
  exportCommand,
  deadLetter,
  replay,
  scenario,
  uat,
  template,
  site,
  extension,
]

const VERSION = (): string => {
  const parsed: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  return typeof parsed === 'object' && parsed !== null && 'version' in parsed ? String(parsed.version) : 'unknown'
}

/** The whole command line. Errors are thrown, so that the caller decides on the exit code. */
export function commandLine(): Command {
  const program = new Command('tradewright')
    .description('A distribution ERP with its own rollout framework, on PostgreSQL.')
    .version(VERSION())
    .showHelpAfterError('(add --help for what there is)')
    .configureHelp({ showGlobalOptions: true })
    .addHelpText(
      'after',
      `
Every command takes --home FOLDER (default: TRADEWRIGHT_HOME, else ~/.tradewright) and --json.
With DATABASE_URL set, that PostgreSQL is used and none is started.

Exit codes: 0 it is so, 1 the answer is no, 2 it was asked wrongly, 3 the database or the place cannot be used.

Examples:
  tradewright serve                      start the product, with its own database unless DATABASE_URL is set
  tradewright db status                  which migrations are applied
  tradewright db backup /backup/monday   copy the running database
  tradewright verify --json              prove the books from the facts`,
    )
  for (const register of REGISTERED) register(program)
  for (const command of everyCommand(program)) command.exitOverride()
  return program
}

function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap(everyCommand)]
}
