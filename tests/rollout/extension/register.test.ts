// The register of extensions: told in full, challenged by points that add up, reviewed and approved by others, and overdue when their day is gone.
import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { verify } from '#kernel/verify'
import { answersOf, checklist, parseChecklist, scoreOf } from '../../../src/rollout/extension/checklist.ts'
import { extensionPart } from '../../../src/rollout/extension/part.ts'
import { BETA, openRollout, type Person, type Rollout, refusal } from '../governance/world.ts'

const ALPHA = 1

let r: Rollout
let rita: Person
let authority: Person
let architect: Person
let sponsor: Person
let lead: Person

beforeAll(async () => {
  r = await openRollout()
  await r.seatAll()
  rita = await r.somebody('Rita Morel')
  lead = await r.somebody('Lena Brandt')
  authority = await r.somebody('design authority')
  architect = await r.somebody('architecture lead')
  sponsor = await r.somebody('executive sponsor')
})

const BEST = Object.fromEntries(checklist().questions.map((one) => [one.question, one.answers.at(-1)?.answer ?? '']))
const WORST = Object.fromEntries(checklist().questions.map((one) => [one.question, one.answers[0]?.answer ?? '']))

const told = (more: object = {}) => ({
  name: 'Door tags',
  category: 'extend',
  businessOwner: 'rita.morel@example.com',
  justification: 'Drivers look for the right door, every day',
  tests: ['keeps-a-door'],
  upgradeImpact: 'Reads one published view and listens to one event',
  metric: 'Minutes of a driver per stop',
  baseline: '12',
  target: '8',
  retiresOn: '2027-03-01',
  ...more,
})

const propose = (code: string, more: object = {}) =>
  r.made('rollout.extension.propose', { code, ...told(more) }, { who: rita })
const act = (verb: string, id: string, input: object, who: Person, more: object = {}) =>
  r.act(verb, id, input, { who, ...more })
const row = (id: string) => r.see('select * from rollout.extension where id = $1', [id])
const challenge = (id: string, answers: object = BEST, who = lead) =>
  act('rollout.extension.challenge', id, { answers }, who)
const review = (id: string, outcome = 'suitable', who = architect) =>
  act('rollout.extension.review', id, { outcome, note: 'Uses the published view of ship-tos only' }, who)

const X = createHash('sha256').update('x').digest('hex')
/** What came of its tests with the release that is out, whose files are said to be `x`; kept by the machine. */
const tested = (id: string, given: { templateHash?: string; tests?: readonly string[]; fails?: boolean } = {}) =>
  r.act('rollout.extension.record', id, {
    release: '3.2.0',
    templateHash: given.templateHash ?? X,
    codeHash: '0'.repeat(64),
    scenarios: (given.tests ?? ['keeps-a-door']).map((one) => ({
      id: one,
      ok: !given.fails,
      ...(given.fails ? { failure: 'step 1: otherwise' } : {}),
    })),
  })

/** An extension that may be approved. */
async function reviewed(code: string, answers: object = BEST, more: object = {}): Promise<string> {
  const id = await propose(code, more)
  await challenge(id, answers)
  await review(id)
  return id
}

