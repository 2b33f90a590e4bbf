// The night on which waivers run out: each is ended by the system, with its leaf, so that nobody has to remember it.

import { SYSTEM } from '#kernel/context'
import { sql } from '#kernel/db'
import type { ModuleJob } from '#kernel/jobs'
import { end } from './end.ts'

/** At ten past midnight of each company: what was good until yesterday is ended. */
export const runOut: ModuleJob = {
  at: '00:10',
  run: async ({ tx, kernel, context }) => {
    const due = await tx.rows(sql<{ id: string }>`select id from rollout.access_waiver
      where company_id = ${context.companyId} and state in ('asked', 'agreed') and expires_on < ${context.today}::date order by id`)
    if (due.length === 0) return
    const { key: _, ...rest } = context
    await end.run(
      kernel,
      { ...rest, principal: SYSTEM, reason: 'Its last day is over' },
      { ids: due.map((one) => one.id), input: {} },
    )
  },
}
