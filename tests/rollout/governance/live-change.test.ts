// A live site changes by change requests only: who decides follows from what the plan changes, and an emergency stays on record.
import { beforeAll, describe, expect, test } from 'vitest'
import { verify } from '#kernel/verify'
import { modules } from '../../../src/modules/index.ts'
import { mattersOf } from '../../../src/rollout/governance/change/permit.ts'
import { readTemplateFiles } from '../../../src/setup/index.ts'
import { APPROVER, enterprise, MAKER, person, refusal } from '../support/enterprise.ts'

const OTTO = person('Otto', '01890a5d-ac96-774b-bcce-b302099a8003')
const ADA = person('Ada', '01890a5d-ac96-774b-bcce-b302099a8004')
const LENA = person('Lena', '01890a5d-ac96-774b-bcce-b302099a8005')
const CORA = person('Cora', '01890a5d-ac96-774b-bcce-b302099a8006')
const SEATS = {
  'data-owner-chart-of-accounts': OTTO,
  'architecture-lead': ADA,
  'rollout-office': LENA,
  'steering-chair': CORA,
}

let e: Awaited<ReturnType<typeof enterprise>>
let site = ''
const at = (who = MAKER) => e.at('ALPHA', who)
const nameOf = async (code: string) =>
  (await e.admin.query(`select name from ledger.account where code = $1`, [code])).rows[0]?.name
const stage = (state: string) => e.admin.query(`update rollout.site set state = $1 where id = $2`, [state, site])

beforeAll(async () => {
  e = await enterprise([{ code: 'ALPHA', currency: 'USD', country: 'US' }])
  await e.release()
  for (const one of [MAKER, APPROVER, OTTO, ADA, LENA, CORA])
    await e.admin.query(
      `insert into access.account (id, email, name, kind, created_at) values ($1, $2, $3, 'person', now())`,
      [one.id, `${one.name.toLowerCase()}@example.com`, one.name],
    )
  for (const [seat, who] of Object.entries(SEATS))
    await e.create('rollout.seat.appoint', e.at('ALPHA'), { seat, person: who.id, from: '2026-01-01' })
  const opened = await e.create('rollout.site.open', at(), {
    ...{ code: 'ALPHA', name: 'Alpha', kind: 'company', scope: 'company', wave: 1, owner: 'Olga', taxArea: 'US-ALPHA' },
    release: e.template.version,
  })
  site = opened.id
})

/** A plan that is approved; `drift` changes the name of an account first, and the plan takes it back. */
async function planned(drift?: string): Promise<{ id: string; number: string }> {
  if (drift) await e.admin.query(`update ledger.account set name = $1 where code = '1100'`, [drift])
  const { id, result } = await e.create('rollout.plan.make', at(), { site, ...(drift ? { revertAll: true } : {}) })
  const { hash } = result as { hash: string }
  await e.run('rollout.plan.approve', at(APPROVER), id, { hash })
  const { rows } = await e.admin.query(`select number from rollout.plan where id = $1`, [id])
  return { id, number: rows[0].number }
}

const asked = {
  ...{ matter: 'data-standard', area: 'chart-of-accounts', title: 'Take it back', description: 'The name' },
  ...{ impact: 'Reports', risk: 'None' },
}
const tested = {
  ...{ testEvidence: 'Tried in the sandbox', backOut: 'The name of before' },
  ...{ windowFrom: '2026-03-02T12:00:00Z', windowUntil: '2026-03-02T18:00:00Z' },
}
const request = (plan: { number: string }, given: object) =>
  e.create('rollout.change-request.request', at(), { ...asked, plan: plan.number, ...given })
const apply = (plan: { id: string }) => refusal(e.run('rollout.plan.apply', at(), plan.id))
const dropped = (plan: { id: string }) =>
  e.run('rollout.plan.discard', { ...at(), reason: 'The next test plans anew' }, plan.id)

describe('what a plan is about', () => {
  test('GOV-05 follows from the kinds that it changes, and what is deferred changes nothing', () => {
    expect(
      mattersOf([
        { kind: 'ledger.account', change: 'update' },
        { kind: 'ledger.mapping', change: 'create' },
        { kind: 'pricing.list', change: 'end' },
        { kind: 'tax.code', change: 'deferred' },
        { kind: 'company.setting', change: 'update' },
      ]),
    ).toEqual([
      { matter: 'data-standard', area: 'chart-of-accounts' },
      { matter: 'data-standard', area: 'price' },
      { matter: 'template-change', area: null },
    ])
  })
})

