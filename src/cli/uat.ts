// `tradewright uat`: plays the acceptance scenarios with a site's live configuration on a copy, and says what came out.
import type { Command } from 'commander'
import { sql, transaction } from '#kernel/db'
import type { Kernel } from '#kernel/kernel'
import type { Booted } from '../boot.ts'
import { modules } from '../modules/index.ts'
import { lineOf } from '../rollout/uat/differences.ts'
import { besideOf, cloneOf } from '../scenario/index.ts'
import { type Played, playRun } from '../uat/index.ts'
import { principalFor } from './acting.ts'
import {
  type Common,
  clock,
  common,
  companyOf,
  contextAt,
  everyCompany,
  group,
  refuse,
  withDatabase,
} from './options.ts'
import { EXIT, type Output } from './output.ts'
import { run as commandOf, siteOf } from './site-find.ts'
import { tableOf } from './table.ts'
import { lanesOf } from './template-proof.ts'

type Given = Common & { as?: string; keep?: boolean; run?: string; lanes?: string }
type Started = { readonly runId: string; readonly companyId: number }

/** Adds `uat` and its subcommands. */
export function uat(program: Command): void {
  const commands = group(program, 'uat', 'acceptance of a site by the scenarios of the template', [
    'tradewright uat run BERLIN',
    'tradewright uat run BERLIN T-Q2C-01 T-PRC-11',
  ])
  const run = commands
    .command('run [site] [ids...]')
    .description(
      'play scenarios with the live configuration of a site, on a copy; the live database only keeps the result',
    )
    .option('--as <email>', 'start the run as this person; the system does otherwise')
    .option('--run <id>', 'play a run that was started already, instead of starting one')
    .option('--lanes <number>', 'scenarios that are played at once', '2')
    .option('--keep', 'leave the copy and its databases where they are, to look into')
  common(run, [
    'tradewright uat run BERLIN --json | jq .scenarios',
    'tradewright uat run BERLIN --as olga@demo.test',
  ]).action(async (site: string | undefined, ids: string[], given: Given) => {
    const lanes = lanesOf(given.lanes)
    if ((site === undefined) === (given.run === undefined))
      refuse('OPTION_INVALID', {
        option: 'SITE',
        value: site ?? '(none)',
        problem: 'name a site, or a run with --run.',
      })
    await withDatabase(given, async (booted, output) => {
      const started = given.run
        ? await known(booted.kernel, given.run)
        : await start(booted.kernel, site ?? '', ids, given.as)
      return await play(booted, started, { lanes, keep: given.keep === true }, output)
    })
  })
}

async function start(kernel: Kernel, code: string, ids: readonly string[], as: string | undefined): Promise<Started> {
  const site = await siteOf(kernel, code)
  const company = await companyOf(kernel, site.company)
  const context = { ...contextAt(company, clock()), principal: await principalFor(kernel, as) }
  const input = { site: site.id, by: 'caller', ...(ids.length > 0 ? { scenarios: ids } : {}) }
  const answer = await commandOf('rollout.uat-run.start').run(kernel, context, { input: [input] })
  return { runId: answer.ids[0] ?? '', companyId: company.id }
}

async function known(kernel: Kernel, id: string): Promise<Started> {
  if (!/^[0-9a-f-]{36}$/.test(id)) refuse('OPTION_INVALID', { option: '--run', value: id, problem: 'it is no id.' })
  const found = await transaction(kernel.pool, { companies: await everyCompany(kernel) }, (tx) =>
    tx.first(sql<{ company_id: number }>`select company_id from rollout.uat_run where id = ${id}`),
  )
  if (!found) return refuse('OPTION_INVALID', { option: '--run', value: id, problem: 'there is no such run.' })
  return { runId: id, companyId: found.company_id }
}

async function play(
  { kernel, embedded, ownerUrl }: Booted,
  started: Started,
  options: { lanes: number; keep: boolean },
  output: Output,
): Promise<number> {
  let done = 0
  const played = await playRun({
    kernel,
    ...started,
    ...options,
    modules,
    clock,
    playground: () => (embedded ? cloneOf(embedded, output.progress) : besideOf(ownerUrl)),
    news: (total) => output.progress({ step: 'scenario', text: 'Playing scenarios', done: ++done, total }),
  })
  if (!played) {
    output.result({ ok: false, cancelled: true }, 'The run was cancelled, or has finished already.')
    return EXIT.no
  }
  const { judged, unchanged, playedMilliseconds, ...rest } = played
  const ok = unchanged !== false && judged.every((one) => one.ok)
  const perSecond = rateOf(played)
  const answer = { ok, ...rest, scenarios: judged, live_unchanged: unchanged, playedMilliseconds, perSecond }
  output.result(answer, tell(played, perSecond))
  return ok ? EXIT.ok : EXIT.no
}

const THOUSAND = 1_000n

/** Scenarios a second with two places, exact. */
function rateOf({ judged, playedMilliseconds }: Played): string {
  const hundredths = (BigInt(judged.length) * 100n * THOUSAND) / BigInt(Math.max(playedMilliseconds, 1))
  return `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, '0')}`
}

function tell(played: Played, perSecond: string): string {
  const { judged, differences, leftOut, live, unchanged, kept } = played
  const rows = judged.map(({ scenario, title, ok, milliseconds }) => ({
    id: scenario,
    title,
    result: ok ? 'passed' : 'FAILED',
    ms: milliseconds,
  }))
  const red = judged.filter((one) => !one.ok)
  const failures = red.flatMap(({ scenario, failure, causes }) => [
    `${scenario}: ${failure}`,
    ...(causes.length > 0
      ? causes.map((one) => `    because of ${lineOf(one)}`)
      : ['    with the values of the template it fails too: look at the scenario, or at the product']),
  ])
  const told = unchanged === null ? 'others worked on it meanwhile' : unchanged ? 'unchanged' : 'CHANGED meanwhile'
  return [
    tableOf(rows),
    '',
    ...failures,
    ...leftOut.map((one) => `${one.id} was left out: ${one.reason}`),
    ...(differences.length === 0
      ? ['The site is what the template says.']
      : ['Differences from the template:', ...differences.map((one) => `  ${lineOf(one)}`)]),
    `${played.number}: ${judged.length - red.length} of ${judged.length} scenarios passed at ${played.site}, ${played.played}; ${perSecond} scenarios a second.`,
    `Live: configuration ${played.configuration.slice(0, 12)}, ${Object.entries(live)
      .map(([name, value]) => `${name} ${value}`)
      .join(', ')}; ${told}.`,
    ...(kept === undefined ? [] : [`The copy stays: ${kept}`]),
  ].join('\n')
}
