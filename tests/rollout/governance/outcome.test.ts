// Outcomes of the programme: baseline, target and what the figures say now, exactly, and behind when time runs ahead of them.
import { beforeAll, describe, expect, test } from 'vitest'
import { judged } from '../../../src/rollout/governance/outcome/actual.ts'
import { openRollout, type Rollout, refusal } from './world.ts'

describe('where an outcome should be', () => {
  const rising = { baseline: '80', target: '90', agreed_on: '2026-01-01', due_on: '2026-04-11' }
  // Hundred days; on the fiftieth it should be at 85.
  test.each([
    [rising, '85', '2026-02-20', '50.00', false],
    [rising, '84.999999', '2026-02-20', '50.00', true],
    [rising, '79', '2026-01-02', '-10.00', true],
    [rising, '90', '2026-06-01', '100.00', false],
    [rising, '89.99', '2026-06-01', '99.90', true],
    [{ ...rising, baseline: '10', target: '2' }, '6', '2026-02-20', '50.00', false],
    [{ ...rising, baseline: '10', target: '2' }, '6.1', '2026-02-20', '48.75', true],
  ])('GOV-11 %o at %s on %s', (row, actual, today, progress, behind) => {
    expect(judged(row, actual, today)).toEqual({ progress, behind })
  })

  test('GOV-11 what is not known is neither behind nor not', () => {
    expect(judged(rising, null, '2026-02-20')).toEqual({ progress: null, behind: null })
  })
})

describe('an outcome', () => {
  let r: Rollout
  type Row = {
    number: string
    baseline: string
    target: string
    actual: string | null
    progress: string | null
    behind: boolean | null
    state: string
  }
  const outcomes = (today?: string) => r.ask<Row>('rollout.outcomes', {}, today ? { today } : {})
  const agree = (more: object = {}) =>
    r.made('rollout.outcome.agree', {
      ...{ kind: 'control', title: 'Nobody is missing', seat: 'executive-sponsor', measure: 'seats-vacant' },
      ...{ target: '0', dueOn: '2026-06-10' },
      ...more,
    })

  beforeAll(async () => {
    r = await openRollout()
  })

  test('GOV-11 is agreed on with a measure that there is, a baseline that is known, and a target that is another', async () => {
    expect(await refusal(agree({ measure: 'luck' }))).toBe('OUTCOME_MEASURE')
    expect(await refusal(agree({ measure: 'kpi:luck' }))).toBe('OUTCOME_MEASURE')
    expect(await refusal(agree({ measure: 'training-readiness', target: '95' }))).toBe('OUTCOME_BASELINE')
    expect(await refusal(agree({ baseline: '0' }))).toBe('OUTCOME_TARGET')
    expect(await refusal(agree({ dueOn: '2026-03-02' }))).toBe('OUTCOME_DUE')
    expect(await refusal(agree({ seat: 'throne' }))).toBe('SEAT_UNKNOWN')
  })

  test('GOV-11 takes its baseline from the measure, its actual from live data, and is behind when time goes by (control)', async () => {
    await agree()
    const [before] = await outcomes()
    expect(Number(before?.baseline)).toBeGreaterThan(10)
    expect(before).toMatchObject({ actual: before?.baseline, progress: '0.00', behind: false })
    expect((await outcomes('2026-04-01'))[0]).toMatchObject({ behind: true })
    await r.seatAll()
    expect((await outcomes('2026-04-01'))[0]).toMatchObject({ actual: '0', progress: '100.00', behind: false })
  })

  test('GOV-11 reads the published key figures of the business', async () => {
    await agree({
      kind: 'service',
      title: 'Lines in full',
      measure: 'kpi:line-fill',
      baseline: '90',
      target: '97',
    })
    const found = (await outcomes())[1]
    expect(found).toMatchObject({ baseline: '90', target: '97', actual: null, behind: null })
  })

  test('GOV-11 a target moves with its reason, and the baseline stays', async () => {
    const { rows } = await r.admin.query(`select id from rollout.outcome where measure = 'seats-vacant'`)
    const revise = (input: object, reason?: string) =>
      refusal(r.act('rollout.outcome.revise', rows[0].id, input, reason ? { reason } : {}))
    expect(await revise({ target: '1' })).toBe('REASON_NEEDED')
    expect(await revise({ dueOn: '2026-01-01' }, 'Later')).toBe('OUTCOME_DUE')
    const [{ baseline }] = (
      await r.admin.query(`select baseline::text from rollout.outcome where id = $1`, [rows[0].id])
    ).rows
    expect(await revise({ target: baseline }, 'No')).toBe('OUTCOME_TARGET')
    expect(await revise({ target: '1', dueOn: '2026-07-01' }, 'One seat waits for the new year')).toBe('-')
    expect((await outcomes())[0]).toMatchObject({ target: '1', baseline })
  })

  test('GOV-11 is concluded by its seat with what was reached, which nobody types in', async () => {
    const { rows } = await r.admin.query(`select id from rollout.outcome where measure = 'seats-vacant'`)
    const conclude = async (seat: string) =>
      refusal(r.act('rollout.outcome.conclude', rows[0].id, { conclusion: 'Done' }, { who: await r.somebody(seat) }))
    expect(await conclude('rollout office')).toBe('NOT_YOUR_SEAT')
    expect(await conclude('executive sponsor')).toBe('-')
    const one = await r.see(`select state, reached::text, conclusion from rollout.outcome where id = $1`, [rows[0].id])
    expect(one).toEqual({ state: 'concluded', reached: '0', conclusion: 'Done' })
    await r.admin.query(`update rollout.seat set state = 'ended'`)
    expect((await outcomes())[0], 'what was reached stays').toMatchObject({ actual: '0' })
  })
})
