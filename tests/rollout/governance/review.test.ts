// Reviews are due by their cadence, prepared with packs of live data, and missed ones keep a gate shut.
import { beforeAll, describe, expect, test } from 'vitest'
import { addWorkDays } from '#kernel/dates'
import type { WorkDays } from '../../../src/rollout/checklist/work-days.ts'
import { hashOf } from '../../../src/rollout/gate/judge.ts'
import { dueBetween, dueFrom, reviewRule } from '../../../src/rollout/governance/review/rules.ts'
import { evaluated, red } from '../gate/ready.ts'
import { breaches, openRollout, type Rollout, refusal } from './world.ts'

const calendar = (...holidays: string[]): WorkDays => ({
  name: 'test',
  add: (date, days) =>
    addWorkDays(date, days, { weekdays: [1, 2, 3, 4, 5], holidays, cutOff: '23:59', timeZone: 'Etc/UTC' }),
})

describe('the cadence', () => {
  const due = (review: string, from: string, ...off: string[]) => dueFrom(reviewRule(review), from, calendar(...off))

  test('GOV-10 hypercare is due every work day', () => {
    expect(due('hypercare', '2026-03-06')).toBe('2026-03-06')
    expect(due('hypercare', '2026-03-07')).toBe('2026-03-09')
    expect(dueBetween(reviewRule('hypercare'), '2026-03-02', '2026-03-10', calendar('2026-03-04'))).toBe(5)
  })

  test('GOV-10 the programme office is due on Mondays, or the work day after one that is off', () => {
    expect(due('programme', '2026-03-02')).toBe('2026-03-02')
    expect(due('programme', '2026-03-03')).toBe('2026-03-09')
    expect(due('programme', '2026-03-03', '2026-03-09')).toBe('2026-03-10')
    // The Monday was off, so on Tuesday itself it is due, though its weekday is gone.
    expect(due('programme', '2026-03-10', '2026-03-09')).toBe('2026-03-10')
  })

  test('GOV-10 the council is due monthly and process performance quarterly, from their day on', () => {
    expect(due('council', '2026-03-01')).toBe('2026-03-05')
    expect(due('council', '2026-03-06')).toBe('2026-04-06')
    expect(due('council', '2026-04-06')).toBe('2026-04-06')
    expect(due('council', '2025-12-06')).toBe('2026-01-05')
    expect(due('process', '2026-03-01')).toBe('2026-04-10')
    expect(due('process', '2026-10-13')).toBe('2027-01-11')
    expect(dueBetween(reviewRule('council'), '2026-01-01', '2026-04-05', calendar())).toBe(3)
  })
})

