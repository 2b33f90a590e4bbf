// `tradewright site`: the sites of the enterprise, what a plan would change, and what has drifted, without a browser.
import type { Command } from 'commander'
import { actingIn } from './acting.ts'
import { common, group, withDatabase } from './options.ts'
import { EXIT } from './output.ts'
import { create } from './site-create.ts'
import { type Given, run, siteOf, sites } from './site-find.ts'
import { gate, grant, waive } from './site-gates.ts'
import { apply, approve, drift, plan } from './site-plans.ts'
import { sandbox } from './site-sandbox.ts'
import { tableOf } from './table.ts'

/** Adds `site` and its subcommands. */
export function site(program: Command): void {
  const commands = group(program, 'site', 'the sites of the enterprise, their plans and their drift', [
    'tradewright site list',
    'tradewright site plan ALPHA',
    'tradewright site drift ALPHA',
  ])
  const sub = (name: string, description: string, examples: readonly string[]) =>
    common(
      commands
        .command(name)
        .description(description)
        .option('--as <email>', 'act as this person, with his rights; else as the system'),
      examples,
    )
  sub('list', 'the sites, with their release and stage', ['tradewright site list --json | jq .sites']).action(list)
  sub('create <code>', 'bring a new company up from the template, or open a warehouse as a site below its company', [
    'tradewright site create GAMMA --name "Gamma Supply" --currency USD --country US --time-zone America/Chicago',
    'tradewright site create GAMMA-MAIN --name "Gamma, main building" --below GAMMA --warehouse MAIN --choose handling-hours=16',
  ])
    .requiredOption('--name <name>', 'what the company, or the warehouse, is called')
    .option('--currency <code>', 'the currency of a new company’s books, ISO 4217')
    .option('--country <code>', 'where a new company is, ISO 3166-1 alpha-2')
    .option('--below <site>', 'the site of the company whose warehouse this is; no company is set up then')
    .option('--warehouse <code>', 'which warehouse; the one with the code of the site unless given')
    .option('--release <number>', 'which release the warehouse follows; its company’s unless given')
    .option(
      '--choose <key=value...>',
      'what the warehouse answers to the template: outbound, handling-hours, cut-off …',
    )
    .option('--time-zone <name>', 'IANA name', 'Etc/UTC')
    .option('--wave <number>', 'the wave in which it comes', '1')
    .option('--owner <name>', 'who answers for it', 'Rollout lead')
    .action(create)
  sub('plan <code>', 'what would change at a site, and what has drifted', [
    'tradewright site plan ALPHA --revert-all',
    'tradewright site plan ALPHA --revert "party.term NET30"',
  ])
    .option('--revert <object...>', 'take back the drift of this object, KIND KEY')
    .option('--revert-all', 'take back everything that has drifted')
    .action(plan)
  sub('approve <code> <hash>', 'approve a plan that somebody else made, by its hash', [
    'tradewright site approve ALPHA 3f9a… --as dora@example.com',
  ]).action(approve)
  sub('apply <code> <hash>', 'apply an approved plan, whole or not at all', [
    'tradewright site apply ALPHA 3f9a…',
  ]).action(apply)
  sub('follow <code> <release>', 'have a site follow another release from its next plan on', [
    'tradewright site follow ALPHA 1.1.0',
  ]).action(follow)
  sub('waive <code> <kind> <key>', 'ask that a site may differ, until a day; somebody else grants it', [
    'tradewright site waive ALPHA ledger.account 1100 --field name --why "The law names it so" --as wiebke@tradewright.example',
  ])
    .option('--field <name>', 'the field; everything of the object unless it has drifted in one field')
    .option('--value <json>', 'what it may be; what stands there now unless given')
    .option('--until <day>', 'the last day on which it holds, YYYY-MM-DD; ninety days unless given')
    .requiredOption('--why <text>', 'the reason')
    .option('--risk <text>', 'what may go wrong', 'None that is known')
    .option('--owner <text>', 'who answers for it', 'The site')
    .option('--control <text>', 'what is done against the risk', 'Looked at every month')
    .action(waive)
  sub('grant <code> <number>', 'grant a deviation that somebody else asked for', [
    'tradewright site grant ALPHA DEV-2026-00001 --as yara@tradewright.example',
  ]).action(grant)
  sub('gate <code> <gate>', 'measure a gate, G1 to G8; exit code 1 when it refuses', [
    'tradewright site gate ALPHA G3',
    'tradewright site gate ALPHA G3 --on 2027-01-31',
  ])
    .option('--on <day>', 'as it would be on this day, YYYY-MM-DD; nothing is kept then')
    .action(gate)
  sub('sandbox <code>', 'copy the live database while people work, with personal data masked, to practise on', [
    'tradewright site sandbox ALPHA --name training',
    'tradewright site sandbox ALPHA --name uat --role order-desk-clerk warehouse-picker',
  ])
    .requiredOption('--name <name>', 'what the sandbox is called: small letters, digits and dashes')
    .option('--role <role...>', 'what the practice sign-in may do', ['rollout-lead'])
    .action(sandbox)
  sub('drift <code>', 'what differs without an approval, with who, when and how; exit code 1 when something does', [
    'tradewright site drift ALPHA --json',
  ]).action(drift)
}

async function list(given: Given): Promise<void> {
  await withDatabase(given, async ({ kernel }, output) => {
    const rows = (await sites(kernel)).map(({ code, name, company, below, place, wave, state, release }) => ({
      code,
      name,
      company,
      below,
      place,
      wave,
      stage: state,
      release,
    }))
    output.result(
      { ok: true, sites: rows },
      rows.length > 0 ? tableOf(rows) : 'There is no site yet. Open one with `tradewright site create`.',
    )
    return EXIT.ok
  })
}

async function follow(code: string, release: string, given: Given): Promise<void> {
  await withDatabase(given, async ({ kernel }, output) => {
    const found = await siteOf(kernel, code)
    await run('rollout.site.follow').run(kernel, await actingIn(kernel, found.company, given), {
      ids: [found.id],
      input: { release },
    })
    output.result(
      { ok: true, site: found.code, release },
      `${found.code} follows ${release}. See what that changes with \`tradewright site plan ${found.code}\`.`,
    )
    return EXIT.ok
  })
}
