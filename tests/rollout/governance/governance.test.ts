// Governance: seats with terms, rights that verbs enforce, decisions that escalate, changes that are released in their window, risks that are called by figures.

import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { parsePolicy, policy, seatFor } from '../../../src/rollout/governance/policy.ts'
import { person } from '../../support/world.ts'
import { DAY, openRollout, type Person, type Rollout, refusal } from './world.ts'

let r: Rollout
let rita: Person
const file = readFileSync(new URL('../../../template/governance.yaml', import.meta.url), 'utf8')

beforeAll(async () => {
  r = await openRollout()
  rita = await r.somebody('Rita Morel')
})

type Seat = { seat: string; vacant: boolean; mandatory: boolean; holder: string | null; delegate: string | null }
const seatsNow = (today = DAY) => r.ask<Seat>('rollout.seats', {}, { today })

describe('the governance file', () => {
  test('GOV-08 has the ten standard risks, each with a metric, and eight gates in a chain', () => {
    expect(policy().risks.map((one) => one.risk)).toEqual([
      'R01',
      'R02',
      'R03',
      'R04',
      'R05',
      'R06',
      'R07',
      'R08',
      'R09',
      'R10',
    ])
    const gates = policy().gates
    expect(gates.map((one) => one.gate)).toEqual(['G1', 'G2', 'G3', 'G4', 'G5', 'G6', 'G7', 'G8'])
    expect(gates.slice(1).every((one, at) => one.from === gates[at]?.to)).toBe(true)
    expect(
      gates.every(
        (one) =>
          one.criteria.some((each) => each.criterion === 'seats-vacant') &&
          one.criteria.some((each) => each.criterion === 'deviations-expired'),
      ),
    ).toBe(true)
  })

  test('GOV-03 each kind of matter goes to the seat that the specification names', () => {
    const decides = Object.fromEntries(policy()['decision-rights'].map((one) => [one.decision, one.decides]))
    expect(decides).toMatchObject({
      'workflow-policy': 'process-owner',
      integration: 'architecture-lead',
      customisation: 'architecture-lead',
      'data-standard': 'data-owner',
      'rollout-exception': 'design-authority',
      'gate-override': 'executive-sponsor',
    })
    expect(seatFor('data-owner', 'price').name).toBe('Data owner, prices')
  })

  test.each([
    ['decides: architecture-lead', 'decides: nobody-at-all'],
    ['probability: 4', 'probability: 9'],
    ['mandatory: true', 'mandatory: maybe'],
  ])('is refused with %s become %s', (from, to) => {
    expect(() => parsePolicy(file.replace(from, to))).toThrow(expect.objectContaining({ code: 'GOVERNANCE_INVALID' }))
  })
})