describe('EXT-01 an extension is registered in full', () => {
  test('EXT-01 it runs from proposed to retired, and keeps owner, review, tests, upgrade impact, worth and last day', async () => {
    const id = await reviewed('door-tags')
    await act('rollout.extension.approve', id, {}, authority)
    await tested(id)
    await act('rollout.extension.go-live', id, {}, lead)
    await act('rollout.extension.measure', id, { actual: '9' }, lead)
    expect(await row(id)).toMatchObject({
      state: 'live',
      category: 'extend',
      business_owner: rita.id,
      tests: ['keeps-a-door'],
      review_outcome: 'suitable',
      reviewed_by: architect.id,
      approved_by: authority.id,
      seat: 'design-authority',
      exception_reason: null,
      live_since: '2026-03-02',
      actual: '9.000000',
      measured_on: '2026-03-02',
    })
    const [listed] = await r.ask('rollout.extensions')
    // From 12 to 8 minutes, 9 measured: three quarters of the way.
    expect(listed).toMatchObject({ code: 'door-tags', reached: '75', overdue: false, score: 100, tests: 1 })
    await act('rollout.extension.retire', id, {}, lead, { reason: 'The carrier prints them now' })
    expect(await row(id)).toMatchObject({ state: 'retired', retired_on: '2026-03-02' })
    // Its code is free again; while it was taken it was not.
    const next = await propose('door-tags')
    expect(await refusal(propose('door-tags'))).toBe('EXTENSION_THERE')
    await act('rollout.extension.reject', next, {}, authority, { reason: 'Only to see that the code was free' })
  })

  test('EXT-01 what is not told properly is refused, each with its code', async () => {
    expect(await refusal(propose('Door Tags'))).toBe('EXTENSION_CODE')
    expect(await refusal(propose('a'.repeat(31)))).toBe('EXTENSION_CODE')
    expect(await refusal(propose('past', { retiresOn: '2026-03-02' }))).toBe('EXTENSION_RETIRES')
    expect(await refusal(propose('for-ever', { retiresOn: '2036-03-02' }))).toBe('EXTENSION_RETIRES')
    expect(await refusal(propose('worthless', { target: '12.0' }))).toBe('EXTENSION_VALUE')
    expect(await refusal(propose('nobody', { businessOwner: 'nobody@example.com' }))).toBe('PERSON_UNKNOWN')
    expect(await refusal(propose('no-site', { site: 'ATLANTIS' }))).toBe('NO_SUCH_SITE')
  })

  test('EXT-01 who proposes neither challenges, nor reviews, nor approves, nor prolongs, whatever seat he holds', async () => {
    const id = await r.made('rollout.extension.propose', { code: 'own', ...told() }, { who: architect })
    expect(await refusal(challenge(id, BEST, architect))).toBe('OWN_EXTENSION')
    expect(await refusal(review(id, 'suitable', architect))).toBe('OWN_EXTENSION')
    // Whoever revises proposes anew: the one before is free to judge it, and the reviser is not.
    await act('rollout.extension.revise', id, told(), authority)
    await challenge(id)
    await review(id)
    expect(await refusal(act('rollout.extension.approve', id, {}, authority))).toBe('OWN_EXTENSION')
    await act('rollout.extension.revise', id, told({ name: 'Owned' }), rita)
    expect(await row(id)).toMatchObject({ state: 'proposed', score: null, challenge: null, reviewed_by: null })
    await challenge(id)
    await review(id)
    await act('rollout.extension.approve', id, {}, authority)
    expect(
      await refusal(act('rollout.extension.prolong', id, { retiresOn: '2027-06-01' }, rita, { reason: 'Longer' })),
    ).toBe('OWN_EXTENSION')
  })

  test('EXT-01 only the seats of the checklist review and approve', async () => {
    const id = await propose('seats')
    expect(await refusal(review(id, 'suitable', lead))).toBe('NOT_YOUR_SEAT')
    await challenge(id)
    await review(id)
    expect(await refusal(act('rollout.extension.approve', id, {}, lead))).toBe('NOT_YOUR_SEAT')
    expect(await refusal(act('rollout.extension.reject', id, {}, lead, { reason: 'No' }))).toBe('NOT_YOUR_SEAT')
    const other = await propose('unsuitable')
    await review(other, 'unsuitable')
    expect(await row(other)).toMatchObject({ state: 'rejected', review_outcome: 'unsuitable' })
  })

  test('EXT-01 past its last day it is overdue until somebody prolongs or retires it', async () => {
    const id = await reviewed('short', BEST, { retiresOn: '2026-03-10' })
    await act('rollout.extension.approve', id, {}, authority)
    await tested(id)
    expect(await refusal(act('rollout.extension.go-live', id, {}, lead, { today: '2026-03-10' }))).toBe(
      'EXTENSION_RETIRES',
    )
    await act('rollout.extension.go-live', id, {}, lead)
    const seen = async (today: string) =>
      (
        await r.ask<{ code: string; overdue: boolean; days_over: number | null }>('rollout.extensions', {}, { today })
      )[0]
    expect((await seen('2026-03-10'))?.overdue).toBe(false)
    expect(await seen('2026-03-13')).toMatchObject({ code: 'short', overdue: true, days_over: 3 })
    expect(
      await refusal(
        act('rollout.extension.prolong', id, { retiresOn: '2026-03-12' }, authority, { today: '2026-03-13' }),
      ),
    ).toBe('REASON_NEEDED')
    await act('rollout.extension.prolong', id, { retiresOn: '2026-04-30' }, authority, {
      today: '2026-03-13',
      reason: 'Two stops left',
    })
    expect((await seen('2026-03-13'))?.overdue).toBe(false)
    await act('rollout.extension.retire', id, {}, lead, { reason: 'Done' })
    expect((await seen('2026-06-01'))?.overdue).not.toBe(true)
  })

  test('EXT-01 a customisation stands on a requirement that fit and gap answered so, of its own site', async () => {
    expect(await refusal(propose('custom', { category: 'customise' }))).toBe('EXTENSION_UNPROVEN')
    const requirement = await r.made(
      'rollout.requirement.raise',
      { site: 'LYON', title: 'Door codes', detail: 'On the label', area: 'warehouse' },
      { who: lead },
    )
    await r.act('rollout.requirement.classify', requirement, { answer: 'extend', evidence: 'Workshop' }, { who: lead })
    expect(await refusal(propose('custom', { category: 'customise', requirement }))).toBe('EXTENSION_UNPROVEN')
    expect(await refusal(propose('custom', { requirement, site: 'TURIN' }))).toBe('EXTENSION_UNPROVEN')
    expect(await row(await propose('custom', { requirement, site: 'LYON' }))).toMatchObject({
      requirement_id: requirement,
    })
  })

  test('EXT-01 another company sees none of them', async () => {
    expect(await r.ask('rollout.extensions', {}, { companyId: BETA })).toEqual([])
    expect((await r.ask('rollout.extensions')).length).toBeGreaterThan(3)
  })
})

