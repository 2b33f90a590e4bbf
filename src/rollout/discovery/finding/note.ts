// Writing down a workaround, a spreadsheet, a bottleneck, a missing report or an issue of a site.
import { creation } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { siteOf } from '../../governance/site.ts'
import { FREQUENCIES, finding, KINDS } from './finding.ts'

export const NoteInput = T.object({
  id: T.optional(T.id()),
  site: T.ref('rollout.site'),
  kind: T.choice(KINDS),
  title: T.text(160),
  detail: T.text(2000),
  frequency: T.choice(FREQUENCIES),
  risk: T.choice(['low', 'medium', 'high']),
})

export const note = creation(finding.verbs.note, NoteInput, async ({ tx, companyId, ids, input, numbers, now }) => {
  for (const [at, one] of input.entries()) {
    const site = await siteOf(tx, companyId, one.site)
    await tx.run(sql`insert into rollout.finding (company_id, id, number, state, site_id, kind, title, detail, frequency, risk, created_at, updated_at)
      values (${companyId}, ${ids[at]}, ${numbers[at]}, 'open', ${site.id}, ${one.kind}, ${one.title}, ${one.detail}, ${one.frequency}, ${one.risk}, ${now}, ${now})`)
  }
})
