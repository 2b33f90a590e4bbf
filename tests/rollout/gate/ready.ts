// Brings site LYON so far that every gate is green, by the verbs themselves, and evaluates gates of it.
import type { Judged } from '../../../src/rollout/gate/judge.ts'
import { policy, seatFor, seatKey } from '../../../src/rollout/governance/policy.ts'
import { openRollout, type Rollout } from '../governance/world.ts'

/** Evidence that makes its criterion green: kind, value, subject. */
const GOOD: readonly (readonly [string, string, string?])[] = [
  ['data-profile', '97', 'customer'],
  ['migration-mapping', '100', 'customer'],
  ['migration-rehearsal', '0', 'customer'],
  ['migration-rehearsal', '0', 'product'],
  ['scenarios-executable', '100'],
  ['training-published', '100'],
  ['training-readiness', '96'],
  ['scenarios-critical', '100', 'order-to-cash'],
  ['scenarios-critical', '100', 'warehouse'],
  ['scenarios-all', '95', 'order-to-cash'],
  ['severe-defects', '0'],
  ['separation-tests', '100'],
  ['throughput-test', '110'],
  ['cutover-rehearsal', '15'],
  ['rollback-test', '1'],
  ['support-roster', '100'],
  ['backup-restore', '1'],
  ['stable-days', '20', 'warehouse'],
  ['severe-incidents', '0'],
  ['support-backlog', '20'],
  ['handover', '1', 'warehouse'],
  ['kpi-baseline', '85', 'order-to-cash'],
  ...policy().seats.flatMap((one): [string, string, string][] =>
    one.seat === 'data-owner' && one.area ? [['data-sign-off', '1', one.area]] : [],
  ),
]

export type Run = {
  id: string
  number: string
  state: string
  verdict: string
  criteria: readonly Judged[]
  hash: string
  policy: string
  gate: string
}

/** The seat's holder that signs a kind of evidence. */
export const signerOf = (r: Rollout, kind: string, subject?: string) => {
  const rule = policy().evidence.find((one) => one.kind === kind)
  return r.somebody(seatKey(seatFor(rule?.signs ?? '', subject)).replaceAll('-', ' '))
}

/** Records evidence and has it signed by who may. Gives its id. */
export async function evidenced(
  r: Rollout,
  kind: string,
  value: string,
  subject?: string,
  site = 'LYON',
): Promise<string> {
  const id = await r.made(
    'rollout.evidence.record',
    { site, kind, value, note: 'Measured', ...(subject ? { subject } : {}) },
    { who: await r.somebody('Rita Morel') },
  )
  await r.act('rollout.evidence.sign', id, {}, { who: await signerOf(r, kind, subject) })
  return id
}

/** Drafts and signs a paper. */
export async function paperSigned(r: Rollout, kind: string, who: string, today?: string): Promise<string> {
  const id = await r.made('rollout.paper.draft', { site: 'LYON', kind }, today ? { today } : {})
  await r.act('rollout.paper.sign', id, {}, { who: await r.somebody(who), ...(today ? { today } : {}) })
  return id
}

/** Evaluates a gate of LYON and reads the run back. */
export async function evaluated(r: Rollout, gate: string, today?: string): Promise<Run> {
  const id = await r.made('rollout.gate-run.evaluate', { site: 'LYON', gate }, today ? { today } : {})
  return await r.see(
    'select id, number, state, verdict, criteria, hash, policy, gate from rollout.gate_run where id = $1',
    [id],
  )
}

export const red = (run: Run): readonly string[] =>
  run.criteria.filter((one) => one.verdict === 'red').map((one) => one.id)

/** Generates the deployment checklist, far ahead of the day of going live, and has what is signed by hand signed by its seats. */
export async function listDone(r: Rollout): Promise<void> {
  await r.create('rollout.checklist.generate', { site: 'LYON', goLive: '2026-09-01' })
  type Item = { id: string; seat: string; criterion: string | null }
  for (const one of await r.ask<Item>('rollout.deployment-checklist', { site: 'LYON' }))
    if (one.criterion === null)
      await r.act(
        'rollout.checklist-item.sign',
        one.id,
        { evidence: 'Seen' },
        { who: await r.somebody(one.seat.replaceAll('-', ' ')) },
      )
}

/** A site of which every gate is green on the day. */
export async function readySite(): Promise<Rollout> {
  const r = await openRollout()
  await r.seatAll()
  const rita = await r.somebody('Rita Morel')
  for (const one of policy().questions)
    await r.create('rollout.answer.give', {
      site: 'LYON',
      question: one.question,
      answer: 'So and so',
      source: 'Workshop',
    })
  for (const one of policy().functions)
    await r.create('rollout.participant.enter', {
      site: 'LYON',
      function: one.function,
      name: `Head of ${one.function}`,
      workshop: 'Kick-off',
    })
  const process = await r.made('rollout.process.map', {
    site: 'LYON',
    area: 'warehouse',
    name: 'Receive',
    volume: 300,
    owner: 'Marc',
    system: 'Paper',
    stance: 'standardise',
    steps: ['unload', 'count'],
  })
  await r.act('rollout.process.approve', process, {}, { who: await r.somebody('process owner warehouse') })
  const finding = await r.made('rollout.finding.note', {
    site: 'LYON',
    kind: 'spreadsheet',
    title: 'Freight table',
    detail: 'By hand',
    frequency: 'weekly',
    risk: 'medium',
  })
  await r.act('rollout.finding.dispose', finding, { disposition: 'template-covers', note: 'Carrier rates' })
  const [adopted, other] = await Promise.all([
    r.made(
      'rollout.requirement.raise',
      {
        site: 'LYON',
        title: 'Orders by phone',
        detail: 'Two clerks',
        area: 'order-to-cash',
        capability: 'sales.order.draft',
      },
      { who: rita },
    ),
    r.made(
      'rollout.requirement.raise',
      { site: 'LYON', title: 'Carrier labels', detail: 'Their format', area: 'warehouse' },
      { who: rita },
    ),
  ])
  await r.act('rollout.requirement.classify', adopted, { answer: 'adopt', evidence: 'Walked in the workshop' })
  await r.act('rollout.requirement.classify', other, {
    answer: 'process-change',
    evidence: 'Carrier prints',
    cause: 'functional',
  })
  await r.create('rollout.register.sign', { site: 'LYON' }, { who: await r.somebody('design authority') })
  // Adoption: whoever has a role here has worked.
  await r.admin.query(`insert into access.role (code, name) values ('user', 'User') on conflict do nothing`)
  await r.admin.query(
    `insert into access.role_grant (id, account_id, role, company_id) values (gen_random_uuid(), $1, 'user', 1)`,
    [rita.id],
  )
  for (const kind of ['issue-log', 'scope-baseline']) await paperSigned(r, kind, 'rollout office')
  await paperSigned(r, 'charter', 'executive sponsor')
  await paperSigned(r, 'blueprint', 'design authority')
  for (const [kind, value, subject] of GOOD) await evidenced(r, kind, value, subject)
  await listDone(r)
  const lesson = { site: 'LYON', kind: 'template-change', title: 'Shorter terms', context: 'Three sites asked for it' }
  await r.create('rollout.decision.propose', lesson)
  return r
}
