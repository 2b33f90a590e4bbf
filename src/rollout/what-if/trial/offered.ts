// Whether a release is offered to sites: not while its newest trial at a live site has a scenario that fails.
import { sql, type Tx } from '#kernel/db'
import { EVERY_COMPANY } from '#kernel/every-company'
import { STAGES } from '../../site/site.ts'
import { refuse } from './refusals.ts'

/** Stages in which a site does its business on the system. */
export const LIVE_STAGES: readonly string[] = STAGES.slice(STAGES.indexOf('hypercare'))

/** Does something with the sight of every company, and gives the transaction its own sight back. */
export async function seeingAll<R>(tx: Tx, work: () => Promise<R>): Promise<R> {
  const before = await tx.first(sql<{ scope: string }>`select current_setting('tw.companies', true) as scope`)
  await tx.rows(EVERY_COMPANY)
  const found = await work()
  await tx.rows(sql`select set_config('tw.companies', ${before?.scope ?? ''}::text, true)`)
  return found
}

type Failing = { trial: string; site: string; scenario: string; count: number }

/** The newest trial of each live site with this release that has failed and that nobody let pass. */
export const failingOf = (tx: Tx, releaseId: string): Promise<readonly Failing[]> =>
  seeingAll(tx, () =>
    tx.rows(sql<Failing>`select t.number as trial, t.code as site, t.failures #>> '{0,scenario}' as scenario, jsonb_array_length(t.failures) as count
      from (select distinct on (t.company_id, t.site_id) t.number, t.state, t.failures, s.code, s.state as stage
              from rollout.trial t join rollout.site s on s.company_id = t.company_id and s.id = t.site_id
             where t.release_id = ${releaseId} order by t.company_id, t.site_id, t.created_at desc, t.id desc) t
     where t.state = 'failed' and t.stage = any(${LIVE_STAGES}::text[]) order by t.code`),
  )

/** Refuses RELEASE_FAILS_AT with the first site and scenario. */
export async function refuseFailing(tx: Tx, release: { id: string; number: string }): Promise<void> {
  const failing = await failingOf(tx, release.id)
  const [first] = failing
  if (!first) return
  const count = failing.reduce((sum, one) => sum + one.count, 0)
  refuse('RELEASE_FAILS_AT', { number: release.number, ...first, count })
}
