// Keeping what came of a trial, as the machine that played it; people may go on against it, and do not write it.
import { creation } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { releaseOf } from '../../site/open.ts'
import { siteIdOf } from '../../uat/site.ts'
import { refuse } from './refusals.ts'
import { trial } from './trial.ts'

const Failure = T.object({
  scenario: T.code(),
  title: T.text(),
  critical: T.boolean(),
  failure: T.text(20_000),
  causes: T.list(T.any(), 1_000, 0),
})
const LeftOut = T.object({ id: T.code(), title: T.text(), reason: T.text(20_000) })

/** Keeps trials. Refuses TRIAL_BY_MACHINE to people, RELEASE_UNKNOWN, RELEASE_WITHDRAWN and SITE_NOT_HERE. */
export const record = creation(
  trial.verbs.record,
  T.object({
    id: T.optional(T.id()),
    site: T.ref('rollout.site'),
    release: T.code(),
    configurationHash: T.text(64),
    fingerprint: T.text(64),
    steps: T.integer(0, 10_000_000),
    passed: T.integer(0, 1_000_000),
    failures: T.list(Failure, 10_000, 0),
    leftOut: T.list(LeftOut, 10_000, 0),
    playedOn: T.text(),
    milliseconds: T.integer(0, 2_000_000_000),
  }),
  async (call) => {
    const { tx, companyId, now } = call
    if (call.context.principal.kind === 'person') refuse('TRIAL_BY_MACHINE')
    const states = new Map<string, string>()
    for (const [at, one] of call.input.entries()) {
      const release = await releaseOf(tx, one.release)
      const site = await siteIdOf(tx, companyId, one.site)
      const id = call.ids[at] ?? ''
      const state = one.failures.length === 0 ? 'passed' : 'failed'
      states.set(id, state)
      await tx.run(sql`insert into rollout.trial (company_id, id, number, state, site_id, release_id, configuration_hash, fingerprint, steps, played, passed, failures, left_out, played_on,
          milliseconds, created_at, updated_at)
        values (${companyId}, ${id}, ${call.numbers[at]}, ${state}, ${site}, ${release.id}, ${one.configurationHash}, ${one.fingerprint}, ${one.steps}::int,
          ${one.passed + one.failures.length}::int, ${one.passed}::int, ${JSON.stringify(one.failures)}::jsonb, ${JSON.stringify(one.leftOut)}::jsonb, ${one.playedOn}, ${one.milliseconds}::int, ${now}, ${now})`)
    }
    return { states }
  },
)
