// The chapters of a template validation report: what a pilot held of the template, where it deviated, what it measured and what it taught.
import { sql } from '#kernel/db'
import { compared, pilotOf } from '../../pilot/compare.ts'
import { type Chapter, chapter } from './chapter.ts'
import type { About } from './content.ts'

const dash = (value: string | null): string => value ?? '—'

export async function pilotOutcome({ tx, companyId, site }: About): Promise<readonly Chapter[]> {
  const found = await tx.first(pilotOf(companyId, site.id))
  if (!found) return [chapter('pilot', 'The pilot', ['', ''], [], ['No pilot was begun at this site.'])]
  const rows = compared(found.baseline, found.readings)
  const of = (side: string) => rows.filter((one) => one.side === side).length
  return [
    chapter(
      'pilot',
      'The pilot',
      ['', ''],
      [
        ['Pilot', found.number],
        ['Began', found.starts_on],
        ['Ended', found.ends_on ?? 'It is running'],
        ['Figures of before', `${found.baseline_from} to ${found.baseline_until}`],
        ['Readings', String(found.readings.length)],
        ['Conclusion', dash(found.conclusion)],
        ['Lessons', dash(found.lessons)],
      ],
    ),
    chapter(
      'figures',
      'Figures before and during',
      ['Figure', 'Unit', 'Before', 'During', 'Change', ''],
      rows.map((one) => [one.name, one.unit, dash(one.before), dash(one.during), dash(one.change), one.side]),
      [`Better ${of('better')}, the same ${of('same')}, worse ${of('worse')}, not known ${of('unknown')}.`],
    ),
  ]
}

type PlanRow = {
  number: string
  release: string
  governed: number
  on_template: number
  kept: readonly { kind: string; key: string; field: string | null; by: string }[]
  drift: readonly { kind: string; key: string; field: string | null; what: string; owner: string }[]
}

/** From the newest plan of the site: what stands as the template has it, what is allowed to differ, and what nobody approved. */
export async function heldAndDeviated({ tx, companyId, site }: About): Promise<readonly Chapter[]> {
  const plan =
    await tx.first(sql<PlanRow>`select p.number, r.number as release, p.governed, p.on_template, p.kept, p.drift
    from rollout.plan p join rollout.release r on r.id = p.release_id where p.company_id = ${companyId} and p.site_id = ${site.id} order by p.created_at desc, p.id desc limit 1`)
  if (!plan) return [chapter('held', 'What held', ['', ''], [], ['No plan was made for this site.'])]
  const place = (one: { kind: string; key: string; field: string | null }) => [one.kind, one.key, one.field ?? '']
  return [
    chapter(
      'held',
      'What held',
      ['', ''],
      [
        ['Plan', plan.number],
        ['Release', plan.release],
        ['Governed values', String(plan.governed)],
        ['On the template', String(plan.on_template)],
        ['Differ by leave', String(plan.kept.length)],
        ['Differ without leave', String(plan.drift.length)],
      ],
    ),
    chapter(
      'kept',
      'Differences that are allowed',
      ['Kind', 'Object', 'Field', 'By'],
      plan.kept.map((one) => [...place(one), one.by]),
    ),
    chapter(
      'drift',
      'Differences that nobody approved',
      ['Kind', 'Object', 'Field', 'What', 'Whose'],
      plan.drift.map((one) => [...place(one), one.what, one.owner]),
    ),
  ]
}

type Acceptance = {
  number: string
  finished: string
  scenarios: number
  passed: number
  failed: number
  critical: string | null
  severe: number
}

export async function acceptance({ tx, companyId, site }: About): Promise<Chapter> {
  const found =
    await tx.first(sql<Acceptance>`select u.number, u.finished_at::date::text as finished, u.scenarios, u.passed, u.failed, trim_scale(u.critical_percent)::text as critical, (u.severity_1 + u.severity_2)::int as severe
    from rollout.v_uat_latest u where u.company_id = ${companyId} and u.site_id = ${site.id}`)
  return chapter(
    'acceptance',
    'Acceptance',
    ['', ''],
    found
      ? [
          ['Run', `${found.number} of ${found.finished}`],
          ['Scenarios', `${found.scenarios}, passed ${found.passed}, failed ${found.failed}`],
          ['Critical ones that passed', `${dash(found.critical)} %`],
          ['Open defects of severity 1 and 2', String(found.severe)],
        ]
      : [],
    found ? [] : ['No acceptance run was finished at this site.'],
  )
}

/** What the site proposes for the template, and what it found along the way. */
export async function lessons({ tx, companyId, site }: About): Promise<Chapter> {
  const rows = await tx.rows(sql<{ number: string; what: string; title: string; outcome: string | null }>`
    select number, 'Change of the template' as what, title, coalesce(decision, state) as outcome from rollout.decision
     where company_id = ${companyId} and site_id = ${site.id} and kind = 'template-change' and state <> 'withdrawn'
    union all select number, kind, title, coalesce(disposition, state) from rollout.finding where company_id = ${companyId} and site_id = ${site.id} and state <> 'dropped'
     order by 1`)
  return chapter(
    'lessons',
    'Lessons',
    ['Number', 'What', 'Title', 'What becomes of it'],
    rows.map((one) => [one.number, one.what, one.title, one.outcome]),
  )
}
