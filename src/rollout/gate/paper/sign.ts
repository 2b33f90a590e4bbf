// Signing a paper: by the seat that answers for its kind, and only while it still says what holds; the edition before it is replaced.
import { type Command, command } from '#kernel/command'
import { sql } from '#kernel/db'
import { audit } from '#kernel/record'
import { T } from '#kernel/schema'
import { decides } from '../../governance/seat/sits.ts'
import { siteOf } from '../../governance/site.ts'
import { refuse } from '../refusals.ts'
import { type Content, differences } from './chapter.ts'
import { contentOf, rightOfPaper, type Sources } from './content.ts'
import { paper } from './paper.ts'

type Row = { id: string; number: string; site_id: string; kind: string; content: Content }

export const signing = (sources: Sources): Command =>
  command(paper.verbs.sign, T.object({}), async ({ tx, context, companyId, set, actor, now, today }) => {
    const rows = await tx.rows(
      sql<Row>`select p.id, p.number, p.site_id, p.kind, p.content from rollout.paper p join ${set} s on s.id = p.id where p.company_id = ${companyId}`,
    )
    for (const one of rows) {
      const by = await decides(tx, context, rightOfPaper(one.kind))
      const site = await siteOf(tx, companyId, one.site_id)
      const changed = differences(one.content, await contentOf(one.kind, { tx, companyId, site, today, now, sources }))
      if (changed.length > 0) refuse('PAPER_CHANGED', { paper: one.number, chapters: changed.join(', ') })
      const before = await tx.rows(sql<{ id: string }>`select id from rollout.paper
        where company_id = ${companyId} and site_id = ${one.site_id} and kind = ${one.kind} and state = 'signed' for no key update`)
      await audit(
        tx,
        context,
        paper.verbs.replace,
        before.map(({ id }) => ({ id, from: 'signed', to: 'replaced', changes: { by: one.number }, input: undefined })),
      )
      await tx.run(
        sql`update rollout.paper set state = 'signed', signed_by = ${actor}, seat = ${by.seat}, signed_at = ${now} where company_id = ${companyId} and id = ${one.id}`,
      )
    }
  })