describe('seats', () => {
  test('GOV-01 a seat is vacant until somebody is appointed, and after his term', async () => {
    expect((await seatsNow()).every((one) => one.vacant)).toBe(true)
    await r.create('rollout.seat.appoint', {
      seat: 'steering-chair',
      person: rita.id,
      from: '2026-02-01',
      until: '2026-03-31',
    })
    const chair = async (today: string) => (await seatsNow(today)).find((one) => one.seat === 'steering-chair')
    expect(await chair(DAY)).toMatchObject({ vacant: false, holder: 'Rita Morel' })
    expect(await chair('2026-04-01')).toMatchObject({ vacant: true, holder: null })
    expect(await chair('2026-01-31')).toMatchObject({ vacant: true })
  })

  test('GOV-01 appointments that cannot be are refused', async () => {
    const appoint = (more: object) =>
      refusal(r.create('rollout.seat.appoint', { seat: 'rollout-office', person: rita.id, ...more }))
    expect(await appoint({ seat: 'throne' })).toBe('SEAT_UNKNOWN')
    expect(await appoint({ person: 'nobody@example.com' })).toBe('PERSON_UNKNOWN')
    expect(await appoint({ from: '2026-03-02', until: '2026-03-01' })).toBe('SEAT_TERM')
    expect(await appoint({ seat: 'steering-chair' })).toBe('SEAT_TAKEN')
  })

  test('GOV-01 nobody makes himself the delegate of a seat that is not his', async () => {
    const { id } = await r.see(`select id from rollout.seat where seat = 'steering-chair'`)
    const sly = person('Sly', ['rollout.seat.delegate'], { id: (await r.somebody('Sly Fox')).id })
    const mine = { person: sly.id, until: '2026-03-20' }
    expect(await refusal(r.act('rollout.seat.delegate', id, mine, { who: sly }))).toBe('NOT_YOUR_DELEGATION')
    const holder = person('Rita', ['rollout.seat.delegate'], { id: rita.id })
    expect(await refusal(r.act('rollout.seat.delegate', id, mine, { who: holder }))).toBe('-')
    await r.act('rollout.seat.delegate', id, {}, { who: holder })
  })

  test('GOV-01 a delegate has days, and nobody stands in for himself', async () => {
    const { id } = await r.see(`select id from rollout.seat where seat = 'steering-chair'`)
    expect(await refusal(r.act('rollout.seat.delegate', id, { person: rita.id, until: '2026-03-20' }))).toBe(
      'OWN_DELEGATE',
    )
    expect(await refusal(r.act('rollout.seat.delegate', id, { until: '2026-03-20' }))).toBe('DELEGATE_DAYS')
    const sam = await r.somebody('Sam Stand')
    await r.act('rollout.seat.delegate', id, { person: sam.id, until: '2026-03-20' })
    expect((await seatsNow()).find((one) => one.seat === 'steering-chair')).toMatchObject({ delegate: 'Sam Stand' })
    expect((await seatsNow('2026-03-21')).find((one) => one.seat === 'steering-chair')).toMatchObject({
      delegate: null,
    })
    await r.act('rollout.seat.delegate', id, {})
    await r.act('rollout.seat.end', id, {}, { reason: 'Left the company', today: '2026-03-05' })
    expect((await seatsNow('2026-03-06')).find((one) => one.seat === 'steering-chair')?.vacant).toBe(true)
  })
})

describe('decisions', () => {
  const matter = (more: object = {}) => ({
    site: 'LYON',
    kind: 'data-standard',
    area: 'price',
    title: 'Price groups',
    context: 'Five or nine groups',
    options: ['5', '9'],
    affects: ['LYON', 'TURIN'],
    ...more,
  })

  test('GOV-02 a vacant seat decides nothing, and the refusal names it', async () => {
    const id = await r.made('rollout.decision.propose', matter())
    await expect(r.act('rollout.decision.decide', id, { decision: '5' }, { who: rita })).rejects.toMatchObject({
      code: 'SEAT_VACANT',
      detail: { name: 'Data owner, prices' },
    })
    expect(await refusal(r.create('rollout.decision.propose', matter({ kind: 'weather' })))).toBe('DECISION_UNKNOWN')
    expect(await refusal(r.create('rollout.decision.propose', matter({ area: 'weather' })))).toBe('AREA_NEEDED')
  })

  test('GOV-02 GOV-04 only the seat with the right decides, and the log keeps who, by which seat, until when', async () => {
    await r.seatAll()
    const id = await r.made('rollout.decision.propose', matter({ title: 'Rebate groups' }))
    await expect(
      r.act('rollout.decision.decide', id, { decision: '5' }, { who: await r.somebody('data owner product') }),
    ).rejects.toMatchObject({
      code: 'NOT_YOUR_SEAT',
      detail: { name: 'Data owner, prices', holders: 'data owner price' },
    })
    const owner = await r.somebody('data owner price')
    await r.act(
      'rollout.decision.decide',
      id,
      { decision: 'Five groups', evidence: 'Workshop of 27 February', expiresOn: '2027-03-01' },
      { who: owner },
    )
    expect(
      await r.see(
        'select state, decision, decided_by, seat, decided_on, expires_on, options, affects from rollout.decision where id = $1',
        [id],
      ),
    ).toEqual({
      state: 'decided',
      decision: 'Five groups',
      decided_by: owner.id,
      seat: 'data-owner-price',
      decided_on: DAY,
      expires_on: '2027-03-01',
      options: ['5', '9'],
      affects: ['LYON', 'TURIN'],
    })
  })

  test('GOV-09 what is escalated goes to the sponsor, with days of its own', async () => {
    const id = await r.made(
      'rollout.decision.propose',
      matter({ title: 'Who owns freight', kind: 'workflow-policy', area: 'warehouse' }),
    )
    expect((await r.see('select due_on from rollout.decision where id = $1', [id])).due_on).toBe('2026-03-12')
    await r.act('rollout.decision.escalate', id, {}, { reason: 'Sales and warehouse do not agree' })
    expect((await r.see('select due_on from rollout.decision where id = $1', [id])).due_on).toBe('2026-03-05')
    expect(
      await refusal(
        r.act(
          'rollout.decision.decide',
          id,
          { decision: 'Warehouse' },
          { who: await r.somebody('process owner warehouse') },
        ),
      ),
    ).toBe('NOT_YOUR_SEAT')
    await r.act(
      'rollout.decision.decide',
      id,
      { decision: 'Warehouse' },
      { who: await r.somebody('executive sponsor') },
    )
    const other = await r.made('rollout.decision.propose', matter({ title: 'Not needed' }))
    await r.act('rollout.decision.withdraw', other, {}, { reason: 'Settled otherwise' })
  })

  test('GOV-04 the log tells what waits first, with the seat whose right it is, and what is overdue', async () => {
    const id = await r.made('rollout.decision.propose', matter({ title: 'Late one', kind: 'customisation' }))
    type Told = { id: string; seat: string; state: string; overdue: boolean; decided_by: string | null }
    const told = await r.ask<Told>('rollout.decisions', {}, { today: '2026-03-20' })
    expect(told.find((one) => one.id === id)).toMatchObject({ seat: 'architecture-lead', overdue: true })
    expect(told.find((one) => one.state === 'decided')).toMatchObject({
      overdue: false,
      decided_by: expect.any(String),
    })
    expect(told.findIndex((one) => one.state === 'decided')).toBeGreaterThan(told.findIndex((one) => one.id === id))
    expect(await r.ask<Told>('rollout.decisions', { site: 'TURIN' })).toEqual([])
  })

  test('GOV-02 the matrix can be read', async () => {
    const rights = await r.ask<{ decision: string; decides: string; consulted: string }>('rollout.rights')
    expect(rights.find((one) => one.decision === 'rollout-exception')).toMatchObject({
      decides: 'design-authority',
      consulted: 'process-owner, internal-control',
    })
  })
})