describe('EXT-06 every request is challenged', () => {
  test('EXT-06 the score is exactly the sum of weight x points, and is shown with its parts', async () => {
    const id = await propose('scored')
    const answers = { ...BEST, value: 'small', reach: 'one' }
    const { result } = await challenge(id, answers)
    // 100 less three of four points with the weight 5, and less three of four with the weight 3.
    expect(result).toMatchObject({ score: 100 - 3 * 5 - 3 * 3, threshold: 60 })
    const parts = await r.ask<{ question: string; answer: string; weight: number; points: number; score: number }>(
      'rollout.extension-challenge',
      { extension: id },
    )
    expect(parts).toHaveLength(checklist().questions.length)
    expect(parts.reduce((sum, one) => sum + one.score, 0)).toBe(76)
    expect(parts.find((one) => one.question === 'value')).toMatchObject({
      answer: 'small',
      weight: 5,
      points: 1,
      score: 5,
    })
    const [blank] = await r.ask<{ most: number; answer: string | null }>('rollout.extension-challenge')
    expect(blank).toMatchObject({ most: 20, answer: null })
  })

  test('EXT-06 every question wants one of its answers', async () => {
    const id = await propose('answers')
    const { value: _, ...missing } = BEST
    expect(await refusal(challenge(id, missing))).toBe('CHALLENGE_ANSWERS')
    expect(await refusal(challenge(id, { ...BEST, value: 'huge' }))).toBe('CHALLENGE_ANSWERS')
    expect(await refusal(challenge(id, { ...BEST, colour: 'blue' }))).toBe('CHALLENGE_ANSWERS')
    await review(id)
    expect(await refusal(act('rollout.extension.approve', id, {}, authority))).toBe('EXTENSION_UNCHALLENGED')
  })

  test('EXT-06 one point below the threshold the design authority cannot approve; at it, it can', async () => {
    // 20 + 5 + 12 + 3 + 8 + 12, and nothing for a builder who keeps it himself: exactly the threshold.
    const at = { ...BEST, value: 'small', reach: 'one', upgrade: 'views', ownership: 'builder' }
    expect(scoreOf(at).score).toBe(60)
    const enough = await reviewed('enough', at)
    expect(await refusal(act('rollout.extension.approve-below', enough, {}, sponsor, { reason: 'Anyway' }))).toBe(
      'EXTENSION_NOT_BELOW',
    )
    await act('rollout.extension.approve', enough, {}, authority)
    const less = { ...at, control: 'compensated', ownership: 'owner' }
    expect(scoreOf(less).score).toBe(58)
    const id = await reviewed('below', less)
    expect(await refusal(act('rollout.extension.approve', id, {}, authority))).toBe('EXTENSION_BELOW')
  })

  test('EXT-06 below it only the seat that may lets it through, with a reason that stays', async () => {
    const id = await reviewed('exception', WORST)
    expect(await refusal(act('rollout.extension.approve', id, {}, authority))).toBe('EXTENSION_BELOW')
    expect(await refusal(act('rollout.extension.approve-below', id, {}, sponsor))).toBe('REASON_NEEDED')
    expect(await refusal(act('rollout.extension.approve-below', id, {}, authority, { reason: 'I want it' }))).toBe(
      'NOT_YOUR_SEAT',
    )
    await act('rollout.extension.approve-below', id, {}, sponsor, {
      reason: 'Promised to the largest customer until June',
    })
    expect(await row(id)).toMatchObject({
      state: 'approved',
      seat: 'executive-sponsor',
      exception_reason: 'Promised to the largest customer until June',
      score: scoreOf(WORST).score,
    })
    const listed = await r.ask<{ code: string; below: boolean }>('rollout.extensions')
    expect(listed.filter((one) => one.below).map((one) => one.code)).toEqual(['below', 'exception'])
  })

  test('EXT-06 the score is counted again when it is approved: what stands in the table does not count', async () => {
    const id = await reviewed('twisted', WORST)
    await r.admin.query(`update rollout.extension set score = 100 where id = $1`, [id])
    expect(await refusal(act('rollout.extension.approve', id, {}, authority))).toBe('EXTENSION_BELOW')
    await r.admin.query(`update rollout.extension set score = $2 where id = $1`, [id, scoreOf(WORST).score])
  })

  test('EXT-06 a checklist that does not add up to a hundred, or names a seat that is not there, is refused', () => {
    const file = (weight: number, seat = 'design-authority', answer = 'no') =>
      `rules: [{ rule: challenge, threshold: 60, reviews: architecture-lead, approves: ${seat}, approves-below: executive-sponsor, control: locked, owner: x }]
questions: [{ question: q, text: Why, weight: ${weight}, control: locked, owner: x, answers: [{ answer: yes, text: a, points: 0 }, { answer: ${answer}, text: b, points: 4 }] }]`
    const code = (content: string) => refusal(Promise.resolve().then(() => parseChecklist(content)))
    return Promise.all([
      expect(parseChecklist(file(25)).threshold).toBe(60),
      expect(code(file(24))).resolves.toBe('CHALLENGE_INVALID'),
      expect(code(file(25, 'nobody'))).resolves.toBe('SEAT_UNKNOWN'),
      expect(code(file(25, 'design-authority', 'yes'))).resolves.toBe('CHALLENGE_INVALID'),
      expect(code('rules: []')).resolves.toBe('CHALLENGE_INVALID'),
    ])
  })
})

