// Finds who a party resembles, in every company, and queues what is too alike for a person to decide (MDM-01).
import { sql, type Tx } from '#kernel/db'
import { newId } from '#kernel/ids'

/** What is compared, for which company and through which channel it came. */
export type Looked = {
  readonly companyId: number
  readonly channel: string
  readonly now: Date
  readonly ids: readonly string[]
}

/**
 * One likeness. `score` goes from 0 to 1; `evidence` names what is alike; `who` is the code of our own customer or
 * supplier, or null for somebody whom only another company knows: then neither name nor code is told. `held` says
 * that a steward has to decide.
 */
export type Likeness = {
  readonly id: string
  readonly score: string
  readonly evidence: readonly string[]
  readonly who: string | null
  readonly held: boolean
}

type Found = {
  id: string
  resembles_id: string
  score: string
  evidence: Record<string, unknown>
  who: string | null
  held: boolean
}

/** Percent of likeness above which a person is warned, and above which a steward decides, when settings say nothing. */
const WARN_PERCENT = 60
const HOLD_PERCENT = 85

/**
 * Compares the parties `ids`, which must be written already, with all others and among themselves, in one statement,
 * and opens a case for the steward for each likeness above the block threshold of the company's setting
 * duplicate-customer-thresholds ({ warn-percent, block-percent }). The answer has the likenesses above the lower one.
 */
export async function compareWithKnown(tx: Tx, { companyId, channel, now, ids }: Looked): Promise<readonly Likeness[]> {
  // Two who bring in the same party at the same moment would not see each other. The lock is held until the commit, so
  // the one who compares second sees what the first one wrote; it comes after the own rows and so is short.
  await tx.run(sql`select pg_advisory_xact_lock(hashtext('party.compare'))`)
  const found = await tx.rows(sql<Found>`
    with mark as materialized (
      select coalesce((settings -> 'duplicate-customer-thresholds' ->> 'warn-percent')::numeric, ${WARN_PERCENT}::numeric) / 100 as warn,
          coalesce((settings -> 'duplicate-customer-thresholds' ->> 'block-percent')::numeric, ${HOLD_PERCENT}::numeric) / 100 as hold
        from company.v_company where id = ${companyId}
    )
    select r.proposed_id as id, r.resembles_id, r.score, r.evidence, coalesce(c.code, v.code) as who, r.score >= m.hold as held
      from mark m
      cross join lateral party.resembling(${ids}::uuid[], m.warn) r
      left join party.customer c on c.company_id = ${companyId} and c.id = r.resembles_id
      left join party.supplier v on v.company_id = ${companyId} and v.id = r.resembles_id
     -- Two that a steward told apart are told apart for good.
     where not exists (select from party.duplicate d where d.company_id = ${companyId} and d.state = 'different'
       and d.proposed_id in (r.proposed_id, r.resembles_id) and d.resembles_id in (r.proposed_id, r.resembles_id))
     order by r.proposed_id, r.score desc`)
  const held = found.filter((one) => one.held)
  if (held.length > 0) {
    await openCases(tx, { companyId, channel, now, held })
  }
  return found.map(({ id, score, evidence, who, held }) => ({ id, score, evidence: Object.keys(evidence), who, held }))
}

type Cases = { companyId: number; channel: string; now: Date; held: readonly Found[] }

async function openCases(tx: Tx, { companyId, channel, now, held }: Cases): Promise<void> {
  const cases = JSON.stringify(
    held.map(({ id, resembles_id, score, evidence }) => ({
      id: newId(),
      proposed_id: id,
      resembles_id,
      score,
      evidence,
    })),
  )
  // A case that is open already stays as it is.
  await tx.run(sql`insert into party.duplicate (company_id, id, proposed_id, resembles_id, score, evidence, channel, code, created_at, updated_at)
    select ${companyId}, g.id, g.proposed_id, g.resembles_id, g.score, g.evidence, ${channel}, coalesce(c.code, v.code, ''), ${now}, ${now}
      from jsonb_to_recordset(${cases}::jsonb) as g (id uuid, proposed_id uuid, resembles_id uuid, score numeric, evidence jsonb)
      left join party.customer c on c.company_id = ${companyId} and c.id = g.proposed_id
      left join party.supplier v on v.company_id = ${companyId} and v.id = g.proposed_id
    on conflict (company_id, proposed_id, resembles_id) where state = 'open' do nothing`)
}

/** The likenesses by party, as the answer of a request shows them. */
export function likenessOf(
  ids: readonly string[],
  found: readonly Likeness[],
): readonly { id: string; held: boolean; resembles: readonly Omit<Likeness, 'id'>[] }[] {
  const byId = new Map<string, Omit<Likeness, 'id'>[]>()
  for (const { id, ...likeness } of found) {
    byId.set(id, [...(byId.get(id) ?? []), likeness])
  }
  return ids.map((id) => {
    const resembles = byId.get(id) ?? []
    return { id, held: resembles.some((one) => one.held), resembles }
  })
}
