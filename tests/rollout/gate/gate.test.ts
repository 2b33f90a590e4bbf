// Stage gates: every statement turns with its input, a verdict comes again from what is kept, and only the sponsor goes on against red.
import { beforeAll, describe, expect, test } from 'vitest'
import { transaction } from '#kernel/db'
import { verify } from '#kernel/verify'
import { criteriaOf, judgeGate } from '../../../src/rollout/gate/criteria.ts'
import { type Judged, judge, recheck, verdictOf } from '../../../src/rollout/gate/judge.ts'
import { policy } from '../../../src/rollout/governance/policy.ts'
import { ALPHA, BETA, DAY, drifted, type Rollout, refusal, rollout } from '../governance/world.ts'
import { evaluated, evidenced, paperSigned, type Run, readySite, red } from './ready.ts'

let r: Rollout
const GATES = policy().gates.map((one) => one.gate)

beforeAll(async () => {
  r = await readySite()
})

const of = (run: Run, id: string): Judged | undefined => run.criteria.find((one) => one.id === id)

test('GOV-06 a site that has everything passes every gate, and each criterion says value, threshold and evidence', async () => {
  for (const gate of GATES) {
    const run = await evaluated(r, gate)
    expect(red(run), gate).toEqual([])
    expect(run).toMatchObject({ verdict: 'passed', state: 'passed', policy: policy().fingerprint })
    for (const one of run.criteria) {
      expect(one.value, one.id).not.toBeNull()
      expect(one.hash).toMatch(/^[0-9a-f]{64}$/)
    }
  }
})

test('GOV-06 a site of which nothing is known passes no gate', async () => {
  for (const gate of GATES) {
    const { result } = await r.create('rollout.gate-run.evaluate', { site: 'TURIN', gate })
    expect(result, gate).toMatchObject({ runs: [{ verdict: 'refused' }] })
  }
})

/** How each criterion is turned red: a step that spoils its input and one that mends it. */
const sql = (spoil: string, mend: string) => ({ spoil: () => r.admin.query(spoil), mend: () => r.admin.query(mend) })
const withdrawn = (kind: string) =>
  sql(
    `update rollout.evidence set state = 'withdrawn' where kind = '${kind}' and site_id = (select id from rollout.site where code = 'LYON')`,
    `update rollout.evidence set state = 'signed' where kind = '${kind}' and site_id = (select id from rollout.site where code = 'LYON')`,
  )
const worse = (kind: string, from: string, to: string) =>
  sql(
    `update rollout.evidence set value = ${to} where kind = '${kind}' and value = ${from}`,
    `update rollout.evidence set value = ${from} where kind = '${kind}' and value = ${to}`,
  )
const paper = (kind: string) =>
  sql(
    `update rollout.paper set state = 'replaced' where kind = '${kind}' and state = 'signed'`,
    `update rollout.paper set state = 'signed' where kind = '${kind}' and state = 'replaced'`,
  )

