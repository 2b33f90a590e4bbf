// What `tradewright template` does so that sites get only what is proven: the signatures of the releases, and the
// scenarios of a release played against every site.

import type { Booted } from '../boot.ts'
import { modules } from '../modules/index.ts'
import { proveReleases, signReleases } from '../rollout/template/signature.ts'
import { besideOf, cloneOf, emptyOn } from '../scenario/index.ts'
import { type Tried, type TriedRelease, tryRelease } from '../uat/index.ts'
import { type Common, clock, refuse, withDatabase } from './options.ts'
import { EXIT, type Output } from './output.ts'
import { tableOf } from './table.ts'
import { refuseTemplate } from './template-refusals.ts'

/** See `tradewright template verify --help`. */
export async function verify(number: string | undefined, given: Common): Promise<void> {
  await withDatabase(given, async ({ kernel, home }, output) => {
    const all = await proveReleases(kernel.pool, home)
    const known = all.map((one) => one.number).join(', ') || 'no release yet'
    const releases = number === undefined ? all : all.filter((one) => one.number === number)
    if (number !== undefined && releases.length === 0) refuseTemplate('NO_TEMPLATE', { name: number, known })
    const bad = releases.filter((one) => one.problem !== null)
    const rows = releases.map((one) => ({
      release: one.number,
      template: one.template,
      hash: one.hash.slice(0, 12),
      key: one.key ?? '',
      proof: one.problem === null ? 'ok' : `FAIL: ${one.problem}`,
    }))
    const told =
      bad.length === 0
        ? `All ${releases.length} releases are as they were signed.`
        : `${bad.length} of ${releases.length} releases are not proven.`
    output.result({ ok: bad.length === 0, releases }, [...(rows.length > 0 ? [tableOf(rows)] : []), told].join('\n'))
    return bad.length === 0 ? EXIT.ok : EXIT.no
  })
}

/** Signs what has just been published, so that nobody waits for a worker; says what must stay unsigned. */
export async function signNow({ kernel, home }: Booted, output: Output): Promise<void> {
  const { problems } = await signReleases(kernel.pool, home)
  for (const problem of problems) output.say(problem)
}

export type Trying = { scenarios?: boolean; lanes?: string }

/** How many scenarios are played at once. Refuses OPTION_INVALID. */
export function lanesOf(given: string | undefined): number {
  if (!/^[1-8]$/.test(given ?? ''))
    refuse('OPTION_INVALID', { option: '--lanes', value: given, problem: 'write a number from 1 to 8.' })
  return Number(given)
}

/** Plays the scenarios of a release for every site on a copy; `ok` when none fails and the live database is as it was. */
export async function trying(
  { kernel, embedded, ownerUrl }: Booted,
  release: string,
  lanes: number,
  output: Output,
): Promise<{ ok: boolean; trials: readonly Tried[]; plays: number; live_unchanged: boolean | null; told: string }> {
  let done = 0
  const tried = await tryRelease({
    ...{ kernel, modules, clock, release, lanes },
    playground: async () =>
      embedded ? await emptyOn(await cloneOf(embedded, output.progress)) : await besideOf(ownerUrl),
    news: (total) => output.progress({ step: 'scenario', text: 'Playing scenarios', done: ++done, total }),
  })
  const ok = tried.unchanged !== false && tried.sites.every((one) => one.failures.length === 0)
  return { ok, trials: tried.sites, plays: tried.plays, live_unchanged: tried.unchanged, told: tellTrials(tried) }
}

function tellTrials({ release, sites, plays, played, unchanged }: TriedRelease): string {
  const rows = sites.map(({ site, trial, played: count, failures, like }) => ({
    site,
    trial,
    scenarios: count,
    failed: failures.length,
    played: like === null ? 'here' : `as at ${like}`,
  }))
  const failures = sites.flatMap(({ site, failures: red }) =>
    red.flatMap(({ scenario, failure, causes }) => [
      `${site}, ${scenario}: ${failure}`,
      ...(causes.length > 0
        ? causes.map((cause) => `    because ${cause}`)
        : ['    no change of the release and no difference of the site explains it: look at the scenario']),
    ]),
  )
  const bad = sites.filter((one) => one.failures.length > 0).length
  const live = unchanged === null ? 'others worked on it meanwhile' : unchanged ? 'unchanged' : 'CHANGED meanwhile'
  return [
    ...(rows.length > 0 ? [tableOf(rows)] : []),
    ...failures,
    `Release ${release}: at ${sites.length - bad} of ${sites.length} sites every scenario passes; ${plays} configurations ${played}. Live: ${live}.`,
  ].join('\n')
}
