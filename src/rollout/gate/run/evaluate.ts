// Evaluating a gate: every criterion is read from live data in one transaction and kept with what it was judged by.
import { type Command, creation } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { type Gate, policy } from '../../governance/policy.ts'
import { siteOf } from '../../governance/site.ts'
import { type Criteria, judgeGate } from '../criteria.ts'
import { gateVerdict, runHash } from '../judge.ts'
import { refuse } from '../refusals.ts'
import { gateRun } from './gate-run.ts'

/** `gate` is 'G1' to 'G8'. A gate may be evaluated before its stage, to see how far a site is; it opens only in its stage. */
export const EvaluateInput = T.object({ id: T.optional(T.id()), site: T.ref('rollout.site'), gate: T.code() })

/** The gate of that name. Refuses GATE_UNKNOWN. */
export const gateOf = (name: string): Gate =>
  policy().gates.find((one) => one.gate === name) ??
  refuse('GATE_UNKNOWN', {
    gate: name,
    known: policy()
      .gates.map((one) => one.gate)
      .join(', '),
  })

/** The verb over these criteria. The answer has the verdict of each run, and the names of what is red. */
export const evaluating = (criteria: Criteria): Command =>
  creation(gateRun.verbs.evaluate, EvaluateInput, async ({ tx, companyId, ids, input, numbers, now, today, actor }) => {
    const states = new Map<string, string>()
    const runs: { number: string; verdict: string; red: readonly string[] }[] = []
    for (const [at, one] of input.entries()) {
      const [site, gate, id] = [await siteOf(tx, companyId, one.site), gateOf(one.gate), ids[at] ?? '']
      const judged = await judgeGate(tx, criteria, gate, { companyId, siteId: site.id, today, now })
      const verdict = gateVerdict(judged)
      const fingerprint = policy().fingerprint
      await tx.run(sql`insert into rollout.gate_run (company_id, id, number, state, site_id, gate, criteria, verdict, hash, policy, on_day, evaluated_by, created_at, updated_at)
        values (${companyId}, ${id}, ${numbers[at]}, ${verdict}, ${site.id}, ${gate.gate}, ${JSON.stringify(judged)}::jsonb, ${verdict},
          ${runHash({ gate: gate.gate, criteria: judged, policy: fingerprint })}, ${fingerprint}, ${today}, ${actor}, ${now}, ${now})`)
      states.set(id, verdict)
      runs.push({
        number: numbers[at] ?? '',
        verdict,
        red: judged.filter((each) => each.verdict === 'red').map((each) => each.id),
      })
    }
    return { states, result: { runs } }
  })
