// What the cadence of reviews brings to the rollout: packs, minutes, the calendar of what is due, and a criterion for gates.
import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { computed } from '#kernel/query'
import { T } from '#kernel/schema'
import { invariant } from '#kernel/verify'
import type { Kinds } from '../../configuration/live.ts'
import { type Criterion, criterion } from '../../gate/criteria.ts'
import type { Sources } from '../../gate/paper/content.ts'
import type { Part } from '../shape.ts'
import { siteOf } from '../site.ts'
import { conclude } from './conclude.ts'
import { preparing } from './prepare.ts'
import { review } from './review.ts'
import { reviewsOf } from './standing.ts'

const calendar = (kinds: Kinds) =>
  computed('rollout.review-calendar', {
    may: 'rollout.review.read',
    title: 'The reviews that sites are due, and what was missed',
    parameters: T.object({ site: T.optional(T.text(60)) }),
    columns: {
      site: f.code(),
      review: f.code(),
      name: f.text(),
      seat: f.code(),
      last_held: f.date({ optional: true }),
      next_due: f.date(),
      prepared: f.code({ optional: true }),
      missed: f.integer(),
    },
    rows: async ({ tx, context: { companyId, today }, parameters: { site } }) => {
      const siteId = site === undefined ? null : (await siteOf(tx, companyId, site)).id
      return await reviewsOf(tx, kinds, { companyId, siteId, today })
    },
  })

/** Reviews of a site's stage of which a day went by without one. */
export const reviewsMissed = (kinds: Kinds): Criterion =>
  criterion('reviews-missed', 'Reviews of the stage that were due and not held', {
    unit: 'count',
    compare: 'at-most',
    value: async (tx, { companyId, siteId, today }) => {
      const found = await reviewsOf(tx, kinds, { companyId, siteId, today })
      const missed = found.filter((one) => one.missed > 0)
      return {
        value: String(missed.length),
        numbers: { reviews: String(found.length) },
        records: missed.map((one) => `${one.site} ${one.review}`),
      }
    },
  })

/** The part over the kinds of configuration, among them calendars, and what packs are drawn from. */
export const reviewPart = (kinds: Kinds, sources: Sources): Part => ({
  documents: [review],
  commands: [preparing(kinds, sources), conclude],
  queries: [calendar(kinds)],
  jobs: {},
  invariants: [
    invariant(
      'R22',
      'rollout',
      'the pack of every review is the paper that it was prepared with',
      sql`select v.company_id, v.id, v.number from rollout.review v left join rollout.paper p on p.company_id = v.company_id and p.id = v.paper_id
        where p.hash is distinct from v.paper_hash`,
    ),
  ],
})
