// What `tradewright template` does so that sites get only what is proven: the signatures of the releases.

import type { Booted } from '../boot.ts'
import { proveReleases, signReleases } from '../rollout/template/signature.ts'
import { type Common, withDatabase } from './options.ts'
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
