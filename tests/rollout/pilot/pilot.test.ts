// Pilot mode: the figures of before are taken first, those of the pilot beside them, and a report says whether the template holds.
import { beforeAll, describe, expect, test } from 'vitest'
import { compared } from '../../../src/rollout/pilot/compare.ts'
import type { Figure } from '../../../src/rollout/pilot/figures.ts'
import { openRollout, type Rollout, refusal } from '../governance/world.ts'

const figure = (id: string, better: string, value: string | null): Figure => ({
  ...{ id, name: id, unit: 'percent', better, target: null, value },
})

describe('before and during', () => {
  test('TPL-11 a figure is better or worse by its own side, and unknown where one of the two is', () => {
    const values = { fill: '97.5', errors: '3', same: '4.0', gone: null }
    const rows = compared(
      [
        figure('fill', 'up', '95'),
        figure('errors', 'down', '2'),
        figure('same', 'up', '4'),
        figure('gone', 'up', '1'),
        figure('new', 'up', null),
      ],
      [
        { on: '2026-03-01', from: '2026-03-01', until: '2026-03-01', values: { fill: '10' } },
        { on: '2026-03-02', from: '2026-03-01', until: '2026-03-02', values },
      ],
    )
    expect(rows.map((one) => [one.id, one.change, one.side])).toEqual([
      ['fill', '2.5', 'better'],
      ['errors', '1', 'worse'],
      ['same', '0.0', 'same'],
      ['gone', null, 'unknown'],
      ['new', null, 'unknown'],
    ])
  })
})

describe('a pilot', () => {
  let r: Rollout
  const begin = (more: object = {}, today = '2026-03-02') =>
    r.made('rollout.pilot.begin', { site: 'LYON', ...more }, { today })

  beforeAll(async () => {
    r = await openRollout()
    await r.seatAll()
  })

  test('TPL-11 does not begin where nothing is known of before', async () => {
    expect(await refusal(begin({ baselineFrom: '2001-01-01', baselineUntil: '2001-01-31' }))).toBe(
      'PILOT_WITHOUT_FIGURES',
    )
  })

  test('TPL-11 its report says so where there was none, and is a paper like the others', async () => {
    const id = await r.made('rollout.paper.draft', { site: 'LYON', kind: 'template-validation' })
    const { content } = await r.see(`select content from rollout.paper where id = $1`, [id])
    expect(JSON.stringify(content)).toContain('No pilot was begun at this site.')
    expect(JSON.stringify(content)).toContain('No acceptance run was finished at this site.')
    expect(await refusal(r.act('rollout.paper.sign', id, {}, { who: await r.somebody('rollout office') }))).toBe(
      'NOT_YOUR_SEAT',
    )
    await r.act('rollout.paper.sign', id, {}, { who: await r.somebody('design authority') })
  })
})