describe('a live site', () => {
  test('GOV-05 needs none before it is live', async () => {
    await stage('test')
    expect(await apply(await planned('Before'))).toBe('nothing refused')
    await stage('hypercare')
  })

  test('GOV-05 GOV-07 is changed by an approved request that names the plan, decided by the owner of the data, with all that its class asks for', async () => {
    const plan = await planned('Debtors')
    expect(await apply(plan)).toBe('CHANGE_NEEDED')
    expect(await nameOf('1100')).toBe('Debtors')
    expect(await refusal(request(plan, { class: 'normal', matter: 'template-change', area: undefined }))).toBe(
      'CHANGE_MATTER',
    )
    expect(await refusal(request({ number: 'PLAN-1999-00001' }, { class: 'normal' }))).toBe('CHANGE_PLAN_UNKNOWN')
    const { id } = await request(plan, { class: 'normal' })
    expect(await apply(plan), 'asked for, and not approved').toBe('CHANGE_NEEDED')
    expect(await refusal(e.run('rollout.change-request.approve', at(ADA), id))).toBe('NOT_YOUR_SEAT')
    await e.run('rollout.change-request.approve', at(OTTO), id)
    expect(await apply(plan), 'nothing of test, window and way back on record').toBe('CHANGE_LACKS')
    await e.run('rollout.change-request.plan', at(), id, { ...tested, windowUntil: '2026-03-02T13:00:00Z' })
    expect(await apply(plan), 'the window is over').toBe('CHANGE_OUTSIDE_WINDOW')
    await e.run('rollout.change-request.plan', at(), id, tested)
    expect(await apply(plan)).toBe('nothing refused')
    expect(await nameOf('1100')).not.toBe('Debtors')
    const { rows } = await e.admin.query(
      `select state, released_at is not null as released from rollout.change_request where id = $1`,
      [id],
    )
    expect(rows).toEqual([{ state: 'released', released: true }])
  })

  test('GOV-05 a request that names another plan does not help', async () => {
    const other = await planned('Others')
    const { id } = await request(other, { class: 'major', ...tested })
    await e.run('rollout.change-request.approve', at(CORA), id)
    await dropped(other)
    const plan = await planned('Others')
    expect(await apply(plan)).toBe('CHANGE_NEEDED')
    await dropped(plan)
  })

  test('GOV-05 a standard change takes drift back, and brings nothing new; the steering committee lets anything through', async () => {
    const back = await planned('Standard')
    const standard = await request(back, { class: 'standard', testEvidence: 'As written' })
    await e.run('rollout.change-request.approve', at(LENA), standard.id)
    expect(await apply(back)).toBe('nothing refused')
    const files = { ...readTemplateFiles() }
    files['template.yaml'] = (files['template.yaml'] ?? '').replace(/^version: .*$/m, 'version: 1.1.0')
    files['chart-of-accounts.csv'] = (files['chart-of-accounts.csv'] ?? '').replace(
      '1250,Vendor claims,',
      '1250,Claims on suppliers,',
    )
    await e.release(files, 'A clearer name')
    await e.run('rollout.site.follow', at(), site, { release: '1.1.0' })
    const forth = await planned()
    const again = await request(forth, { class: 'standard', testEvidence: 'As written' })
    await e.run('rollout.change-request.approve', at(LENA), again.id)
    expect(await apply(forth)).toBe('CHANGE_NEEDED')
    const major = await request(forth, { class: 'major', matter: 'scope', area: undefined, ...tested })
    await e.run('rollout.change-request.approve', at(CORA), major.id)
    expect(await apply(forth)).toBe('nothing refused')
    expect(await nameOf('1250')).toBe('Claims on suppliers')
  })

  test('GOV-05 an emergency is cleared by the seat that may, with its reason, which stays', async () => {
    const plan = await planned('Emergency')
    const clear = (who: typeof ADA, reason?: string) =>
      refusal(e.run('rollout.plan.clear', { ...at(who), ...(reason ? { reason } : {}) }, plan.id))
    expect(await clear(ADA)).toBe('REASON_NEEDED')
    expect(await clear(MAKER, 'Hurry')).toBe('PLAN_OWN')
    expect(await clear(OTTO, 'Hurry')).toBe('NOT_YOUR_SEAT')
    expect(await apply(plan)).toBe('CHANGE_NEEDED')
    expect(await clear(ADA, 'Invoices stop at once')).toBe('nothing refused')
    expect(await apply(plan)).toBe('nothing refused')
    const { rows } = await e.admin.query(
      `select state, clear_seat, clear_reason, applied_stage from rollout.plan where id = $1`,
      [plan.id],
    )
    expect(rows).toEqual([
      {
        state: 'applied',
        clear_seat: 'architecture-lead',
        clear_reason: 'Invoices stop at once',
        applied_stage: 'hypercare',
      },
    ])
  })

  test('GOV-05 the books tell a plan that went past it (control)', async () => {
    const invariants = modules.flatMap((one) => one.invariants).filter((one) => one.id === 'R20')
    const breaches = async () => (await verify(e.kernel.pool, [1], invariants)).checks.map((one) => one.breaches)
    expect(await breaches()).toEqual([0])
    await e.admin.query(
      `update rollout.plan set cleared_by = null, clear_seat = null, clear_reason = null, cleared_at = null`,
    )
    expect(await breaches()).toEqual([1])
  })

  test('GOV-05 a request of another site is not about this plan', async () => {
    await e.create('rollout.site.open', at(), {
      ...{ code: 'GROUP', name: 'Group', kind: 'company', scope: 'enterprise', wave: 0, owner: 'Olga' },
      release: '1.1.0',
    })
    const plan = await planned('Elsewhere')
    expect(await refusal(request(plan, { class: 'major', site: 'GROUP' }))).toBe('CHANGE_PLAN_ELSEWHERE')
  })
})
