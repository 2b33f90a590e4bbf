// The sites that a release is planned over, with what it would do to each and whether its scenarios pass there.
import type { Company } from '#kernel/access/companies'
import { sql, type Tx } from '#kernel/db'
import { refuse } from '../../refusals.ts'
import type { TemplateFiles } from '../../template/template-object.ts'
import type { Tools } from '../../tools.ts'
import { seeingAll } from '../trial/offered.ts'
import { whatIf } from '../what-if.ts'
import type { Candidate } from './propose.ts'

export type Asked = {
  readonly release: { readonly id: string; readonly files: TemplateFiles }
  readonly companies: readonly Company[]
  readonly todayOf: (company: Company) => string
  /** Codes of sites that go first; those of wave 0 unless named. */
  readonly pilots: readonly string[]
}

type Found = Omit<Candidate, 'pilot' | 'steps' | 'conflicts'>

/** Every site of these companies. Reads only; the transaction keeps its sight. Refuses PILOT_UNKNOWN. */
export async function candidatesOf(tx: Tx, tools: Tools, asked: Asked): Promise<readonly Candidate[]> {
  const { release, companies, todayOf } = asked
  return await seeingAll(tx, async () => {
    const ids = companies.map((one) => one.id)
    const sites =
      await tx.rows(sql<Found>`select s.id as site, s.code, s.company_id as company, s.scope, s.wave, s.release_id = ${release.id} as follows,
        coalesce((select case t.state when 'failed' then jsonb_array_length(t.failures) end from rollout.trial t
                   where t.company_id = s.company_id and t.site_id = s.id and t.release_id = ${release.id} order by t.created_at desc, t.id desc limit 1), 0) as failing
      from rollout.site s where s.company_id = any(${ids}::int[]) order by s.wave, s.code`)
    const stray = asked.pilots.find((code) => !sites.some((one) => one.code === code))
    if (stray !== undefined)
      refuse('PILOT_UNKNOWN', { site: stray, known: sites.map((one) => one.code).join(', ') || 'none yet' })
    const effects = await whatIf(tx, tools, { files: release.files, companies, todayOf })
    return sites.map((one) => {
      const own = effects.filter(
        (effect) => effect.site === one.code && codeOf(companies, one.company) === effect.company,
      )
      const conflicts = own.filter((effect) => effect.effect === 'conflict' || effect.effect === 'deferred').length
      const steps = own.filter((effect) => ['create', 'update', 'end'].includes(effect.effect)).length
      const pilot = asked.pilots.length > 0 ? asked.pilots.includes(one.code) : one.wave === 0
      return { ...one, pilot, steps, conflicts }
    })
  })
}

const codeOf = (companies: readonly Company[], id: number): string | undefined =>
  companies.find((one) => one.id === id)?.code