describe('changes', () => {
  const wanted = (more: object = {}) => ({
    site: 'LYON',
    class: 'normal',
    matter: 'integration',
    title: 'Carrier link',
    description: 'Labels from the carrier',
    impact: 'Packing waits for labels',
    risk: 'Carrier is down',
    cost: '12000',
    days: 10,
    ...more,
  })

  test('GOV-05 the class says who approves, and nobody approves his own', async () => {
    const lead = await r.somebody('architecture lead')
    const own = await r.made('rollout.change-request.request', wanted(), { who: lead })
    expect(await refusal(r.act('rollout.change-request.approve', own, {}, { who: lead }))).toBe('OWN_CHANGE')
    await r.act('rollout.change-request.reject', own, {}, { who: lead, reason: 'Later' })
    const major = await r.made('rollout.change-request.request', wanted({ class: 'major' }), { who: rita })
    expect(await refusal(r.act('rollout.change-request.approve', major, {}, { who: lead }))).toBe('NOT_YOUR_SEAT')
    await r.act('rollout.change-request.approve', major, {}, { who: await r.somebody('steering chair') })
    expect(await refusal(r.create('rollout.change-request.request', wanted({ class: 'tiny' })))).toBe(
      'CHANGE_CLASS_UNKNOWN',
    )
  })

  test('GOV-05 GOV-07 it is released with test evidence and a way back, inside its window, and reviewed', async () => {
    const id = await r.made('rollout.change-request.request', wanted(), { who: rita })
    expect(await refusal(r.act('rollout.change-request.release', id))).toBe('WRONG_STATE')
    await r.act('rollout.change-request.approve', id, {}, { who: await r.somebody('architecture lead') })
    expect(await refusal(r.act('rollout.change-request.release', id))).toBe('CHANGE_LACKS')
    expect(await refusal(r.act('rollout.change-request.plan', id, { windowFrom: '2026-03-07T20:00:00Z' }))).toBe(
      'CHANGE_WINDOW',
    )
    await r.act('rollout.change-request.plan', id, {
      testEvidence: 'Run 12, green',
      windowFrom: '2026-03-07T14:00:00Z',
      windowUntil: '2026-03-07T18:00:00Z',
      backOut: 'Switch the link off',
    })
    expect(await r.see('select state from rollout.change_request where id = $1', [id])).toEqual({ state: 'approved' })
    expect(await refusal(r.act('rollout.change-request.release', id))).toBe('CHANGE_OUTSIDE_WINDOW')
    await r.act('rollout.change-request.release', id, {}, { today: '2026-03-07' })
    await r.act('rollout.change-request.review', id, { outcome: 'Labels in four seconds' }, { today: '2026-03-09' })
    expect(await r.see('select state, outcome, cost, days from rollout.change_request where id = $1', [id])).toEqual({
      state: 'reviewed',
      outcome: 'Labels in four seconds',
      cost: '12000.0000',
      days: 10,
    })
  })
})