type Flip = { spoil(): Promise<unknown> | unknown; mend(): Promise<unknown> | unknown }
const FLIPS: Readonly<Record<string, readonly Flip[]>> = {
  'seats-vacant': [
    sql(
      `update rollout.seat set ends_on = '2026-03-01' where seat = 'data-owner-price'`,
      `update rollout.seat set ends_on = null where seat = 'data-owner-price'`,
    ),
  ],
  'deviations-expired': [
    sql(
      `insert into rollout.deviation (company_id, id, number, state, site_id, kind, object_key, value, scope, reason, risk, owner, compensating_control, requested_by, requested_at, approved_by, approved_at, expires_on, created_at, updated_at)
       select 1, gen_random_uuid(), 'DEV-OVER', 'approved', id, 'party.term', 'NET30', '45', 's', 'r', 'r', 'o', 'c', gen_random_uuid(), now(), gen_random_uuid(), now(), '2026-03-01', now(), now() from rollout.site where code = 'LYON'`,
      `delete from rollout.deviation where number = 'DEV-OVER'`,
    ),
  ],
  'versions-behind': [
    sql(
      `insert into rollout.release (id, number, state, template, files, hash, notes, released_by, created_at, updated_at)
       select gen_random_uuid(), v, 'released', 'reference', '{}', sha256(v::bytea), 'test', gen_random_uuid(), now(), now() from unnest(array['3.3.0', '3.4.0', '3.5.0']) v`,
      `delete from rollout.release where number in ('3.3.0', '3.4.0', '3.5.0')`,
    ),
  ],
  'questions-answered': [
    sql(
      `update rollout.answer set state = 'withdrawn' where question = 'credit'`,
      `update rollout.answer set state = 'answered' where question = 'credit'`,
    ),
  ],
  'processes-approved': [
    sql(`update rollout.process set state = 'mapped'`, `update rollout.process set state = 'approved'`),
    sql(`update rollout.process set state = 'dropped'`, `update rollout.process set state = 'approved'`),
  ],
  'findings-undecided': [
    sql(
      `update rollout.finding set state = 'open', disposition = null`,
      `update rollout.finding set state = 'decided', disposition = 'accept'`,
    ),
  ],
  'issue-log-signed': [paper('issue-log')],
  'scope-baseline-signed': [paper('scope-baseline')],
  'charter-signed': [paper('charter')],
  'functions-missing': [
    sql(
      `update rollout.participant set state = 'struck' where function = 'finance'`,
      `update rollout.participant set state = 'took-part' where function = 'finance'`,
    ),
  ],
  'data-profile-taken': [withdrawn('data-profile')],
  'requirements-classified': [
    sql(
      `update rollout.requirement set state = 'open' where title = 'Carrier labels'`,
      `update rollout.requirement set state = 'classified' where title = 'Carrier labels'`,
    ),
  ],
  'fit-gap-signed': [
    sql(`update rollout.register set state = 'reopened'`, `update rollout.register set state = 'signed'`),
  ],
  'blueprint-differences': [
    paper('blueprint'),
    sql(
      `update party.term set due_days = 31 where company_id = 1`,
      `update party.term set due_days = 30 where company_id = 1`,
    ),
  ],
  'customise-unproven': [
    sql(
      `update rollout.requirement set answer = 'customise', tried = '{"standard": "yes"}' where title = 'Carrier labels'`,
      `update rollout.requirement set answer = 'process-change', tried = null where title = 'Carrier labels'`,
    ),
  ],
  'standardisation-rate': [
    sql(
      `update rollout.requirement set answer = 'integrate' where title = 'Carrier labels'`,
      `update rollout.requirement set answer = 'process-change' where title = 'Carrier labels'`,
    ),
  ],
  'unbaselined-requirements': [
    sql(
      `update rollout.requirement set in_baseline = false where title = 'Carrier labels'`,
      `update rollout.requirement set in_baseline = true where title = 'Carrier labels'`,
    ),
  ],
  drift: [
    {
      spoil: () => drifted.set(r.sites.LYON, [{ kind: 'party.term', key: 'NET30', field: 'dueDays' }]),
      mend: () => drifted.clear(),
    },
  ],
  'extensions-unreviewed': [
    sql(
      `update rollout.requirement set answer = 'extend' where title = 'Carrier labels'`,
      `update rollout.requirement set answer = 'process-change' where title = 'Carrier labels'`,
    ),
  ],
  'extensions-overdue': [
    sql(
      `insert into rollout.extension (company_id, id, code, state, name, category, business_owner, justification, tests, upgrade_impact, metric, baseline, target, retires_on, proposed_by,
         challenge, challenge_hash, score, threshold, challenged_by, reviewed_by, approved_by, live_since, created_at, updated_at)
       select 1, gen_random_uuid(), 'old-labels', 'live', 'Old labels', 'extend', a, 'j', '[]', 'u', 'm', 1, 0, '2020-01-01', a, '[]', 'h', 60, 60, b, b, b, '2019-01-01', now(), now()
         from (select gen_random_uuid() as a, gen_random_uuid() as b) x`,
      `delete from rollout.extension where code = 'old-labels'`,
    ),
  ],
  'role-conflicts': [
    sql(
      `insert into access.separation (id, left_permissions, right_permissions, risk, owner) values ('SOD-X', '{a.b.c}', '{a.b.d}', 'r', 'o'); insert into access.role_permission values ('user', 'a.b.c'), ('user', 'a.b.d')`,
      `delete from access.role_permission where role = 'user'; delete from access.separation where id = 'SOD-X'`,
    ),
  ],
  'mappings-complete': [withdrawn('migration-mapping'), worse('migration-mapping', '100', '99')],
  'codes-mapped': [
    sql(
      `update rollout.site set kind = 'acquired' where code = 'LYON'`,
      `update rollout.site set kind = 'branch' where code = 'LYON'`,
    ),
  ],
  'checklist-overdue': [
    sql(
      `update rollout.checklist_item set state = 'open', due_on = '2026-03-01' where item = 'devices-tried'`,
      `update rollout.checklist_item set state = 'done', due_on = '2026-07-01' where item = 'devices-tried'`,
    ),
  ],
  'checklist-before-go-live': [
    sql(
      `update rollout.checklist_item set state = 'open' where item = 'stock-counted'`,
      `update rollout.checklist_item set state = 'done' where item = 'stock-counted'`,
    ),
  ],
  'reviews-missed': [
    sql(
      `update rollout.site set state = 'settling', created_at = '2026-02-01' where code = 'LYON'`,
      `update rollout.site set state = 'discovery', created_at = now() where code = 'LYON'`,
    ),
  ],
  'rehearsals-clean': [withdrawn('migration-rehearsal'), worse('migration-rehearsal', '0', '1')],
  'scenarios-executable': [withdrawn('scenarios-executable'), worse('scenarios-executable', '100', '99.9')],
  'training-published': [withdrawn('training-published'), worse('training-published', '100', '99')],
  'training-readiness': [withdrawn('training-readiness'), worse('training-readiness', '96', '94.99')],
  'scenarios-critical': [withdrawn('scenarios-critical'), worse('scenarios-critical', '100', '99')],
  'scenarios-all': [withdrawn('scenarios-all'), worse('scenarios-all', '95', '94')],
  'severe-defects': [withdrawn('severe-defects'), worse('severe-defects', '0', '1')],
  'separation-tests': [withdrawn('separation-tests'), worse('separation-tests', '100', '99')],
  'throughput-test': [withdrawn('throughput-test'), worse('throughput-test', '110', '99')],
  'cutover-variance': [withdrawn('cutover-rehearsal'), worse('cutover-rehearsal', '15', '15.01')],
  'rollback-tested': [withdrawn('rollback-test'), worse('rollback-test', '1', '0')],
  'support-roster': [withdrawn('support-roster'), worse('support-roster', '100', '99')],
  'backup-restored': [withdrawn('backup-restore'), worse('backup-restore', '1', '0')],
  'data-owners-unsigned': [
    sql(
      `update rollout.evidence set state = 'withdrawn' where kind = 'data-sign-off' and subject = 'price'`,
      `update rollout.evidence set state = 'signed' where kind = 'data-sign-off'`,
    ),
  ],
  'stable-days': [withdrawn('stable-days'), worse('stable-days', '20', '19')],
  'severe-incidents': [withdrawn('severe-incidents'), worse('severe-incidents', '0', '1')],
  'support-backlog': [withdrawn('support-backlog'), worse('support-backlog', '20', '21')],
  'handover-accepted': [withdrawn('handover'), worse('handover', '1', '0')],
  'kpi-baseline': [withdrawn('kpi-baseline'), worse('kpi-baseline', '85', '79')],
  adoption: [
    sql(
      `insert into access.account (id, email, name, kind, created_at) values (gen_random_uuid(), 'idle@example.com', 'Idle', 'person', now()); insert into access.role_grant (id, account_id, role, company_id) select gen_random_uuid(), id, 'user', 1 from access.account where email = 'idle@example.com'`,
      `delete from access.role_grant where account_id = (select id from access.account where email = 'idle@example.com'); delete from access.account where email = 'idle@example.com'`,
    ),
  ],
  'lessons-proposed': [
    sql(
      `update rollout.decision set state = 'withdrawn' where kind = 'template-change'`,
      `update rollout.decision set state = 'open' where kind = 'template-change'`,
    ),
  ],
}

