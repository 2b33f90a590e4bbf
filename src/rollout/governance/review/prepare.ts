// Preparing a review: its pack is written from live data, kept as a paper with its hash, and stands for the day on which it is due.
import { type Command, creation } from '#kernel/command'
import { sql } from '#kernel/db'
import { newId } from '#kernel/ids'
import { audit } from '#kernel/record'
import { T } from '#kernel/schema'
import type { Kinds } from '../../configuration/live.ts'
import type { Sources } from '../../gate/paper/content.ts'
import { writePaper } from '../../gate/paper/draft.ts'
import { paper } from '../../gate/paper/paper.ts'
import { refuse } from '../refusals.ts'
import { siteOf } from '../site.ts'
import { review } from './review.ts'
import { reviewRule } from './rules.ts'
import { reviewsOf } from './standing.ts'

/** `review` is one of the governance file, such as 'hypercare' or 'council'. */
export const PrepareInput = T.object({ id: T.optional(T.id()), site: T.ref('rollout.site'), review: T.code() })

/** Refuses REVIEW_UNKNOWN, REVIEW_NOT_IN_STAGE, and REVIEW_PREPARED while one waits to be held. */
export const preparing = (kinds: Kinds, sources: Sources): Command =>
  creation(review.verbs.prepare, PrepareInput, async (call) => {
    const { tx, context, kernel, companyId, ids, numbers, input, today, now } = call
    for (const [at, one] of input.entries()) {
      const rule = reviewRule(one.review)
      const site = await siteOf(tx, companyId, one.site)
      const about = { site: site.code, stage: site.state, review: rule.review }
      const standing = await reviewsOf(tx, kinds, { companyId, siteId: site.id, today })
      const found = standing.find((each) => each.review === rule.review) ?? refuse('REVIEW_NOT_IN_STAGE', about)
      if (found.prepared !== null) refuse('REVIEW_PREPARED', { number: found.prepared, review: rule.review })
      const [number = ''] = await kernel.numbers.take(context, paper.number ?? '', 1)
      const id = newId()
      const hash = await writePaper(call, sources, { id, number, site, kind: rule.pack })
      await audit(tx, context, paper.verbs.draft, [
        { id, from: null, to: 'drafted', changes: { review: numbers[at], hash }, input: undefined },
      ])
      // One that was missed is prepared for the last day it was missed on, not for each of them.
      const due = found.missed > 1 ? today : found.next_due
      await tx.run(sql`insert into rollout.review (company_id, id, number, state, site_id, review, due_on, paper_id, paper_hash, created_at, updated_at)
        values (${companyId}, ${ids[at]}, ${numbers[at]}, 'prepared', ${site.id}, ${rule.review}, ${due}, ${id}, ${hash}, ${now}, ${now})`)
    }
  })
