// `tradewright demo load`: the demo enterprise into an empty database, also into one that DATABASE_URL names.
import type { Command } from 'commander'
import { sql, transaction } from '#kernel/db'
import type { Kernel } from '#kernel/kernel'
import { refusals } from '#kernel/refusal'
import { findDemo } from './demo.ts'
import { type Common, clock, common, group, withDatabase } from './options.ts'
import { EXIT } from './output.ts'
import { tellSignIns } from './sign-ins.ts'

const refuse = refusals({
  DEMO_LEFT_OUT: {
    text: 'This copy of the program brings no demo. Load it with a copy that has the folder src/demo.',
    kind: 'unknown',
  },
  COMPANIES_THERE: {
    text: 'This database has companies already ({companies}), and the demo goes into an empty one only. Name another home with --home, or an empty database in DATABASE_URL.',
    kind: 'conflict',
    retry: 'no',
  },
})

/** Adds `demo` and its subcommands. */
export function demoCommand(program: Command): void {
  const commands = group(program, 'demo', 'the demo enterprise', [
    'tradewright demo load',
    'DATABASE_URL=postgres://erp@db.example/demo tradewright demo load',
  ])
  common(
    commands
      .command('load')
      .description(
        'fill an empty database with two companies, their people, masters and 68 stories; print the sign-ins',
      ),
    ['tradewright demo load --home /tmp/demo', 'tradewright demo load --json | jq .signIns'],
  ).action(load)
  common(
    commands
      .command('fleet')
      .description(
        'fill an empty database with twenty sites in four waves on three releases of the template, with drift, expired deviations and people with two hats among them',
      ),
    ['tradewright demo fleet --home /tmp/fleet', 'tradewright site drift S02 --home /tmp/fleet'],
  ).action(fleet)
}

/** Only into an empty database: what is planted would harm a real enterprise. */
async function fleet(given: Common): Promise<void> {
  const demo = (await findDemo()) ?? refuse('DEMO_LEFT_OUT')
  await withDatabase({ ...given, database: 'prepare' }, async ({ kernel }, output) => {
    const companies = await codesOf(kernel)
    if (companies.length > 0) refuse('COMPANIES_THERE', { companies: companies.join(', ') })
    await demo.fleet({ kernel, now: clock(), onProgress: output.progress })
    const sites = await codesOf(kernel)
    output.result(
      { ok: true, companies: sites },
      'The fleet is built: twenty sites, S01 to S20. See them with `tradewright site list`, and what was planted with `tradewright site drift S02`.',
    )
    return EXIT.ok
  })
}

/** A load that was interrupted is finished by the next one; a database with companies of its own is left alone. */
async function load(given: Common): Promise<void> {
  const demo = (await findDemo()) ?? refuse('DEMO_LEFT_OUT')
  await withDatabase({ ...given, database: 'prepare' }, async ({ kernel }, output) => {
    const { started } = await demo.state(kernel)
    const companies = await codesOf(kernel)
    if (companies.length > 0 && !started) refuse('COMPANIES_THERE', { companies: companies.join(', ') })
    const signIns = await demo.load({ kernel, now: clock(), onProgress: output.progress })
    const loaded = await codesOf(kernel)
    output.result(
      { ok: true, companies: loaded, signIns },
      `The demo is loaded: ${loaded.join(' and ')}. Start it with \`tradewright serve\`.\n${tellSignIns(signIns).join('\n')}`,
    )
    return EXIT.ok
  })
}

/** The codes of every company, closed ones too; a few are enough to recognise a database by. */
async function codesOf(kernel: Kernel): Promise<readonly string[]> {
  const rows = await transaction(kernel.pool, { companies: [] }, (tx) =>
    tx.rows(sql<{ code: string }>`select code from access.directory() order by code limit 10`),
  )
  return rows.map((row) => row.code)
}
