// The whole product: a site follows its release, somebody changes a term, and the gate sees the drift, the deviation, and its end.
import { beforeAll, expect, test } from 'vitest'
import type { Context } from '#kernel/context'
import { transaction } from '#kernel/db'
import { modules } from '../../../src/modules/index.ts'
import { type Judged, recheck } from '../../../src/rollout/gate/judge.ts'
import { contentOf } from '../../../src/rollout/gate/paper/content.ts'
import { sourcesOf } from '../../../src/rollout/gate/sources.ts'
import { siteOf } from '../../../src/rollout/governance/site.ts'
import { withVersion } from '../../../src/rollout/template/version.ts'
import { readTemplateFiles } from '../../../src/setup/index.ts'
import { APPROVER, enterprise, MAKER, refusal } from '../support/enterprise.ts'

let e: Awaited<ReturnType<typeof enterprise>>
const LATER = new Date('2026-04-02T15:00:00Z')

beforeAll(async () => {
  e = await enterprise([{ code: 'ALPHA', currency: 'USD', country: 'US' }])
  await e.release()
  const site = {
    code: 'LYON',
    name: 'Lyon',
    kind: 'company',
    scope: 'company',
    wave: 1,
    owner: 'Olga',
    taxArea: 'US-ALPHA',
    release: e.template.version,
  }
  const { id } = await e.create('rollout.site.open', e.at('ALPHA'), site)
  const plan = await e.create('rollout.plan.make', e.at('ALPHA', MAKER), { site: id })
  const { rows } = await e.admin.query(`select encode(hash, 'hex') as hash from rollout.plan where id = $1`, [plan.id])
  await e.run('rollout.plan.approve', e.at('ALPHA', APPROVER), plan.id, { hash: rows[0].hash })
  await e.run('rollout.plan.apply', e.at('ALPHA', MAKER), plan.id)
  for (const one of [MAKER, APPROVER]) {
    await e.admin.query(
      `insert into access.account (id, email, name, kind, created_at) values ($1, $2, $3, 'person', now())`,
      [one.id, `${one.name.toLowerCase()}@example.com`, one.name],
    )
  }
  await e.create('rollout.seat.appoint', e.at('ALPHA'), {
    seat: 'design-authority',
    person: 'arno@example.com',
    from: '2026-01-01',
  })
})

async function criterion(id: string, context: Context): Promise<Judged | undefined> {
  const { id: run } = await e.create('rollout.gate-run.evaluate', context, { site: 'LYON', gate: 'G3' })
  const { rows } = await e.admin.query(
    'select gate, criteria, verdict, hash, policy from rollout.gate_run where id = $1',
    [run],
  )
  expect(recheck(rows[0])).toEqual([])
  return rows[0].criteria.find((one: Judged) => one.id === id)
}

test('TPL-05 TPL-06 GOV-06 drift makes the gate red and names what differs; a granted deviation mends it until it is over', async () => {
  expect(await criterion('drift', e.at('ALPHA'))).toMatchObject({ value: '0', verdict: 'green' })
  const { rows } = await e.admin.query(`select id from party.term where code = 'PREPAID'`)
  await e.run('party.term.change', e.at('ALPHA', MAKER), rows[0].id, { dueDays: 3 })
  const seen = await criterion('drift', e.at('ALPHA'))
  expect(seen).toMatchObject({ value: '1', verdict: 'red', evidence: { records: ['party.term PREPAID dueDays'] } })
  const { id } = await e.create('rollout.deviation.request', e.at('ALPHA', MAKER), {
    site: 'LYON',
    kind: 'party.term',
    objectKey: 'PREPAID',
    field: 'dueDays',
    value: 3,
    scope: 'All',
    reason: 'A bank agreed',
    risk: 'None',
    owner: 'Mara',
    compensatingControl: 'List',
    expiresOn: '2026-03-31',
  })
  expect(await criterion('drift', e.at('ALPHA'))).toMatchObject({ verdict: 'red' })
  await e.run('rollout.deviation.approve', e.at('ALPHA', APPROVER), id)
  expect(await criterion('drift', e.at('ALPHA'))).toMatchObject({ value: '0', verdict: 'green' })
  expect(await criterion('drift', e.at('ALPHA', MAKER, LATER))).toMatchObject({ value: '1', verdict: 'red' })
  expect(await criterion('deviations-expired', e.at('ALPHA', MAKER, LATER))).toMatchObject({
    value: '1',
    verdict: 'red',
  })
})

type Ahead = Omit<Judged, 'hash'> & {
  value_today: string | null
  verdict_today: string
  turns: boolean
  deviations: unknown
}

