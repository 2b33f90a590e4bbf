// Signing off: finance, the warehouse and who owns a process each say that what was tested is what they will work with.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import type { Verb } from '#kernel/document'
import { newId } from '#kernel/ids'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { uatRun } from './uat-run.ts'

type Signed = {
  number: string
  site_id: string
  started_by: string
  walked_by: readonly string[]
  live_unchanged: boolean | null
  played: number
  red: readonly string[]
  defects: readonly string[]
}

/**
 * A signature for the whole run, a process of it, or one scenario. Never by who started the run or walked in it. Refuses
 * UAT_OWN_RUN, UAT_SCOPE_UNKNOWN, UAT_SIGNED, and UAT_NOT_READY while a critical scenario of it is red or a defect of it in
 * the first or second degree is open (UAT-06, UAT-08).
 */
const signing = (verb: Verb, seat: 'finance' | 'warehouse' | 'process') =>
  command(
    verb,
    T.object({ process: T.optional(T.text()), scenario: T.optional(T.code()), note: T.optional(T.text(2_000)) }),
    async ({ tx, companyId, ids, input, actor, now, context }) => {
      const [process, scenario] = [input.process ?? null, input.scenario ?? null]
      const what = scenario ?? process ?? 'the whole run'
      for (const id of ids) {
        const run =
          await tx.first(sql<Signed>`select u.number, u.site_id, u.started_by, u.live_unchanged, p.*, f.defects from rollout.uat_run u cross join lateral (
            select count(*)::int as played, coalesce(array_agg(distinct r.by), '{}') as walked_by,
              coalesce(array_agg(r.scenario order by r.scenario) filter (where r.critical and r.verdict <> 'passed'), '{}') as red
            from rollout.uat_result r where r.company_id = u.company_id and r.run_id = u.id
             and (${process}::text is null or r.process = ${process}) and (${scenario}::text is null or r.scenario = ${scenario})) p
          cross join lateral (select coalesce(array_agg(d.number order by d.number), '{}') as defects from rollout.uat_defect d
            where d.company_id = u.company_id and d.site_id = u.site_id and d.state <> 'closed' and d.severity <= 2
             and (${process}::text is null or d.process = ${process}) and (${scenario}::text is null or d.scenario = ${scenario})) f
          where u.company_id = ${companyId} and u.id = ${id}`)
        if (!run || run.played === 0 || (process !== null && scenario !== null))
          return refuse('UAT_SCOPE_UNKNOWN', { number: run?.number, what })
        const { number } = run
        const own = run.started_by === actor || run.walked_by.includes(actor)
        if (own && context.principal.kind !== 'system') refuse('UAT_OWN_RUN', { number })
        const problems = [
          ...(run.red.length > 0 ? [`critical scenarios failed: ${run.red.join(', ')}`] : []),
          ...(run.defects.length > 0 ? [`severe defects are open: ${run.defects.join(', ')}`] : []),
          ...(run.live_unchanged === false ? ['the live database changed by the run'] : []),
        ]
        if (problems.length > 0) refuse('UAT_NOT_READY', { problem: problems.join('; ') })
        const added =
          await tx.run(sql`insert into rollout.uat_sign_off (company_id, id, run_id, seat, process, scenario, note, signed_by, signed_at)
          values (${companyId}, ${newId()}, ${id}, ${seat}, ${process}, ${scenario}, ${input.note ?? ''}, ${actor}, ${now}) on conflict do nothing`)
        if (added === 0) refuse('UAT_SIGNED', { number })
      }
    },
  )

export const signFinance = signing(uatRun.verbs['sign-finance'], 'finance')
export const signWarehouse = signing(uatRun.verbs['sign-warehouse'], 'warehouse')
export const signProcess = signing(uatRun.verbs['sign-process'], 'process')
