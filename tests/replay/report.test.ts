// The report says what a distributor needs to trust the run: the verdict, the rules, the totals, the cents.
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import {
  compareTotals,
  loadSource,
  planReplay,
  profileSource,
  RULES,
  readControl,
  renderReport,
  SYNTHESISED,
  type Totals,
} from '../../src/replay/index.ts'

async function report(control: (totals: Totals) => Totals, posted = true): Promise<string> {
  const source = await loadSource(fileURLToPath(new URL('fixture.csv', import.meta.url)))
  const plan = planReplay(source)
  const given = await readControl(fileURLToPath(new URL('fixture-control.csv', import.meta.url)))
  return renderReport({
    fileName: 'fixture.csv',
    profile: profileSource(source),
    plan,
    comparison: compareTotals(control(given), plan.expected),
    recordedBy: 'ERP',
    ...(posted ? { posted: new Map([['2012-01', { sales: '120.79', cancellations: '-155.29' }]]) } : {}),
  })
}

describe('the report', () => {
  it('says that all figures are equal and shows the posted cents beside the unrounded values', async () => {
    const text = await report((totals) => totals)
    expect(text).toContain('**All 27 control figures of 3 months are equal to the last digit** (control and ERP).')
    expect(text).toContain('| 2012-01 | 150 | 150 | yes | 120.791 | 120.791 | yes | 120.79 | -0.001 |')
    expect(text).toContain('| 2012-01 | -62 | -62 | yes | -155.29 | -155.29 | yes | -155.29 | 0.00 |')
    expect(text).toContain('| 2012-01 | 24 | 12 | 3 | 2 | 11 | yes |')
  })

  it('names the figures that differ, and does not hide a month that was not posted', async () => {
    const text = await report((totals) => {
      const january = totals.get('2012-01')
      return january
        ? new Map([...totals, ['2012-01', { ...january, value_noncancel: '120.79', lines: '25' }]])
        : totals
    })
    expect(text).toContain('**2 of 27 control figures differ**: 2012-01 lines, 2012-01 value_noncancel.')
    expect(text).toContain('| 2012-01 | 150 | 150 | yes | 120.79 | 120.791 | **no** | 120.79 | -0.001 |')
    expect(text).toContain('| 2012-01 | 24 (control 25) | 12 | 3 | 2 | 11 | **no** |')
    expect(text).toContain('| 2012-02 | 22 | 22 | yes | 61.83 | 61.83 | yes | 0.00 | -61.83 |')
  })

  it('states every rule with its counts and everything that was made up', async () => {
    const text = await report((totals) => totals, false)
    for (const { id, statement } of [...RULES, ...SYNTHESISED]) {
      expect(text).toContain(`| ${id} | ${statement} |`)
    }
    expect(text).toContain('| together | 30 |')
    expect(text).not.toContain('Posted')
  })
})