describe('a review', () => {
  let r: Rollout
  const seated = (seat: string) => r.somebody(seat.replaceAll('-', ' '))
  type Due = { review: string; last_held: string | null; next_due: string; prepared: string | null; missed: number }
  const calendarOf = (today: string) => r.ask<Due>('rollout.review-calendar', { site: 'LYON' }, { today })
  const prepare = (review: string, today: string) =>
    r.made('rollout.review.prepare', { site: 'LYON', review }, { today })

  beforeAll(async () => {
    r = await openRollout()
    await r.seatAll()
    await r.admin.query(`update rollout.site set created_at = '2026-03-02', state = 'discovery' where code = 'LYON'`)
  })

  test('GOV-10 is due only in the stages that ask for it', async () => {
    expect(await calendarOf('2026-03-20')).toEqual([])
    expect(await refusal(prepare('hypercare', '2026-03-20'))).toBe('REVIEW_NOT_IN_STAGE')
    expect(await refusal(prepare('tea', '2026-03-20'))).toBe('REVIEW_UNKNOWN')
    await r.admin.query(`update rollout.site set state = 'hypercare' where code = 'LYON'`)
    expect((await calendarOf('2026-03-02')).map((one) => [one.review, one.next_due, one.missed])).toEqual([
      ['hypercare', '2026-03-02', 0],
      ['programme', '2026-03-02', 0],
      ['council', '2026-03-05', 0],
    ])
  })

  test('GOV-10 is prepared with a pack of live data that is kept with its hash, and held by its seat with minutes', async () => {
    await r.create('rollout.decision.propose', {
      site: 'LYON',
      kind: 'scope',
      title: 'One more building',
      context: 'They bought it',
    })
    const id = await prepare('programme', '2026-03-02')
    const kept = await r.see(
      `select v.due_on::text, v.paper_hash, p.kind, p.hash, p.content, p.state from rollout.review v join rollout.paper p on p.company_id = v.company_id and p.id = v.paper_id where v.id = $1`,
      [id],
    )
    expect(kept).toMatchObject({ due_on: '2026-03-02', kind: 'review-programme', state: 'drafted' })
    expect(kept.paper_hash).toBe(hashOf(kept.content))
    expect(JSON.stringify(kept.content)).toContain('One more building')
    expect(await refusal(prepare('programme', '2026-03-02'))).toBe('REVIEW_PREPARED')
    const hold = async (seat: string) =>
      refusal(
        r.act(
          'rollout.review.conclude',
          id,
          { minutes: 'All is well' },
          { who: await seated(seat), today: '2026-03-02' },
        ),
      )
    expect(await hold('architecture-lead')).toBe('NOT_YOUR_SEAT')
    expect(await hold('rollout-office')).toBe('-')
    const [, programme] = await calendarOf('2026-03-02')
    expect(programme).toMatchObject({ last_held: '2026-03-02', next_due: '2026-03-09', missed: 0, prepared: null })
  })

  test('GOV-10 the pack says what is so on its day: another day, another hash (control)', async () => {
    await r.create('rollout.decision.propose', {
      site: 'LYON',
      kind: 'scope',
      title: 'A second one',
      context: 'They bought that too',
    })
    const id = await prepare('programme', '2026-03-09')
    const { rows } = await r.admin.query(
      `select count(distinct paper_hash)::int as hashes, count(*)::int as packs from rollout.review where review = 'programme'`,
    )
    expect(rows).toEqual([{ hashes: 2, packs: 2 }])
    await r.act(
      'rollout.review.conclude',
      id,
      { minutes: 'Again' },
      { who: await seated('rollout-office'), today: '2026-03-09' },
    )
  })

  test('GOV-10 every kind of pack can be written', async () => {
    for (const [review, stage] of [
      ['hypercare', 'hypercare'],
      ['council', 'hypercare'],
      ['process', 'stable'],
    ] as const) {
      await r.admin.query(`update rollout.site set state = $1 where code = 'LYON'`, [stage])
      const id = await prepare(review, '2026-03-10')
      const { content } = await r.see(
        `select p.content from rollout.review v join rollout.paper p on p.company_id = v.company_id and p.id = v.paper_id where v.id = $1`,
        [id],
      )
      expect(content.chapters.length, review).toBeGreaterThanOrEqual(4)
    }
  })

  test('GOV-10 what is missed is counted, and keeps hypercare from ending', async () => {
    await r.admin.query(`update rollout.site set state = 'hypercare' where code = 'LYON'`)
    const missed = (await calendarOf('2026-03-17')).map((one) => [one.review, one.missed])
    expect(missed).toEqual([
      ['hypercare', 11],
      ['programme', 1],
      ['council', 1],
    ])
    const run = await evaluated(r, 'G7', '2026-03-17')
    expect(red(run)).toContain('reviews-missed')
    expect(run.criteria.find((one) => one.id === 'reviews-missed')?.evidence.records).toEqual([
      'LYON hypercare',
      'LYON programme',
      'LYON council',
    ])
    const { rows } = await r.admin.query(
      `select id, review from rollout.review where state = 'prepared' and review <> 'process'`,
    )
    for (const { id } of rows)
      await r.admin.query(
        `update rollout.review set state = 'concluded', due_on = '2026-03-17', held_on = '2026-03-17', minutes = 'Held' where id = $1`,
        [id],
      )
    const last = await prepare('programme', '2026-03-16')
    await r.act(
      'rollout.review.conclude',
      last,
      { minutes: 'Held' },
      { who: await seated('rollout-office'), today: '2026-03-16' },
    )
    expect(red(await evaluated(r, 'G7', '2026-03-17'))).not.toContain('reviews-missed')
  })
  test('GOV-10 the books tell a pack that is not what the review saw (control)', async () => {
    expect(await breaches(r, 'R22')).toBe(0)
    await r.admin.query(`update rollout.review set paper_hash = repeat('0', 64) where review = 'council'`)
    expect(await breaches(r, 'R22')).toBe(1)
  })
})