describe('GOV-06 each statement of a gate turns with its input', () => {
  const asked = policy().gates.flatMap((gate) => gate.criteria.map((one) => [one.criterion, gate.gate] as const))
  const once = [...new Map(asked)]

  test('every criterion that a gate asks for has its flip here', () => {
    expect(once.map(([id]) => id).filter((id) => !FLIPS[id])).toEqual([])
    expect(Object.keys(FLIPS).filter((id) => !once.some(([each]) => each === id))).toEqual([])
  })

  test.each(once)('%s, as %s asks', async (id, gate) => {
    for (const flip of FLIPS[id] ?? []) {
      await flip.spoil()
      const spoilt = await evaluated(r, gate)
      await flip.mend()
      expect(of(spoilt, id)?.verdict).toBe('red')
      expect(recheck(spoilt)).toEqual([])
      const critical = of(spoilt, id)?.critical
      expect(spoilt.verdict).toBe(
        critical ? 'refused' : red(spoilt).every((one) => !of(spoilt, one)?.critical) ? 'passed' : 'refused',
      )
      const mended = await evaluated(r, gate)
      expect(red(mended)).toEqual([])
      expect(of(mended, id)?.hash).not.toBe(of(spoilt, id)?.hash)
    }
  })

  test('evidence that is older than it may be counts no more', async () => {
    const later = await evaluated(r, 'G5', '2026-03-17')
    expect(red(later)).toEqual(['severe-defects'])
    expect(of(later, 'severe-defects')).toMatchObject({ value: null })
  })
})

