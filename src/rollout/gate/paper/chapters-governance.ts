// The chapters about who decides: the site, seats, decision rights, gates, risks, requirements, deviations and decisions.
import { sql } from '#kernel/db'
import { policy, seatKey } from '../../governance/policy.ts'
import { sitting } from '../../governance/seat/sits.ts'
import { type Chapter, chapter } from './chapter.ts'
import type { About } from './content.ts'

export async function siteFacts({ tx, companyId, site }: About): Promise<Chapter> {
  const found = await tx.first(sql<{
    kind: string
    scope: string
    wave: number
    owner: string
    parameters: Record<string, unknown>
  }>`
    select kind, scope, wave, owner, parameters from rollout.site where company_id = ${companyId} and id = ${site.id}`)
  const facts: [string, string][] = [
    ['Site', `${site.code}, ${site.name}`],
    ['Kind', found?.kind ?? ''],
    ['Governs', found?.scope ?? ''],
    ['Wave', String(found?.wave ?? '')],
    ['Owner', found?.owner ?? ''],
  ]
  return chapter('site', 'The site', ['', ''], facts)
}

export async function seatsOf({ tx, today }: About): Promise<Chapter> {
  const rows = await tx.rows(sql<{
    seat: string
    names: string
  }>`select h.seat, string_agg(a.name, ', ' order by a.name) as names
    from ${sitting(today)} h join access.account a on a.id = h.account_id group by h.seat`)
  const holders = new Map(rows.map((one) => [one.seat, one.names]))
  return chapter(
    'seats',
    'Who sits where',
    ['Council', 'Seat', 'Held by'],
    policy().seats.map((one) => [one.council, one.name, holders.get(seatKey(one)) ?? (one.mandatory ? 'vacant' : '')]),
  )
}

export const rightsOf = async (_: About): Promise<Chapter> =>
  chapter(
    'rights',
    'Who decides on what',
    ['Matter', 'Decides', 'Is asked', 'Is told', 'Days'],
    policy()['decision-rights'].map((one) => [
      one.decision,
      one.decides,
      one.consulted.join(', '),
      one.informed.join(', '),
      String(one['answer-days']),
    ]),
  )

export const gatesAhead = async (_: About): Promise<Chapter> =>
  chapter(
    'gates',
    'Gates',
    ['Gate', 'Name', 'From', 'To', 'Criteria and thresholds'],
    policy().gates.map((one) => [
      one.gate,
      one.name,
      one.from,
      one.to,
      one.criteria.map((each) => `${each.criterion} ${each.threshold}`).join('; '),
    ]),
  )

type RiskRow = {
  number: string
  title: string
  seat: string
  probability: number
  impact: number
  response: string
  trigger: string | null
  state: string
}

export async function risksOf({ tx, companyId, site }: About): Promise<Chapter> {
  const rows =
    await tx.rows(sql<RiskRow>`select number, title, seat, probability, impact, response, metric || ' ' || trim_scale(trigger_at) as trigger, state from rollout.risk
    where company_id = ${companyId} and (site_id is null or site_id = ${site.id}) and state = 'open' order by probability * impact desc, number`)
  return chapter(
    'risks',
    'Risks',
    ['Number', 'Risk', 'Owner', 'Likelihood', 'Impact', 'Response', 'Called by'],
    rows.map((one) => [
      one.number,
      one.title,
      one.seat,
      String(one.probability),
      String(one.impact),
      one.response,
      one.trigger,
    ]),
  )
}

type RequirementRow = {
  number: string
  area: string
  title: string
  answer: string | null
  capability: string | null
  evidence: string | null
  deviation: string | null
}

export async function requirements({ tx, companyId, site }: About): Promise<Chapter> {
  const rows =
    await tx.rows(sql<RequirementRow>`select r.number, r.area, r.title, r.answer, r.capability, r.evidence, d.number as deviation
    from rollout.requirement r left join rollout.deviation d on d.company_id = r.company_id and d.id = r.deviation_id
    where r.company_id = ${companyId} and r.site_id = ${site.id} and r.state <> 'dropped' order by r.number`)
  return chapter(
    'requirements',
    'Requirements and how they are met',
    ['Number', 'Area', 'Requirement', 'Answer', 'Capability', 'Evidence', 'Deviation'],
    rows.map((one) => [one.number, one.area, one.title, one.answer, one.capability, one.evidence, one.deviation]),
  )
}

type DeviationRow = {
  number: string
  kind: string
  object_key: string
  field: string | null
  value: string
  owner: string
  control: string
  expires_on: string
}

export async function deviationsOf({ tx, companyId, site, today }: About): Promise<Chapter> {
  const rows =
    await tx.rows(sql<DeviationRow>`select number, kind, object_key, field, value::text as value, owner, compensating_control as control, expires_on from rollout.deviation
    where company_id = ${companyId} and site_id = ${site.id} and state = 'approved' and expires_on >= ${today}::date order by number`)
  return chapter(
    'deviations',
    'Deviations that are valid',
    ['Number', 'Kind', 'Object', 'Field', 'Value instead', 'Owner', 'Control', 'Until'],
    rows.map((one) => [
      one.number,
      one.kind,
      one.object_key,
      one.field,
      one.value,
      one.owner,
      one.control,
      one.expires_on,
    ]),
  )
}

type DecisionRow = {
  number: string
  kind: string
  title: string
  decision: string
  seat: string | null
  decided_on: string
  expires_on: string | null
}

export async function decisionsOf({ tx, companyId, site, today }: About): Promise<Chapter> {
  const rows =
    await tx.rows(sql<DecisionRow>`select number, kind, title, decision, seat, decided_on, expires_on from rollout.decision
    where company_id = ${companyId} and (site_id is null or site_id = ${site.id}) and state = 'decided' and (expires_on is null or expires_on >= ${today}::date) order by number`)
  return chapter(
    'decisions',
    'Decisions that hold',
    ['Number', 'Matter', 'What', 'Decided', 'By the seat', 'On', 'Until'],
    rows.map((one) => [one.number, one.kind, one.title, one.decision, one.seat, one.decided_on, one.expires_on]),
  )
}