test('GOV-06 TPL-06 a gate looked at for a later day says what would turn and names the deviation that has run out by then; nothing is kept', async () => {
  const on = (day: string, context = e.at('ALPHA', MAKER), more: object = {}) =>
    e.ask<Ahead>('rollout.gate-on', context, { site: 'LYON', gate: 'G3', on: day, ...more })
  const kept = async () => (await e.admin.query('select count(*)::int as n from rollout.gate_run')).rows[0].n
  const before = await kept()
  const [{ number }] = (await e.admin.query('select number from rollout.deviation')).rows
  // It holds on its last day.
  expect((await on('2026-03-31')).filter((one) => one.turns)).toEqual([])
  const after = await on('2026-04-01')
  const runOut = [{ id: expect.stringMatching(/^[0-9a-f-]{36}$/), number, expires_on: '2026-03-31' }]
  const turned = { value_today: '0', verdict_today: 'green', value: '1', verdict: 'red', deviations: runOut }
  expect(after.filter((one) => one.turns)).toMatchObject([
    { id: 'deviations-expired', ...turned, evidence: { records: [number] } },
    { id: 'drift', ...turned, evidence: { records: [`party.term PREPAID dueDays (${number})`] } },
  ])
  expect(await kept()).toBe(before)

  // What is foreseen is what a run of that day finds.
  const { id } = await e.create('rollout.gate-run.evaluate', e.at('ALPHA', MAKER, LATER), { site: 'LYON', gate: 'G3' })
  const { rows } = await e.admin.query('select criteria from rollout.gate_run where id = $1', [id])
  const figures = (all: readonly Pick<Judged, 'id' | 'value' | 'verdict' | 'evidence'>[]) =>
    all.map((one) => [one.id, one.value, one.verdict, one.evidence])
  expect(figures(await on('2026-04-02'))).toEqual(figures(rows[0].criteria))

  for (const day of ['2026-03-01', '2026-02-31', 'soon']) expect(await refusal(on(day))).toBe('GATE_DAY')
  expect(await refusal(on('2026-04-01', undefined, { gate: 'G9' }))).toBe('GATE_UNKNOWN')
  expect(await refusal(on('2026-04-01', undefined, { site: 'NOWHERE' }))).toBe('NO_SUCH_SITE')
  const stranger = { ...MAKER, permissions: new Map() }
  expect(await refusal(on('2026-04-01', e.at('ALPHA', stranger)))).toBe('NOT_ALLOWED')
})

test('TPL-08 a site may be two releases behind; with a third the gate is red and names what it lacks, and the board says so', async () => {
  const publish = async (number: string) => (await e.release(withVersion(readTemplateFiles(), number), 'Later')).id
  const seen = async () => {
    const found = await criterion('versions-behind', e.at('ALPHA'))
    const [row] = await e.ask<{ behind: number; may_be_behind: number }>('rollout.board', e.at('ALPHA'), {})
    return [found?.verdict, found?.value, found?.evidence.records, row?.behind, row?.may_be_behind]
  }
  expect(await seen()).toEqual(['green', '0', [], 0, 2])
  await publish('7.0.1')
  await publish('7.1.0')
  expect(await seen()).toEqual(['green', '0', [], 2, 2])
  const third = await publish('8.0.0')
  expect(await seen()).toEqual(['red', '1', ['7.0.1', '7.1.0', '8.0.0'], 3, 2])
  // What was withdrawn is nothing to follow.
  await e.run('rollout.release.withdraw', { ...e.at('ALPHA'), reason: 'It was too early' }, third)
  expect(await seen()).toEqual(['green', '0', [], 2, 2])
  const { rows } = await e.admin.query(`select id from rollout.site where code = 'LYON'`)
  await e.run('rollout.site.follow', e.at('ALPHA'), rows[0].id, { release: '7.1.0' })
  expect(await seen()).toEqual(['green', '0', [], 0, 2])
})

test('BLU-01 the blueprint of a site has every object of its live configuration, and changes with it', async () => {
  const blueprint = () =>
    transaction(e.kernel.pool, { companies: [e.ids.ALPHA ?? 0] }, async (tx) => {
      const companyId = e.ids.ALPHA ?? 0
      const site = await siteOf(tx, companyId, 'LYON')
      return await contentOf('blueprint', {
        tx,
        companyId,
        site,
        today: '2026-03-02',
        now: new Date('2026-03-02T15:00:00Z'),
        sources: sourcesOf(modules),
      })
    })
  const before = await blueprint()
  const accounts = before.chapters.find((one) => one.id === 'configuration ledger.account')
  const { rows } = await e.admin.query(
    `select count(*)::int as n from ledger.account where company_id = $1 and state = 'active'`,
    [e.ids.ALPHA],
  )
  expect(accounts?.whole?.rows).toBe(rows[0].n)
  const { rows: terms } = await e.admin.query(`select id from party.term where code = 'PREPAID'`)
  await e.run('party.term.change', e.at('ALPHA', MAKER), terms[0].id, { dueDays: 4 })
  const after = await blueprint()
  const changed = after.chapters.filter((one, at) => JSON.stringify(one) !== JSON.stringify(before.chapters[at]))
  expect(changed.map((one) => one.title)).toEqual(['Configuration: party.term'])
})