describe('GOV-06 a verdict comes again from what is kept', () => {
  test('every stored run rechecks, and a change of value, threshold, verdict or evidence shows', async () => {
    const run = await evaluated(r, 'G6')
    expect(recheck(run)).toEqual([])
    const [first, ...rest] = run.criteria
    if (!first) throw new Error('a gate has criteria')
    const twisted = (one: Judged) => recheck({ ...run, criteria: [one, ...rest] })
    expect(twisted({ ...first, value: '7' })).toContain('seats-vacant is red and not green')
    expect(twisted({ ...first, threshold: '5' })).toEqual(['seats-vacant is not what was hashed'])
    expect(twisted({ ...first, evidence: { ...first.evidence, records: ['somebody'] } })).toEqual([
      'seats-vacant is not what was hashed',
    ])
    const { hash: _hash, verdict: _verdict, ...bare } = { ...first, value: '7' }
    expect(twisted(judge(bare))).toEqual(['the whole is refused and not passed', 'the run is not what was hashed'])
    expect(recheck({ ...run, policy: 'another' })).toEqual(['the run is not what was hashed'])
  })

  test.each([
    ['0', '0', 'at-most', 'green'],
    ['0.01', '0', 'at-most', 'red'],
    ['70', '70', 'at-least', 'green'],
    ['69.99', '70', 'at-least', 'red'],
    ['100.00', '100', 'at-least', 'green'],
    [null, '0', 'at-most', 'red'],
  ] as const)('%s against %s, %s, is %s', (value, threshold, compare, verdict) => {
    expect(verdictOf({ value, threshold, compare, evidence: { numbers: {}, records: [], accepted: [] } })).toBe(verdict)
  })

  test('the program cannot change what a run has measured; only an owner of the table could, and then it is seen', async () => {
    const run = await evaluated(r, 'G4')
    const client = await r.kernel.pool.connect()
    try {
      await client.query('begin')
      await client.query(`select set_config('tw.companies', '1', true)`)
      await expect(
        client.query(`update rollout.gate_run set verdict = 'passed' where id = $1`, [run.id]),
      ).rejects.toMatchObject({ code: '42501' })
      await client.query('rollback')
      await client.query('begin')
      await expect(client.query('delete from rollout.gate_run')).rejects.toMatchObject({ code: '42501' })
      await client.query('rollback')
    } finally {
      client.release()
    }
    await r.admin.query(
      `update rollout.gate_run set criteria = jsonb_set(criteria, '{2,value}', '"5"') where id = $1`,
      [run.id],
    )
    expect(await refusal(r.act('rollout.gate-run.open', run.id, {}, { who: await r.somebody('rollout office') }))).toBe(
      'GATE_RUN_BROKEN',
    )
  })

  test('the invariants of governance hold over all of this, and see what an owner twists', async () => {
    const broken = async () =>
      (await verify(r.kernel.pool, [ALPHA, BETA], rollout.invariants)).checks
        .filter((one) => !one.ok)
        .map((one) => one.id)
    expect(await broken()).toEqual([])
    await r.admin.query(
      `update rollout.gate_run set criteria = jsonb_set(criteria, '{0,value}', '"5"') where number = (select max(number) from rollout.gate_run where state = 'passed')`,
    )
    expect(await broken()).toEqual(['R04'])
    await r.admin.query(
      `update rollout.gate_run set criteria = jsonb_set(criteria, '{0,verdict}', '"red"') where number = (select max(number) from rollout.gate_run where state = 'passed')`,
    )
    expect(await broken()).toEqual(['R03'])
    await r.admin.query(
      `update rollout.gate_run set criteria = jsonb_set(jsonb_set(criteria, '{0,value}', '"0"'), '{0,verdict}', '"green"') where number = (select max(number) from rollout.gate_run where state = 'passed')`,
    )
  })
})

