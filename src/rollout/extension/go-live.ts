// Putting an approved extension to work: while its last day is still to come, and its tests were green with the newest release (EXT-04).
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { extension } from './extension.ts'
import { coreVersion, newestOutcomes } from './outcome.ts'
import { checkRetirement } from './proposal.ts'
import { refuse } from './refusals.ts'

type Row = { code: string; retires_on: string; verdict: string | null }

/** Refuses EXTENSION_RETIRES; EXTENSION_NO_RELEASE while no template is out; and EXTENSION_UNTESTED unless the newest outcome with it is green. */
export const goLive = command(extension.verbs['go-live'], T.object({}), async ({ tx, companyId, set, today }) => {
  const newest = await tx.first(sql<{ number: string; hash: Buffer }>`select number, hash from rollout.release
    where state = 'released' order by created_at desc, id desc limit 1`)
  if (!newest) return refuse('EXTENSION_NO_RELEASE')
  const rows =
    await tx.rows(sql<Row>`select x.code, x.retires_on, n.verdict from rollout.extension x join ${set} s on s.id = x.id
    left join ${newestOutcomes(newest.hash)} n on n.company_id = x.company_id and n.extension_id = x.id where x.company_id = ${companyId} order by x.code`)
  for (const { code, retires_on: day, verdict } of rows) {
    checkRetirement(day, today)
    if (verdict !== 'passed') refuse('EXTENSION_UNTESTED', { code, release: newest.number, core: coreVersion() })
  }
  await tx.run(
    sql`update rollout.extension x set live_since = ${today} from ${set} s where x.company_id = ${companyId} and x.id = s.id`,
  )
})
