// The chapters about how a site works today: answers, processes, detours, links and who took part.
import { sql } from '#kernel/db'
import { policy } from '../../governance/policy.ts'
import { type Chapter, chapter } from './chapter.ts'
import type { About } from './content.ts'

export async function answers({ tx, companyId, site }: About): Promise<Chapter> {
  const rows = await tx.rows(sql<{
    question: string
    answer: string
    source: string
  }>`select question, answer, source from rollout.answer
    where company_id = ${companyId} and site_id = ${site.id} and state = 'answered'`)
  const given = new Map(rows.map((one) => [one.question, one]))
  return chapter(
    'answers',
    'Questions and answers',
    ['Process', 'Question', 'Answer', 'Source'],
    policy().questions.map((one) => [
      one.area,
      one.text,
      given.get(one.question)?.answer ?? null,
      given.get(one.question)?.source ?? null,
    ]),
  )
}

type ProcessRow = {
  number: string
  area: string
  name: string
  variant: string
  volume: number
  owner: string
  system: string
  stance: string
  state: string
  steps: string
}

export async function processes({ tx, companyId, site }: About): Promise<Chapter> {
  const rows = await tx.rows(sql<ProcessRow>`select number, area, name, variant, volume, owner, system, stance, state,
      (select coalesce(string_agg(s.step, ' → ' order by s.at), '') from jsonb_array_elements_text(p.steps) with ordinality as s (step, at)) as steps
    from rollout.process p where company_id = ${companyId} and site_id = ${site.id} and state <> 'dropped' order by area, name, variant`)
  return chapter(
    'processes',
    'Processes',
    ['Number', 'Area', 'Process', 'A month', 'Owner', 'System', 'Aim', 'Steps', 'State'],
    rows.map((one) => [
      one.number,
      one.area,
      [one.name, one.variant].filter(Boolean).join(', '),
      String(one.volume),
      one.owner,
      one.system,
      one.stance,
      one.steps,
      one.state,
    ]),
  )
}

type FindingRow = {
  number: string
  kind: string
  title: string
  detail: string
  frequency: string
  risk: string
  disposition: string | null
  note: string | null
}

export async function findings({ tx, companyId, site }: About): Promise<Chapter> {
  const rows =
    await tx.rows(sql<FindingRow>`select number, kind, title, detail, frequency, risk, disposition, note from rollout.finding
    where company_id = ${companyId} and site_id = ${site.id} and state <> 'dropped' order by number`)
  return chapter(
    'findings',
    'Workarounds, gaps and issues',
    ['Number', 'Kind', 'What', 'Detail', 'How often', 'Risk', 'What becomes of it', 'Note'],
    rows.map((one) => [
      one.number,
      one.kind,
      one.title,
      one.detail,
      one.frequency,
      one.risk,
      one.disposition,
      one.note,
    ]),
  )
}

type LinkRow = { number: string; name: string; direction: string; volume: number; criticality: string; owner: string }

export async function integrations({ tx, companyId, site }: About): Promise<Chapter> {
  const rows =
    await tx.rows(sql<LinkRow>`select number, name, direction, volume, criticality, owner from rollout.integration
    where company_id = ${companyId} and site_id = ${site.id} and state = 'listed' order by name`)
  return chapter(
    'integrations',
    'Links to other systems',
    ['Number', 'Name', 'Direction', 'Messages a day', 'Criticality', 'Owner'],
    rows.map((one) => [one.number, one.name, one.direction, String(one.volume), one.criticality, one.owner]),
  )
}

export async function participants({ tx, companyId, site }: About): Promise<Chapter> {
  const rows = await tx.rows(sql<{
    function: string
    name: string
    workshop: string
    held_on: string
  }>`select function, name, workshop, held_on from rollout.participant
    where company_id = ${companyId} and site_id = ${site.id} and state = 'took-part' order by held_on, function, name`)
  const there = new Set(rows.map((one) => one.function))
  const missing = policy().functions.filter((one) => !there.has(one.function))
  return chapter(
    'participants',
    'Who took part',
    ['Function', 'Name', 'Workshop', 'Day'],
    rows.map((one) => [one.function, one.name, one.workshop, one.held_on]),
    missing.length > 0 ? [`Nobody took part for: ${missing.map((one) => one.name).join(', ')}.`] : [],
  )
}
