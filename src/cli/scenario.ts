// `tradewright scenario`: plays the template's scenarios on a copy of the live database, and says what came out.
import type { Command } from 'commander'
import { modules } from '../modules/index.ts'
import {
  besideOf,
  chooseScenarios,
  cloneOf,
  figuresOf,
  type Listed,
  type Outcome,
  openDatabases,
  type Playground,
  readScenarios,
  runScenario,
} from '../scenario/index.ts'
import { type Common, common, group, withDatabase } from './options.ts'
import { EXIT, type Output, outputOf } from './output.ts'
import { tableOf } from './table.ts'

type Given = Common & { keep?: boolean; list?: boolean; folder?: string }

/** Adds `scenario` and its subcommands. */
export function scenario(program: Command): void {
  const commands = group(program, 'scenario', 'acceptance scenarios of the template', [
    'tradewright scenario run',
    'tradewright scenario run T-Q2C-01 T-CRD-05',
    'tradewright scenario run --list',
  ])
  const run = commands
    .command('run [ids...]')
    .description('play scenarios as the people of the template, on a copy of the live database')
    .option('--list', 'only say which scenarios there are')
    .option('--keep', 'leave the copy and its databases where they are, to look into')
    .option('--folder <folder>', 'a library of your own instead of the one of the template')
  common(run, ['tradewright scenario run --json | jq .scenarios', 'tradewright scenario run T-PRC-11']).action(
    async (ids: string[], given: Given) => {
      const chosen = chooseScenarios(readScenarios(given.folder), ids)
      if (given.list) list(chosen, given)
      else await play(chosen, given)
    },
  )
}

function list(chosen: readonly Listed[], given: Given): void {
  const rows = chosen.map(({ id, title, family, steps }) => ({ id, title, family, steps: steps.length }))
  outputOf(given).result({ ok: true, scenarios: rows }, tableOf(rows))
}

async function play(chosen: readonly Listed[], given: Given): Promise<void> {
  await withDatabase(given, async ({ kernel, embedded, ownerUrl }, output) => {
    const before = await figuresOf(kernel)
    const playground = embedded ? await cloneOf(embedded, output.progress) : await besideOf(ownerUrl)
    const outcomes = await playAll(playground, chosen, given.keep === true, output)
    const unchanged = JSON.stringify(await figuresOf(kernel)) === JSON.stringify(before)
    const ok = unchanged && outcomes.every((one) => one.ok)
    output.result(
      { ok, scenarios: outcomes, played: playground.told, live: before, live_unchanged: unchanged },
      tell(outcomes, playground.told, unchanged),
    )
    return ok ? EXIT.ok : EXIT.no
  })
}

async function playAll(
  playground: Playground,
  chosen: readonly Listed[],
  keep: boolean,
  output: Output,
): Promise<readonly Outcome[]> {
  const news = (done: number) =>
    output.progress({ step: 'scenario', text: 'Playing scenarios', done, total: chosen.length })
  try {
    const databases = await openDatabases(playground.ground, playground.from, modules)
    try {
      const outcomes: Outcome[] = []
      news(0)
      for (const one of chosen) {
        outcomes.push(await runScenario({ ...(await databases.make()), world: databases.world, modules }, one))
        news(outcomes.length)
      }
      return outcomes
    } finally {
      if (!keep) await databases.clear()
      else await databases.leave()
    }
  } finally {
    const kept = await playground.close(keep)
    if (kept !== undefined) output.say(`The copy stays: ${kept}`)
  }
}

function tell(outcomes: readonly Outcome[], told: string, unchanged: boolean): string {
  const rows = outcomes.map(({ id, title, ok, milliseconds }) => ({
    id,
    title,
    result: ok ? 'passed' : 'FAILED',
    ms: milliseconds,
  }))
  const failures = outcomes.filter((one) => !one.ok).map((one) => `${one.id}: ${one.failure}`)
  const good = outcomes.length - failures.length
  return [
    tableOf(rows),
    '',
    ...failures,
    `${good} of ${outcomes.length} scenarios passed, ${told}.`,
    unchanged ? 'The live database is as it was.' : 'The live database CHANGED meanwhile.',
  ].join('\n')
}
