// Runs the plan of a year through the verbs of the ERP, day by day, and reads back what the ERP made of it.
import type { Kernel } from '#kernel/kernel'
import type { ModuleSpec } from '#kernel/module'
import { modules as allModules } from '../../modules/index.ts'
import type { PlanDay } from '../events.ts'
import type { ReplayPlan } from '../plan.ts'
import type { PostedValues } from '../report.ts'
import { type Totals, TotalsAccumulator } from '../totals.ts'
import { setUpRetail } from './company.ts'
import { openDesk } from './desk.ts'
import { adjustDay, receiveDay } from './goods.ts'
import { idsOf } from './ids.ts'
import { bringMasters, masterIds } from './masters.ts'
import { enterDay, payDay } from './money.ts'
import { sellDay } from './orders.ts'
import { type DayDone, daysDone, noteDay } from './progress.ts'
import { readMonth } from './recorded.ts'
import { cancelDay } from './returns.ts'
import { surveyPlan } from './survey.ts'
import type { Work } from './work.ts'

/** News for whoever waits. */
export type ReplayProgress = { step: string; text: string; done?: number; total?: number }

export type RunOptions = {
  /** The last month to replay, 'YYYY-MM'; the whole file unless given. */
  until?: string | undefined
  /** The machine's clock, for what is noted about the run itself. */
  clock: () => Date
  /** Refreshes the planner's statistics, which an application role may not; not done unless given. */
  analyse?: (() => Promise<void>) | undefined
  /** Aborted: the day at work is finished, then the run ends. */
  signal?: AbortSignal | undefined
  onProgress?: ((news: ReplayProgress) => void) | undefined
  /** The product's modules, all of them unless given. */
  modules?: readonly ModuleSpec[]
}

/** How a month went: source lines, and milliseconds by the machine's clock. */
export type MonthRun = { month: string; lines: number; milliseconds: number; days: number }

export type RunResult = {
  companyId: number
  /** False when the run was stopped before its last day. */
  finished: boolean
  /** Days that this run did, and days that were done before. */
  days: { now: number; before: number }
  months: readonly MonthRun[]
  /** Orders that waited for a release, in this run. */
  held: number
  /** Added up from the documents of the ERP. */
  recorded: Totals
  posted: ReadonlyMap<string, PostedValues>
}

/**
 * Sets up the company RETAIL, brings in items and customers, and runs each day of the plan that is not done yet, in date
 * order. Every command has a key made of plan, day, step and part, and each finished day is noted, so that a run that was
 * stopped or killed goes on exactly where it was. Then every month is read back. Refuses REPLAY_OTHER_PLAN,
 * REPLAY_ORDER_HELD and REPLAY_RECORD_UNKNOWN, and whatever a verb refuses.
 */
export async function runReplay(kernel: Kernel, plan: ReplayPlan, options: RunOptions): Promise<RunResult> {
  const { clock, onProgress = () => undefined, modules = allModules, signal } = options
  onProgress({ step: 'set-up', text: 'Setting up the company' })
  const { companyId, warehouseId } = await setUpRetail(kernel, plan.dates, clock())
  const before = await daysDone(kernel, companyId, plan.fingerprint)
  const desk = openDesk({ kernel, modules, companyId, fingerprint: plan.fingerprint })
  const ids = idsOf(plan.fingerprint)
  const survey = surveyPlan(plan, desk, ids)
  const analyse = options.analyse ?? (async () => undefined)
  const work: Work = { desk, ids, survey, warehouseId, analyse, masters: masterIds(plan, survey, desk, ids) }
  if (before.length === 0) {
    const progress = (done: number, total: number) =>
      onProgress({ step: 'masters', text: 'Bringing in items and customers', done, total })
    await bringMasters(plan, desk, work.masters, { ids, progress })
  }
  await analyse()
  const done: DayDone[] = [...before]
  let finished = true
  let held = 0
  for (const day of plan.days({
    from: before.length,
    ...(options.until === undefined ? {} : { until: options.until }),
  })) {
    if (signal?.aborted) {
      finished = false
      break
    }
    onProgress({ step: 'days', text: `Replaying ${day.month}`, ...monthProgress(plan, day) })
    if (isAnalysed(plan, day)) await analyse()
    const started = performance.now()
    held += await runDay(work, day)
    const milliseconds = Math.trunc(performance.now() - started)
    const noted = { dayIndex: day.index, date: day.date, lines: linesIn(day), milliseconds }
    await noteDay(kernel, companyId, plan.fingerprint, { ...noted, at: clock() })
    done.push(noted)
  }
  const months = monthsOf(done)
  const { recorded, posted } = await readBack(work, months, onProgress)
  return {
    companyId,
    finished,
    days: { now: done.length - before.length, before: before.length },
    months,
    held,
    recorded,
    posted,
  }
}

/** One day, in the order in which no item is ever short. Returns how many orders had to wait for a release. */
async function runDay(work: Work, day: PlanDay): Promise<number> {
  await receiveDay(work, day)
  const held = await sellDay(work, day)
  await enterDay(work, day)
  await cancelDay(work, day)
  await adjustDay(work, day)
  await payDay(work, day)
  return held
}

async function readBack(work: Work, months: readonly MonthRun[], onProgress: (news: ReplayProgress) => void) {
  const totals = new TotalsAccumulator()
  const posted = new Map<string, PostedValues>()
  for (const [at, { month }] of months.entries()) {
    onProgress({ step: 'read back', text: 'Reading back from the ERP', done: at, total: months.length })
    const found = await readMonth(work.desk, work.survey, month)
    for (const line of found.lines) totals.record(line)
    posted.set(month, found.posted)
  }
  onProgress({ step: 'read back', text: 'Reading back from the ERP', done: months.length, total: months.length })
  return { recorded: totals.totals(), posted }
}

/** Tables that were empty yesterday are looked at again soon, grown ones once a month. */
function isAnalysed(plan: ReplayPlan, day: PlanDay): boolean {
  const former = plan.dates[day.index - 1] ?? ''
  return [1, 2, 3, 4, 6, 8, 10, 15].includes(day.index) || (day.index > 1 && former.slice(0, 7) !== day.month)
}

function monthProgress(plan: ReplayPlan, day: PlanDay): { done: number; total: number } {
  const ofMonth = plan.dates.filter((date, index) => index > 0 && date.startsWith(day.month))
  return { done: ofMonth.indexOf(day.date) + 1, total: ofMonth.length }
}

const linesIn = (day: PlanDay): number =>
  [...day.orders, ...day.cancellations].reduce((sum, one) => sum + one.lines.length, 0) +
  day.journals.length +
  day.adjustments.length

/** The days by month; the opening day counts to none. */
function monthsOf(days: readonly DayDone[]): readonly MonthRun[] {
  const months = new Map<string, MonthRun>()
  for (const { dayIndex, date, lines, milliseconds } of days) {
    if (dayIndex === 0) continue
    const month = date.slice(0, 7)
    const sum = months.get(month) ?? { month, lines: 0, milliseconds: 0, days: 0 }
    months.set(month, {
      month,
      lines: sum.lines + lines,
      milliseconds: sum.milliseconds + milliseconds,
      days: sum.days + 1,
    })
  }
  return [...months.values()]
}