describe('the way through a gate', () => {
  test('GOV-06 a passed run opens the gate of the stage, once, while it is fresh and the newest', async () => {
    const old = await evaluated(r, 'G1')
    const run = await evaluated(r, 'G1')
    expect(await refusal(r.act('rollout.gate-run.open', old.id))).toBe('GATE_RUN_OLD')
    expect(await refusal(r.act('rollout.gate-run.open', run.id, {}, { today: '2026-03-13' }))).toBe('GATE_RUN_STALE')
    const ahead = await evaluated(r, 'G2')
    expect(await refusal(r.act('rollout.gate-run.open', ahead.id))).toBe('GATE_NOT_NEXT')
    await r.act('rollout.gate-run.open', run.id)
    expect(await r.see(`select state from rollout.site where code = 'LYON'`)).toEqual({ state: 'design' })
    expect(await refusal(r.act('rollout.gate-run.open', run.id))).toBe('WRONG_STATE')
    expect(await refusal(r.create('rollout.gate-run.evaluate', { site: 'LYON', gate: 'G9' }))).toBe('GATE_UNKNOWN')
  })

  test('T-CUT-01 one critical check red is no-go; going on needs the sponsor and a reason', async () => {
    await r.admin.query(`update rollout.site set state = 'cutover' where code = 'LYON'`)
    const restore = FLIPS['backup-restored']?.[0]
    await restore?.spoil()
    const run = await evaluated(r, 'G6')
    await restore?.mend()
    expect(run).toMatchObject({ verdict: 'refused', state: 'refused' })
    // The same restored backup is a task of the deployment checklist, which is therefore not done either.
    expect(red(run)).toEqual(['backup-restored', 'checklist-before-go-live'])
    expect(await refusal(r.act('rollout.gate-run.open', run.id))).toBe('WRONG_STATE')
    const sponsor = await r.somebody('executive sponsor')
    expect(await refusal(r.act('rollout.gate-run.override', run.id, {}, { who: sponsor }))).toBe('REASON_NEEDED')
    expect(
      await refusal(
        r.act('rollout.gate-run.override', run.id, {}, { who: await r.somebody('rollout office'), reason: 'We must' }),
      ),
    ).toBe('NOT_YOUR_SEAT')
    await r.act(
      'rollout.gate-run.override',
      run.id,
      {},
      { who: sponsor, reason: 'Restored by hand on Sunday, report follows' },
    )
    expect(
      await r.see(
        'select state, verdict, override_seat, override_reason, overridden_by from rollout.gate_run where id = $1',
        [run.id],
      ),
    ).toEqual({
      state: 'overridden',
      verdict: 'refused',
      override_seat: 'executive-sponsor',
      override_reason: 'Restored by hand on Sunday, report follows',
      overridden_by: sponsor.id,
    })
    await r.act('rollout.gate-run.open', run.id)
    expect(await r.see(`select state from rollout.site where code = 'LYON'`)).toEqual({ state: 'hypercare' })
    await r.admin.query(`update rollout.site set state = 'design' where code = 'LYON'`)
  })

  test('T-TPL-03 TPL-06 an expired deviation blocks the gate, and renewing it frees it', async () => {
    const authority = await r.somebody('design authority')
    const id = await r.made('rollout.deviation.request', {
      site: 'LYON',
      kind: 'party.term',
      objectKey: 'NET30',
      field: 'dueDays',
      value: 45,
      scope: 'all',
      reason: 'law',
      risk: 'cash',
      owner: 'Rita',
      compensatingControl: 'list',
      expiresOn: '2026-03-03',
    })
    await r.act('rollout.deviation.approve', id, {}, { who: authority })
    await paperSigned(r, 'blueprint', 'design authority')
    expect(red(await evaluated(r, 'G2'))).toEqual([])
    const over = await evaluated(r, 'G2', '2026-03-04')
    expect(over.verdict).toBe('refused')
    expect(of(over, 'deviations-expired')).toMatchObject({ value: '1', verdict: 'red' })
    const renewed = await r.made(
      'rollout.deviation.renew',
      { of: id, expiresOn: '2026-09-30', reason: 'Still the law' },
      { today: '2026-03-04' },
    )
    await r.act('rollout.deviation.approve', renewed, {}, { who: authority, today: '2026-03-04' })
    await paperSigned(r, 'blueprint', 'design authority', '2026-03-04')
    expect(red(await evaluated(r, 'G2', '2026-03-04'))).toEqual([])
  })

  test('TPL-07 less than the band needs the sponsor’s decision, which holds as long as he said', async () => {
    await FLIPS['standardisation-rate']?.[0]?.spoil()
    const decision = await r.made('rollout.decision.propose', {
      site: 'LYON',
      kind: 'standardisation',
      title: 'Half standard',
      context: 'Lyon builds labels',
    })
    expect(of(await evaluated(r, 'G2'), 'standardisation-rate')?.verdict).toBe('red')
    await r.act(
      'rollout.decision.decide',
      decision,
      { decision: 'Accepted for the pilot', expiresOn: '2026-03-05' },
      { who: await r.somebody('executive sponsor') },
    )
    const accepted = of(await evaluated(r, 'G2'), 'standardisation-rate')
    expect(accepted).toMatchObject({ verdict: 'green', value: '50' })
    expect(accepted?.evidence.accepted).toHaveLength(1)
    expect(of(await evaluated(r, 'G2', '2026-03-06'), 'standardisation-rate')?.verdict).toBe('red')
    await FLIPS['standardisation-rate']?.[0]?.mend()
  })
})