describe('EXT-04 nothing goes live that was not tested with the newest release', () => {
  const approved = async (code: string) => {
    const id = await reviewed(code)
    await act('rollout.extension.approve', id, {}, authority)
    return id
  }
  const goLive = (id: string) => refusal(act('rollout.extension.go-live', id, {}, lead))

  test('EXT-04 it goes live on the newest outcome with exactly this release, and on nothing else', async () => {
    const id = await approved('tested')
    expect(await goLive(id)).toBe('EXTENSION_UNTESTED')
    await tested(id, { templateHash: '1'.repeat(64) })
    expect(await goLive(id)).toBe('EXTENSION_UNTESTED')
    await tested(id)
    await tested(id, { fails: true })
    expect(await goLive(id)).toBe('EXTENSION_UNTESTED')
    await tested(id)
    expect(await goLive(id)).toBe('-')
    const told = await r.ask<{ verdict: string; release: string; failed: readonly { id: string }[] }>(
      'rollout.extension-outcomes',
      { extension: id },
    )
    expect(told.map((one) => one.verdict)).toEqual(['passed', 'failed', 'passed', 'passed'])
    expect(told[1]).toMatchObject({ release: '3.2.0', failed: [{ id: 'keeps-a-door' }] })
    await act('rollout.extension.retire', id, {}, lead, { reason: 'Only tried' })
  })

  test('EXT-04 a test that the register names and nobody played is no green', async () => {
    const id = await approved('half-tested')
    await tested(id, { tests: ['another'] })
    expect(await goLive(id)).toBe('EXTENSION_UNTESTED')
  })

  test('EXT-04 an outcome with another version of the product counts for nothing', async () => {
    const id = await approved('older')
    await tested(id)
    await r.admin.query(`update rollout.extension_outcome set core = '0.0.1' where extension_id = $1`, [id])
    expect(await goLive(id)).toBe('EXTENSION_UNTESTED')
  })

  test('EXT-04 what came of tests is written by the machine, and never changed', async () => {
    const id = await approved('by-hand')
    const input = { release: '3.2.0', templateHash: X, codeHash: X, scenarios: [{ id: 'keeps-a-door', ok: true }] }
    expect(await refusal(act('rollout.extension.record', id, input, lead))).toBe('EXTENSION_BY_MACHINE')
    await expect(r.kernel.pool.query('update rollout.extension_outcome set verdict = verdict')).rejects.toMatchObject({
      code: '42501',
    })
    await expect(r.kernel.pool.query('delete from rollout.extension_outcome')).rejects.toMatchObject({ code: '42501' })
  })

  test('EXT-04 without a release there is nothing to have been tested with', async () => {
    const id = await approved('early')
    await r.admin.query(`update rollout.release set state = 'withdrawn'`)
    expect(await goLive(id)).toBe('EXTENSION_NO_RELEASE')
    await r.admin.query(`update rollout.release set state = 'released'`)
  })
})

