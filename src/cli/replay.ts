// `tradewright replay online-retail`: a real wholesaler's year, order by order, through the verbs of the product.
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Command } from 'commander'
import { sql, transaction } from '#kernel/db'
import { Refusal } from '#kernel/refusal'
import { type Booted, boot } from '../boot.ts'
import { compareTotals, loadSource, planReplay, profileSource, ReplayRefusal, readControl } from '../replay/index.ts'
import { type RunResult, runReplay } from '../replay/run/run.ts'
import { microsecondsPerLine, renderRunReport } from '../replay/run/run-report.ts'
import { type Common, clock, common, group, refuse } from './options.ts'
import { EXIT, type Output, outputOf } from './output.ts'
import { stopSignal } from './stop-signal.ts'
import { proveBooks } from './verify.ts'

type Given = Common & { until?: string; control?: string; report?: string }

const CONTROL = 'control-totals-by-month.csv'

/** Adds `replay`. */
export function replay(program: Command): void {
  const examples = ['tradewright replay online-retail online_retail.csv.xz --until 2010-12']
  const parent = group(program, 'replay', 'replay real data through the product', examples)
  common(
    parent
      .command('online-retail')
      .description('replay the Online Retail data set (UCI 352): profile, plan, run, compare, prove')
      .argument('<file>', 'online_retail.csv or .csv.xz')
      .option('--until <month>', 'the last month to replay, YYYY-MM')
      .option('--control <file>', `monthly totals to compare with; ${CONTROL} beside the file is found by itself`)
      .option('--report <file>', 'write the report there as well'),
    [
      'tradewright replay online-retail online_retail.csv.xz',
      'tradewright replay online-retail online_retail.csv.xz --until 2011-03 --json',
      'Ctrl+C finishes the day at work and stops; the same command goes on from there.',
    ],
  ).action(async (file: string, given: Given) => {
    try {
      process.exitCode = await replayFile(file, given)
    } catch (error) {
      throw error instanceof ReplayRefusal ? asRefusal(error) : error
    }
  })
}

async function replayFile(file: string, given: Given): Promise<number> {
  const output = outputOf(given)
  const { until } = given
  if (until !== undefined && !/^\d{4}-(0[1-9]|1[0-2])$/.test(until)) {
    refuse('OPTION_INVALID', { option: '--until', value: until, problem: 'give a month as YYYY-MM.' })
  }
  const controlFile = given.control ?? join(dirname(file), CONTROL)
  if (given.control !== undefined && !existsSync(controlFile)) {
    refuse('OPTION_INVALID', { option: '--control', value: controlFile, problem: 'there is no such file.' })
  }
  output.progress({ step: 'read', text: 'Reading the file' })
  const source = await loadSource(file)
  const profile = profileSource(source)
  output.progress({ step: 'plan', text: 'Planning the days' })
  const plan = planReplay(source)
  // Without a control file the plan's own sums stand in: the ERP must at least hold what it was given.
  const control = existsSync(controlFile) ? await readControl(controlFile) : plan.expected
  const booted = await boot({ home: given.home, database: 'prepare', connections: 4, onProgress: output.progress })
  try {
    const result = await run(booted, plan, { until, output })
    if (!result.finished) {
      output.say(`Stopped after ${result.days.before + result.days.now} days. The same command goes on from there.`)
      output.result({ ok: false, stopped: true, days: result.days }, '')
      return EXIT.no
    }
    const comparison = compareTotals(control, result.recorded, until ?? result.months.at(-1)?.month)
    const verdict = await proveBooks(booted.kernel, output.progress)
    const report = renderRunReport({ fileName: basename(file), profile, plan, comparison, result, verdict })
    if (given.report !== undefined) await writeFile(given.report, report)
    const equal = comparison.every((entry) => entry.equal)
    output.result(answerOf(plan.fingerprint, { equal, comparison, result, verdict }), report)
    return equal && verdict.ok ? EXIT.ok : EXIT.no
  } finally {
    await booted.stop()
  }
}

type Plan = ReturnType<typeof planReplay>

/** Runs the plan; the planner's statistics are refreshed when the masters are in, and a few times while they grow fast. */
async function run(
  booted: Booted,
  plan: Plan,
  { until, output }: { until: string | undefined; output: Output },
): Promise<RunResult> {
  const { kernel } = booted
  const stopped = new AbortController()
  void stopSignal().then(() => {
    output.say('Stopping after the day at work.')
    stopped.abort()
  })
  const analyse = async () => {
    await transaction(kernel.pool, { companies: [] }, (tx) => tx.run(sql`select kernel.refresh_statistics()`))
  }
  const { signal } = stopped
  return await runReplay(kernel, plan, { until, clock, analyse, signal, onProgress: output.progress })
}

type Outcome = {
  equal: boolean
  comparison: ReturnType<typeof compareTotals>
  result: RunResult
  verdict: Awaited<ReturnType<typeof proveBooks>>
}

/** The answer for machines. Money and quantities are exact text; times are whole milliseconds and microseconds. */
function answerOf(fingerprint: string, { equal, comparison, result, verdict }: Outcome): object {
  return {
    ok: equal && verdict.ok,
    fingerprint,
    equal,
    figures: comparison.length,
    different: comparison.filter((entry) => !entry.equal),
    comparison,
    posted: Object.fromEntries(result.posted),
    months: result.months.map((one) => ({ ...one, microsecondsPerLine: microsecondsPerLine(one) })),
    days: result.days,
    held: result.held,
    verify: { ok: verdict.ok, checks: verdict.checks.length, failed: verdict.checks.filter((check) => !check.ok) },
  }
}

/** A refusal of the replay as the command line knows refusals. */
const asRefusal = ({ code, message, details }: ReplayRefusal): Refusal =>
  new Refusal(
    code,
    { text: message.replaceAll('{', '(').replaceAll('}', ')'), kind: 'invalid', retry: 'after-change' },
    details,
  )
