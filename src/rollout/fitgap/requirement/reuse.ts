// Taking over what an earlier site that signed has answered to the same matter, with its reasons (FIT-04).
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { throughLock } from '../lock.ts'
import { refuse } from '../refusals.ts'
import { requirement } from './requirement.ts'

/** Answers that stand by themselves; a customisation is proved and decided at each site anew. */
const REUSED = ['adopt', 'configure', 'process-change', 'extend', 'integrate', 'defer']

type Row = {
  id: string
  topic: string
  site_id: string
  precedent: string | null
  answer: string
  rationale: string
  repeatability: number
  site_code: string
  requirement_number: string
}

export const reuse = command(requirement.verbs.reuse, T.object({}), async ({ tx, companyId, set, actor }) => {
  const rows =
    await tx.rows(sql<Row>`select r.id, r.topic, r.site_id, p.id as precedent, p.answer, p.rationale, p.repeatability, p.site_code, p.requirement_number
      from rollout.requirement r join ${set} s on s.id = r.id left join rollout.site t on t.company_id = r.company_id and t.id = r.site_id
      left join lateral (select * from rollout.precedent x where x.topic = r.topic and x.site_code <> t.code and x.answer = any(${REUSED}::text[]) order by x.signed_at desc, x.id limit 1) p on true
     where r.company_id = ${companyId}`)
  await throughLock(tx, companyId, [...new Set(rows.map((one) => one.site_id))], undefined)
  for (const row of rows) {
    if (row.precedent === null) refuse('NO_PRECEDENT', { topic: row.topic })
    await tx.run(sql`update rollout.requirement set state = 'classified', answer = ${row.answer}, evidence = ${`${row.site_code} ${row.requirement_number}: ${row.rationale}`},
        repeatability = ${row.repeatability}, decided_by = ${actor}, taken_over_from = ${row.precedent}
      where company_id = ${companyId} and id = ${row.id}`)
  }
})