describe('what must always be true of the register', () => {
  test('EXT-01 EXT-06 the invariants hold over all of this, and each turns red when an owner of the tables twists it', async () => {
    const broken = async () =>
      (await verify(r.kernel.pool, [ALPHA, BETA], extensionPart.invariants)).checks
        .filter((one) => !one.ok)
        .map((one) => one.id)
    expect(await broken()).toEqual([])
    const { id, proposed_by: by } = await r.see(`select id, proposed_by from rollout.extension where code = 'enough'`)
    await r.admin.query('update rollout.extension set proposed_by = approved_by where id = $1', [id])
    expect(await broken()).toEqual(['R12'])
    await r.admin.query('update rollout.extension set proposed_by = $2, score = score + 1 where id = $1', [id, by])
    expect(await broken()).toEqual(['R13'])
    await r.admin.query('update rollout.extension set score = score - 1 where id = $1', [id])
    expect(await broken()).toEqual([])
    const { challenge: parts } = await row(id)
    expect(scoreOf(answersOf(parts)).score).toBe(60)
  })

  test('EXT-06 nothing becomes approved below the threshold without a reason, not even past the program (control)', async () => {
    const { id } = await r.see(`select id from rollout.extension where code = 'below'`)
    await expect(
      r.admin.query(`update rollout.extension set state = 'approved', approved_by = proposed_by where id = $1`, [id]),
    ).rejects.toMatchObject({ code: '23514' })
  })
})
