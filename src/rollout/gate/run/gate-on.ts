// A gate looked at for a later day: every criterion as it would be judged then, beside how it is judged now. Nothing is kept.
import { daysBetween, isDate } from '#kernel/dates'
import { sql, type Tx } from '#kernel/db'
import { f } from '#kernel/document'
import { computed, type Query } from '#kernel/query'
import { T } from '#kernel/schema'
import { siteOf } from '../../governance/site.ts'
import { type Criteria, judgeGate } from '../criteria.ts'
import { refuse } from '../refusals.ts'
import { gateOf } from './evaluate.ts'

const DAY_MS = 86_400_000

/** A deviation that has run out by the day that is looked ahead to; `expires_on` was its last day. */
type RunOut = { readonly id: string; readonly number: string; readonly expires_on: string }

/** The deviations of the site that records name by their numbers and that are over on that day. */
const runOutIn = (tx: Tx, given: { companyId: number; siteId: string; on: string; words: readonly string[] }) =>
  tx.rows(sql<RunOut>`select id, number, expires_on from rollout.deviation
    where company_id = ${given.companyId} and site_id = ${given.siteId} and state = 'approved' and expires_on < ${given.on}::date
      and number = any(${given.words}::text[]) order by number`)

const wordsOf = (records: readonly string[]): readonly string[] => records.flatMap((one) => one.split(/[\s()]+/))

/**
 * The criteria of a gate, in their order: value, verdict and evidence as they would be on the day `on`, and value and verdict
 * of today. Only the day moves: what people record, decide or change until then is not known. `turns` is true where the
 * verdict differs; `deviations` are those that the evidence names and that are over by then. The transaction is read-only,
 * so that no run is kept. Refuses GATE_DAY for a day before today, GATE_UNKNOWN and NO_SUCH_SITE.
 */
export const gateOn = (criteria: Criteria): Query =>
  computed('rollout.gate-on', {
    may: 'rollout.gate-run.read',
    title: 'A gate as it would stand on a later day, beside how it stands today; nothing is kept',
    parameters: T.object({ site: T.text(60), gate: T.code(), on: T.date() }),
    columns: {
      id: f.code({ label: 'Criterion' }),
      title: f.text(),
      unit: f.text(),
      compare: f.text(),
      threshold: f.text(),
      critical: f.boolean(),
      value: f.text({ optional: true }),
      verdict: f.choice(['green', 'red']),
      evidence: f.json(),
      value_today: f.text({ label: 'Value today', optional: true }),
      verdict_today: f.choice(['green', 'red'], { label: 'Verdict today' }),
      turns: f.boolean(),
      deviations: f.json({ label: 'Deviations that have run out' }),
    },
    rows: async ({ tx, context, parameters }) => {
      const { companyId, today, now } = context
      const { on } = parameters
      if (!isDate(on) || on < today) return refuse('GATE_DAY', { on, today })
      const gate = gateOf(parameters.gate.toUpperCase())
      const { id: siteId } = await siteOf(tx, companyId, parameters.site)
      const reach = { companyId, siteId, today, now }
      const before = await judgeGate(tx, criteria, gate, reach)
      const then = new Date(now.getTime() + daysBetween(today, on) * DAY_MS)
      const after = await judgeGate(tx, criteria, gate, { ...reach, today: on, now: then })
      const words = after.flatMap((one) => wordsOf(one.evidence.records))
      const over = await runOutIn(tx, { companyId, siteId, on, words })
      return after.map(({ hash: _, ...one }, at) => {
        const [named, first] = [new Set(wordsOf(one.evidence.records)), before[at]]
        return {
          ...{ ...one, turns: first?.verdict !== one.verdict },
          ...{ value_today: first?.value ?? null, verdict_today: first?.verdict },
          deviations: over.filter((each) => named.has(each.number)),
        }
      })
    },
  })