describe('risks', () => {
  type Risk = {
    number: string
    title: string
    metric: string | null
    value: string | null
    called: boolean | null
    score: number
    state: string
  }
  const risksNow = (today = DAY) => r.ask<Risk>('rollout.risks', {}, { today })

  test('GOV-08 the ten standard risks are seeded once, each with its figure', async () => {
    await r.create('rollout.risk.seed', {})
    expect(await refusal(r.create('rollout.risk.seed', {}))).toBe('RISKS_SEEDED')
    const all = await risksNow()
    expect(all).toHaveLength(10)
    expect(
      (await r.see(`select count(*)::int as n from kernel.audit where document = 'rollout.risk' and verb = 'seed'`)).n,
    ).toBe(10)
    expect(all.filter((one) => one.metric === null)).toEqual([])
  })

  test('GOV-08 a risk is called when its figure passes the trigger, and not before', async () => {
    const deviations = async () => (await risksNow()).find((one) => one.metric === 'open-deviations')
    for (let at = 0; at < 5; at++) {
      await r.create('rollout.deviation.request', {
        site: 'LYON',
        kind: 'party.term',
        objectKey: `T${at}`,
        value: null,
        scope: 'all',
        reason: 'law',
        risk: 'low',
        owner: 'Rita',
        compensatingControl: 'list',
        expiresOn: '2026-06-30',
      })
    }
    expect(await deviations()).toMatchObject({ value: '5', called: false })
    await r.create('rollout.deviation.request', {
      site: 'TURIN',
      kind: 'company.currency',
      objectKey: 'T9',
      value: null,
      scope: 'all',
      reason: 'law',
      risk: 'low',
      owner: 'Rita',
      compensatingControl: 'list',
      expiresOn: '2026-06-30',
    })
    expect(await deviations()).toMatchObject({ value: '6', called: true })
    expect((await risksNow())[0]).toMatchObject({ called: true })
  })

  test('GOV-08 ownership is called when a seat with an area falls vacant', async () => {
    const owners = async () => (await risksNow('2026-03-10')).find((one) => one.metric === 'unowned-domains')
    expect(await owners()).toMatchObject({ value: '0', called: false })
    const { id } = await r.see(`select id from rollout.seat where seat = 'data-owner-customer' and state = 'held'`)
    await r.act('rollout.seat.end', id, {}, { reason: 'Left' })
    expect(await owners()).toMatchObject({ value: '1', called: true })
  })

  test('GOV-08 a risk of one’s own is raised, assessed, closed and taken up again', async () => {
    const mine = {
      site: 'LYON',
      title: 'The lift breaks',
      seat: 'process-owner-warehouse',
      probability: 2,
      impact: 3,
      response: 'Second lift',
    }
    expect(await refusal(r.create('rollout.risk.raise', { ...mine, metric: 'weather', trigger: '1' }))).toBe(
      'RISK_METRIC_UNKNOWN',
    )
    expect(await refusal(r.create('rollout.risk.raise', { ...mine, metric: 'adoption' }))).toBe('RISK_TRIGGER')
    const id = await r.made('rollout.risk.raise', mine)
    await r.act('rollout.risk.assess', id, { probability: 5 })
    expect(await r.see('select probability, impact from rollout.risk where id = $1', [id])).toEqual({
      probability: 5,
      impact: 3,
    })
    await r.act('rollout.risk.close', id, {}, { reason: 'New lift' })
    await r.act('rollout.risk.reopen', id, {}, { reason: 'It is a loan' })
    expect((await risksNow()).find((one) => one.title === 'The lift breaks')).toMatchObject({ score: 15, called: null })
  })
})
