// Drafting a paper: what holds now, chapter by chapter, kept with its hash as the next edition.
import { type Call, type Command, creation } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { type Site, siteOf } from '../../governance/site.ts'
import { hashOf } from '../judge.ts'
import { contentOf, type Sources } from './content.ts'
import { paper } from './paper.ts'

/** `kind`: current-state-assessment, issue-log, scope-baseline, charter or blueprint. */
export const DraftInput = T.object({ id: T.optional(T.id()), site: T.ref('rollout.site'), kind: T.code() })

type Drafted = { readonly id: string; readonly number: string; readonly site: Site; readonly kind: string }

/** Writes a paper of what holds now as the next edition of its kind, and gives its hash. Refuses PAPER_KIND. */
export async function writePaper(
  { tx, companyId, today, now, actor }: Pick<Call<unknown>, 'tx' | 'companyId' | 'today' | 'now' | 'actor'>,
  sources: Sources,
  { id, number, site, kind }: Drafted,
): Promise<string> {
  const content = await contentOf(kind, { tx, companyId, site, today, now, sources })
  const hash = hashOf(content)
  await tx.run(sql`insert into rollout.paper (company_id, id, number, state, site_id, kind, edition, content, hash, drafted_by, created_at, updated_at)
    select ${companyId}, ${id}, ${number}, 'drafted', ${site.id}, ${kind}, coalesce(max(p.edition), 0) + 1, ${JSON.stringify(content)}::jsonb, ${hash}, ${actor}, ${now}, ${now}
      from rollout.paper p where p.company_id = ${companyId} and p.site_id = ${site.id} and p.kind = ${kind}`)
  return hash
}

export const drafting = (sources: Sources): Command =>
  creation(paper.verbs.draft, DraftInput, async (call) => {
    const { tx, companyId, ids, input, numbers } = call
    for (const [at, one] of input.entries()) {
      const site = await siteOf(tx, companyId, one.site)
      await writePaper(call, sources, { id: ids[at] ?? '', number: numbers[at] ?? '', site, kind: one.kind })
    }
  })
