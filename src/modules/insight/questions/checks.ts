// The newest checks of the books: how far one is, who asked, and how it ended.

import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'
import { CHECK_JOB } from '../check/start.ts'

/** Newest first. `problem` is why the work behind it could not go on, while it is tried again or when it was given up. */
export const checks = query('insight.checks', {
  may: 'insight.check.read',
  title: 'Checks of the books, newest first',
  parameters: T.object({ limit: T.optional(T.integer(1, 100)) }),
  columns: {
    id: f.ref('insight.check'),
    number: f.code(),
    started_at: f.instant(),
    started_by: f.ref('access.account', { optional: true }),
    done: f.integer(),
    total: f.integer(),
    at_work: f.text({ optional: true }),
    finished_at: f.instant({ optional: true }),
    holds: f.boolean({ optional: true }),
    breaches: f.integer(),
    given_up: f.boolean(),
    problem: f.text({ optional: true }),
  },
  build: ({ limit }, { companyId }) => sql`
    select c.id, c.number, c.created_at as started_at, c.created_by as started_by, c.done, c.total, c.at_work, c.finished_at, c.holds, c.breaches,
           coalesce(j.state = 'failed', false) as given_up, j.problem
      from insight.check c left join kernel.job j on j.company_id = c.company_id and j.task = ${CHECK_JOB} and j.key = c.id::text
     where c.company_id = ${companyId} order by c.created_at desc, c.id desc limit ${limit ?? 10}`,
})
