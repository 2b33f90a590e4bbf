// Following another release from the next plan on: one that is as it was published, that no live site fails with, and whose
// ring is open to the site.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { releaseOf } from '../site/open.ts'
import { site } from '../site/site.ts'
import { refuseClosedRing } from '../what-if/ring/closed.ts'
import { refuseFailing } from '../what-if/trial/offered.ts'
import { refuse } from '../what-if/trial/refusals.ts'
import { hashOf } from './publish.ts'

/** Refuses RELEASE_UNKNOWN, RELEASE_WITHDRAWN, RELEASE_ALTERED, RELEASE_FAILS_AT and RING_CLOSED. */
export const follow = command(site.verbs.follow, T.object({ release: T.code() }), async (call) => {
  const { tx, companyId } = call
  const release = await releaseOf(tx, call.input.release)
  const published = await tx.first(sql<{ hash: Buffer }>`select hash from rollout.release where id = ${release.id}`)
  if (!published?.hash.equals(hashOf(release.files))) refuse('RELEASE_ALTERED', { number: release.number })
  await refuseFailing(tx, release)
  await refuseClosedRing(tx, companyId, call.set, release)
  await tx.run(
    sql`update rollout.site s set release_id = ${release.id} from ${call.set} g where s.company_id = ${companyId} and s.id = g.id`,
  )
  return { states: new Map(call.rows.map((row) => [row.id, row.state])) }
})
