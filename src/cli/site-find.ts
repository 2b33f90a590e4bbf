// What the commands about sites share: verbs and questions by name, and the site of a code.
import { sql, transaction } from '#kernel/db'
import type { Kernel } from '#kernel/kernel'
import { commandOf, questionOf } from '#kernel/module'
import { refusals } from '#kernel/refusal'
import { modules } from '../modules/index.ts'
import { type Common, everyCompany } from './options.ts'

export const refuse = refusals({
  SITE_CODE_UNKNOWN: { text: 'There is no site {code}. There are: {known}.', kind: 'unknown' },
  NO_SUCH_DEVIATION: {
    text: 'There is no deviation {number} of {code}. See them on the page of the site.',
    kind: 'unknown',
  },
  NOTHING_TO_WAIVE: {
    text: '{object} of {code} has not drifted. Say with --value what it may be instead, or name one of `tradewright site drift {code}`.',
  },
  NO_SUCH_PLAN: {
    text: 'There is no plan of {code} whose hash begins with {hash}. Make one with `tradewright site plan {code}`.',
    kind: 'unknown',
  },
  PLAN_NOT_APPROVED: {
    text: '{number} of {code} waits for approval, and nothing was applied. Have somebody else say `tradewright site approve {code} {hash}` first.',
    kind: 'conflict',
  },
  PLAN_OVER: {
    text: '{number} of {code} is {state}, and nothing was changed. Make a new plan with `tradewright site plan {code}`.',
    kind: 'conflict',
  },
})

export type Given = Common & { as?: string }

export type Site = {
  id: string
  code: string
  company: string
  company_id: number
  state: string
  release: string
  name: string
  wave: number
  /** Of a site below its company: the code of that one’s site, and the place that it governs. */
  below: string | null
  place: string | null
}

/** The command of a verb. */
export const run = (permission: string) => commandOf(modules, permission)

/** The question of a name. */
export const ask = (name: string) => questionOf(modules, name)

/** Every site, in the order of the waves, those of a company's places after its own. */
export async function sites(kernel: Kernel): Promise<readonly Site[]> {
  return await transaction(kernel.pool, { companies: await everyCompany(kernel) }, (tx) =>
    tx.rows(sql<Site>`select s.id, s.code, s.name, s.wave, c.code as company, s.company_id, s.state, r.number as release, u.code as below, s.place
      from rollout.site s join rollout.release r on r.id = s.release_id join access.directory() c on c.id = s.company_id
      left join rollout.site u on s.scope = 'place' and u.company_id = s.company_id and u.scope = 'company'
     order by s.wave, coalesce(u.code, s.code), s.place nulls first, s.code`),
  )
}

/** The site of a code, in any case. Refuses SITE_CODE_UNKNOWN. */
export async function siteOf(kernel: Kernel, code: string): Promise<Site> {
  const all = await sites(kernel)
  const known = all.map((one) => one.code).join(', ') || 'none yet'
  return (
    all.find((one) => one.code.toLowerCase() === code.toLowerCase()) ?? refuse('SITE_CODE_UNKNOWN', { code, known })
  )
}
