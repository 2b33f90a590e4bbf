// Drafting a paper: what holds now, chapter by chapter, kept with its hash as the next edition.
import { type Command, creation } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { siteOf } from '../../governance/site.ts'
import { hashOf } from '../judge.ts'
import { contentOf, type Sources } from './content.ts'
import { paper } from './paper.ts'

/** `kind`: current-state-assessment, issue-log, scope-baseline, charter or blueprint. */
export const DraftInput = T.object({ id: T.optional(T.id()), site: T.ref('rollout.site'), kind: T.code() })

export const drafting = (sources: Sources): Command =>
  creation(paper.verbs.draft, DraftInput, async ({ tx, companyId, ids, input, numbers, now, today, actor }) => {
    for (const [at, one] of input.entries()) {
      const site = await siteOf(tx, companyId, one.site)
      const content = await contentOf(one.kind, { tx, companyId, site, today, sources })
      await tx.run(sql`insert into rollout.paper (company_id, id, number, state, site_id, kind, edition, content, hash, drafted_by, created_at, updated_at)
        select ${companyId}, ${ids[at]}, ${numbers[at]}, 'drafted', ${site.id}, ${one.kind}, coalesce(max(p.edition), 0) + 1, ${JSON.stringify(content)}::jsonb, ${hashOf(content)}, ${actor}, ${now}, ${now}
          from rollout.paper p where p.company_id = ${companyId} and p.site_id = ${site.id} and p.kind = ${one.kind}`)
    }
  })
