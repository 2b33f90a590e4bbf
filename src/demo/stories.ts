// Tells the stories of the demo: every step of every document in the order of its day, by the person whom the story names.
import { Refusal } from '#kernel/refusal'
import type { Desk } from './desk.ts'
import type { DemoFiles } from './files.ts'
import { refuse } from './refusals.ts'
import { RECEIVABLES } from './steps/receivables.ts'
import { RETURNS } from './steps/returns.ts'
import { SALES } from './steps/sales.ts'
import type { Act } from './steps/scene.ts'
import { STOCK } from './steps/stock.ts'
import { WAREHOUSE } from './steps/warehouse.ts'
import { spread, type Told, tellings } from './told.ts'

const ACTS: Readonly<Record<string, Act>> = { ...SALES, ...WAREHOUSE, ...RECEIVABLES, ...STOCK, ...RETURNS }

type Step = { readonly verb: string; readonly by: string }
type Moment = { readonly told: Told; readonly step: Step; readonly place: number; readonly day: number }

/** Tells every story. Refuses DEMO_STORY_FAILED with story, step, person and reason. */
export async function tellStories(
  desk: Desk,
  files: DemoFiles,
  progress: (done: number, of: number) => void,
): Promise<readonly Told[]> {
  const all = tellings(files)
  const moments = all.flatMap(momentsOf).sort(byTime)
  let done = 0
  const tellOne = async (company: string): Promise<void> => {
    for (const moment of moments.filter((one) => one.told.story.company === company)) {
      await tell(desk, files, moment)
      progress(++done, moments.length)
    }
  }
  // Companies share nothing that a story touches, so they are told side by side, each in the order of its days.
  const results = await Promise.allSettled([...new Set(all.map((one) => one.story.company))].map(tellOne))
  for (const result of results) if (result.status === 'rejected') throw result.reason
  return all
}

const byTime = (left: Moment, right: Moment): number => left.day - right.day || left.place - right.place

function momentsOf(told: Told): readonly Moment[] {
  let earliest = told.day
  return told.story.steps.map((step, place) => {
    // A step is never before the one before it, and never after today.
    earliest = Math.min(0, Math.max(earliest, dayOf(told, step)))
    return { told, step, place, day: earliest }
  })
}

/** On which day a step is done: most on the day of the story, money and returns when the story says. */
function dayOf({ story, day, at }: Told, { verb }: Step): number {
  if (verb.startsWith('receivables.payment.')) {
    const after = story['pay-after-days']
    return story['paid-day'] ?? (after ? day + spread(after, at, story.count) : day)
  }
  if (verb === 'sales.order.close') return day + 14
  if (verb.startsWith('returns.')) return day + (story['return-after-days'] ?? 0) + (RETURN_DAYS[verb] ?? 0)
  return day
}

/** Days from the request of a return to each of its steps. */
const RETURN_DAYS: Readonly<Record<string, number>> = {
  'returns.rma.receive': 3,
  'returns.rma.inspect': 4,
}

/** Steps of a day begin in the morning, a quarter of an hour apart. */
const timeOf = (place: number): string => {
  const minutes = 9 * 60 + 15 * place
  return `${String(Math.trunc(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}:00`
}

async function tell(desk: Desk, files: DemoFiles, { told, step, place, day }: Moment): Promise<void> {
  const { story } = told
  const act = ACTS[step.verb]
  if (!act) throw new Error(`the story ${story.id} has the step ${step.verb}, which nobody can do`)
  const doing = {
    company: story.company,
    by: step.by,
    day,
    time: timeOf(place),
    key: `${told.name} ${place} ${step.verb}`,
    channel: story.channel,
  }
  try {
    await act({ desk, files, told, story, doing })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    refuse('DEMO_STORY_FAILED', {
      story: told.name,
      step: step.verb,
      by: step.by,
      day: desk.date(story.company, day),
      problem: `${error.code}: ${error.message}`,
    })
  }
}
