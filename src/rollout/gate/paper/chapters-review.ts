// The chapters of review packs: figures, measures, gates, risks that are called, what waits for a decision, tasks, changes and outcomes, as they are now.
import { addDays } from '#kernel/dates'
import { sql } from '#kernel/db'
import { outcomesOf } from '../../governance/outcome/actual.ts'
import { figuresOf } from '../../pilot/figures.ts'
import { METRICS, metricsNow } from '../metrics.ts'
import { type Chapter, chapter } from './chapter.ts'
import type { About } from './content.ts'

const dash = (value: string | null): string => value ?? '—'

/** The published key figures of so many days up to today. */
export const keyFigures =
  (days: number) =>
  async ({ tx, companyId, today, now, sources }: About): Promise<Chapter> => {
    const span = { companyId, from: addDays(today, 1 - days), until: today, today, now }
    const rows = await figuresOf(sources.modules)(tx, span)
    return chapter(
      'figures',
      `Key figures of the last ${days} days`,
      ['Figure', 'Value', 'Unit', 'Target'],
      rows.map((one) => [one.name, dash(one.value), one.unit, dash(one.target)]),
    )
  }

/** What measures of the rollout say of the site. */
export const measures =
  (ids: readonly string[]) =>
  async ({ tx, companyId, site, today, now }: About): Promise<Chapter> => {
    const rows: string[][] = []
    for (const one of METRICS.filter((each) => ids.includes(each.id))) {
      const { value, records } = await one.read(tx, { companyId, siteId: site.id, today, now })
      rows.push([one.title, value ?? 'not recorded', one.unit, records.join(', ')])
    }
    return chapter('measures', 'Signals', ['What', 'Value', 'Unit', 'Records'], rows)
  }

export async function gatesStanding({ tx, companyId, site }: About): Promise<Chapter> {
  const rows = await tx.rows(sql<{ gate: string; number: string; on_day: string; state: string; red: string }>`
    select distinct on (r.gate) r.gate, r.number, r.on_day, r.state,
           coalesce((select string_agg(c ->> 'title', '; ' order by c ->> 'title') from jsonb_array_elements(r.criteria) c where c ->> 'verdict' = 'red'), '') as red
      from rollout.gate_run r where r.company_id = ${companyId} and r.site_id = ${site.id} order by r.gate, r.created_at desc, r.id desc`)
  return chapter(
    'gate-runs',
    'Gates as they were evaluated last',
    ['Gate', 'Run', 'On', 'State', 'Red'],
    rows.map((one) => [one.gate, one.number, one.on_day, one.state, one.red]),
    [`The site stands in ${site.state}.`],
  )
}

export async function risksCalled({ tx, companyId, site, today, now }: About): Promise<Chapter> {
  const rows = await tx.rows(sql<{
    number: string
    title: string
    seat: string
    value: string | null
    trigger: string
    response: string
  }>`
    with metric as materialized (select * from ${metricsNow({ companyId, siteId: null, today, now })} m)
    select r.number, r.title, r.seat, trim_scale(m.value)::text as value, trim_scale(r.trigger_at)::text as trigger, r.response from rollout.risk r join metric m on m.id = r.metric
     where r.company_id = ${companyId} and r.state = 'open' and (r.site_id is null or r.site_id = ${site.id})
       and (case m.better when 'up' then m.value < r.trigger_at else m.value > r.trigger_at end) order by r.probability * r.impact desc, r.number`)
  return chapter(
    'called',
    'Risks that their figures call',
    ['Number', 'Risk', 'Owner', 'Value', 'Called at', 'Response'],
    rows.map((one) => [one.number, one.title, one.seat, one.value, one.trigger, one.response]),
  )
}

export async function decisionsWaiting({ tx, companyId, site, today }: About): Promise<Chapter> {
  const rows = await tx.rows(sql<{
    number: string
    kind: string
    title: string
    state: string
    due: string
    late: boolean
  }>`
    select number, kind, title, state, due_on::text as due, due_on < ${today}::date as late from rollout.decision
     where company_id = ${companyId} and (site_id is null or site_id = ${site.id}) and state in ('open', 'escalated') order by due_on, number`)
  return chapter(
    'waiting',
    'Decisions that wait',
    ['Number', 'Matter', 'What', 'State', 'Due'],
    rows.map((one) => [one.number, one.kind, one.title, one.state, `${one.due}${one.late ? ', overdue' : ''}`]),
  )
}

/** Tasks that are signed by hand; those with a measure are told by the measures. */
export async function tasksWaiting({ tx, companyId, site, today }: About): Promise<Chapter> {
  const rows = await tx.rows(sql<{ title: string; seat: string; due: string; late: boolean }>`
    select title, seat, due_on::text as due, due_on < ${today}::date as late from rollout.checklist_item
     where company_id = ${companyId} and site_id = ${site.id} and state = 'open' and criterion is null order by due_on, item`)
  return chapter(
    'tasks',
    'Deployment tasks that nobody has signed',
    ['What', 'Owner', 'Due'],
    rows.map((one) => [one.title, one.seat, `${one.due}${one.late ? ', overdue' : ''}`]),
  )
}

export async function changesOpen({ tx, companyId, site }: About): Promise<Chapter> {
  const rows = await tx.rows(sql<{ number: string; class: string; title: string; state: string; plan: string | null }>`
    select c.number, c.class, c.title, c.state, p.number as plan from rollout.change_request c left join rollout.plan p on p.company_id = c.company_id and p.id = c.plan_id
     where c.company_id = ${companyId} and (c.site_id is null or c.site_id = ${site.id}) and c.state in ('requested', 'approved', 'released') order by c.number`)
  return chapter(
    'changes',
    'Changes that are asked for, approved, or not looked back at',
    ['Number', 'Class', 'What', 'State', 'Plan'],
    rows.map((one) => [one.number, one.class, one.title, one.state, one.plan]),
  )
}

export async function outcomesStanding({ tx, companyId, site, today, now, sources }: About): Promise<Chapter> {
  const rows = await outcomesOf(tx, figuresOf(sources.modules), { companyId, siteId: site.id, today, now })
  return chapter(
    'outcomes',
    'Outcomes of the programme',
    ['Number', 'For', 'What', 'Baseline', 'Target', 'Actual', 'Done', 'Due', ''],
    rows.map((one) => [
      ...[one.number, one.kind, one.title, one.baseline, one.target, dash(one.actual)],
      ...[one.progress === null ? '—' : `${one.progress} %`, one.due_on, one.behind ? 'behind' : ''],
    ]),
  )
}