describe('evidence', () => {
  test('GOV-06 it is signed by the seat of its kind and never by who recorded it; unsigned it does not count', async () => {
    const office = await r.somebody('rollout office')
    const record = (more: object) =>
      r.made(
        'rollout.evidence.record',
        { site: 'TURIN', kind: 'support-roster', value: '100', note: 'Plan', ...more },
        { who: office },
      )
    const own = await record({})
    expect(await refusal(r.act('rollout.evidence.sign', own, {}, { who: office }))).toBe('OWN_EVIDENCE')
    expect(await refusal(r.act('rollout.evidence.sign', own, {}, { who: await r.somebody('Rita Morel') }))).toBe(
      'NOT_YOUR_SEAT',
    )
    expect(await refusal(record({ kind: 'rumour' }))).toBe('EVIDENCE_KIND')
    expect(await refusal(record({ measuredOn: '2026-03-03' }))).toBe('EVIDENCE_LATER')
    expect(await refusal(record({ fileName: 'plan.pdf' }))).toBe('EVIDENCE_FILE')
    expect(await refusal(record({ kind: 'data-sign-off', subject: 'weather' }))).toBe('AREA_NEEDED')
    await r.act('rollout.evidence.withdraw', own, {}, { reason: 'Wrong plan' })
    const kinds = await r.ask<{ kind: string; signs: string }>('rollout.evidence-kinds')
    expect(kinds.find((one) => one.kind === 'backup-restore')).toMatchObject({ signs: 'architecture-lead' })
  })
})

test('a gate that asks for a check the product does not have is refused, not passed', async () => {
  const [first] = policy().gates
  if (!first) throw new Error('there are gates')
  const asks = { ...first, criteria: [{ criterion: 'moon-phase', threshold: '1' }] }
  await expect(
    transaction(r.kernel.pool, { companies: [ALPHA] }, (tx) =>
      judgeGate(tx, criteriaOf([]), asks, {
        companyId: ALPHA,
        siteId: r.sites.LYON,
        today: DAY,
        now: new Date(`${DAY}T15:00:00Z`),
      }),
    ),
  ).rejects.toMatchObject({ code: 'CRITERION_UNKNOWN', detail: { criterion: 'moon-phase' } })
})

test('GOV-06 the gate page tells each gate with its newest run, and another company sees none of it', async () => {
  const page = await r.ask<{ gate: string; ahead: boolean; verdict: string | null; fresh: boolean | null }>(
    'rollout.gates',
    { site: 'LYON' },
  )
  expect(page.map((one) => one.gate)).toEqual(GATES)
  expect(page.filter((one) => one.ahead).map((one) => one.gate)).toEqual(['G2'])
  expect(page.every((one) => one.verdict !== null)).toBe(true)
  expect(await r.ask('rollout.gates', { site: 'LYON' }, { companyId: BETA })).toEqual([])
  expect(await refusal(r.create('rollout.gate-run.evaluate', { site: 'LYON', gate: 'G1' }, { companyId: BETA }))).toBe(
    'NO_SUCH_SITE',
  )
  expect(await evidenced(r, 'severe-defects', '0')).toMatch(/^[0-9a-f-]{36}$/)
  expect(DAY).toBe('2026-03-02')
})
