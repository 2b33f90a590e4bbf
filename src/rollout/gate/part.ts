// What gates bring to the rollout: evidence, runs and papers, over the descriptions, the live configuration and the drift of sites.
import { sql, type Tx } from '#kernel/db'
import { invariant } from '#kernel/verify'
import { checklistCriteria } from '../checklist/standing.ts'
import type { Part } from '../governance/shape.ts'
import { siteOf } from '../governance/site.ts'
import { type Criteria, type Criterion, criteriaOf, criterion } from './criteria.ts'
import { evidence } from './evidence/evidence.ts'
import { record } from './evidence/record.ts'
import { sign } from './evidence/sign.ts'
import { withdraw } from './evidence/withdraw.ts'
import { type Content, differences } from './paper/chapter.ts'
import { contentOf, type Sources } from './paper/content.ts'
import { drafting } from './paper/draft.ts'
import { paper } from './paper/paper.ts'
import { replace } from './paper/replace.ts'
import { signing } from './paper/sign.ts'
import { evaluating } from './run/evaluate.ts'
import { gateOn } from './run/gate-on.ts'
import { gateRun } from './run/gate-run.ts'
import { open } from './run/open.ts'
import { override } from './run/override.ts'
import { evidenceKinds, gates } from './run/runs.ts'

/** One difference of a site that no deviation explains; `field` null is the whole object, `expired` the deviation that did until it ran out. */
export type Drifted = {
  readonly kind: string
  readonly key: string
  readonly field: string | null
  readonly expired?: string | null
}

/** What differs, and in brackets the deviation that covered it while it held. */
const recordOf = ({ kind, key, field, expired }: Drifted): string =>
  [kind, key, field, expired && `(${expired})`].filter(Boolean).join(' ')

/** What gates need from the rest of the rollout: the sources of papers, and the drift of a site as it stands in the transaction. */
export type GateTools = Sources & {
  readonly drift: (tx: Tx, given: { companyId: number; siteId: string; today: string }) => Promise<readonly Drifted[]>
  /** Criteria that other parts of the rollout bring. */
  readonly more?: readonly Criterion[]
}

/** Drift: what differs at the site without anybody having approved it. */
const driftCriterion = (tools: GateTools): Criterion =>
  criterion('drift', 'Differences from the template that nobody approved', {
    unit: 'count',
    compare: 'at-most',
    value: async (tx, { companyId, siteId, today }) => {
      if (siteId === null) return { value: null, numbers: {}, records: [] }
      const found = await tools.drift(tx, { companyId, siteId, today })
      return {
        value: String(found.length),
        numbers: { differences: String(found.length) },
        records: found.map(recordOf).sort(),
      }
    },
  })

/** Whether the signed blueprint still says what holds: the chapters that differ, and nothing known when none is signed. */
const blueprintCriterion = (sources: Sources): Criterion =>
  criterion('blueprint-differences', 'Chapters in which the signed blueprint differs from what holds', {
    unit: 'count',
    compare: 'at-most',
    value: async (tx, { companyId, siteId, today, now }) => {
      const signed = await tx.first(sql<{ number: string; content: Content }>`select number, content from rollout.paper
        where company_id = ${companyId} and site_id = ${siteId} and kind = 'blueprint' and state = 'signed'`)
      if (!signed || siteId === null) return { value: null, numbers: {}, records: [] }
      const site = await siteOf(tx, companyId, siteId)
      const changed = differences(
        signed.content,
        await contentOf('blueprint', { tx, companyId, site, today, now, sources }),
      )
      return {
        value: String(changed.length),
        numbers: { chapters: String(signed.content.chapters.length) },
        records: [signed.number, ...changed],
      }
    },
  })

const ofTools = (tools: GateTools): readonly Criterion[] => [
  driftCriterion(tools),
  blueprintCriterion(tools),
  ...(tools.more ?? []),
]

/** The criteria that stand alone, by which the items of a checklist may be checked. */
export const ownCriteria = (tools: GateTools): Criteria => criteriaOf(ofTools(tools))

/** Every criterion that a gate may ask for: those, and what is counted over a checklist of them. */
export const allCriteria = (tools: GateTools): Criteria =>
  criteriaOf([...ofTools(tools), ...checklistCriteria(ownCriteria(tools))])

/** The part of gates over these tools. */
export const gatePart = (tools: GateTools): Part => ({
  documents: [evidence, gateRun, paper],
  commands: [
    record,
    sign,
    withdraw,
    evaluating(allCriteria(tools)),
    override,
    open,
    drafting(tools),
    signing(tools),
    replace,
  ],
  queries: [gates, gateOn(allCriteria(tools)), evidenceKinds],
  jobs: {},
  invariants: [
    invariant(
      'R03',
      'rollout',
      'no gate was passed with a critical criterion red, unless it was overridden with a reason',
      sql`select r.company_id, r.id, r.number, c.one ->> 'id' as criterion from rollout.gate_run r cross join lateral jsonb_array_elements(r.criteria) as c (one)
       where r.state <> 'refused' and r.overridden_at is null and (c.one ->> 'critical')::boolean and c.one ->> 'verdict' <> 'green'`,
    ),
    invariant(
      'R04',
      'rollout',
      'the verdict of every criterion follows from its value and its threshold',
      sql`select r.company_id, r.id, r.number, c.one ->> 'id' as criterion from rollout.gate_run r cross join lateral jsonb_array_elements(r.criteria) as c (one)
       where (c.one ->> 'verdict' = 'green') is distinct from (jsonb_array_length(c.one #> '{evidence,accepted}') > 0 or coalesce(
             case c.one ->> 'compare' when 'at-least' then (c.one ->> 'value')::numeric >= (c.one ->> 'threshold')::numeric else (c.one ->> 'value')::numeric <= (c.one ->> 'threshold')::numeric end, false))`,
    ),
    invariant(
      'R05',
      'rollout',
      'no evidence was signed by who recorded it',
      sql`select e.company_id, e.id, e.number from rollout.evidence e join access.account a on a.id = e.signed_by and a.kind <> 'system' where e.signed_by = e.recorded_by`,
    ),
  ],
})
