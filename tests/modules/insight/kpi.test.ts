// Key figures against what one reckons by hand from four orders, and who may see them and their records.
import { beforeAll, describe, expect, test } from 'vitest'
import { Refusal } from '#kernel/refusal'
import { orderAges, promiseWeeks } from '../../../src/modules/insight/questions/backlog-shapes.ts'
import { kpi, kpis } from '../../../src/modules/insight/questions/kpi.ts'
import { kpiRecords } from '../../../src/modules/insight/questions/records.ts'
import { testDatabase } from '../../support/database.ts'
import { person } from '../../support/world.ts'
import { layMarch, on } from './world.ts'

const { kernel, admin } = await testDatabase()
let world: Awaited<ReturnType<typeof layMarch>>
const FIRST = { from: '2026-03-01', to: '2026-03-12' } as const
const SEES = person('Sees', ['insight.kpi.read', 'sales.order.read', 'receivables.balance.read'])

type Point = { starts: string; ends: string; value: string | null; numerator: string; denominator: string }
type Told = { value: string | null; numerator: string; denominator: string; points: Point[] }
type Days = { from: string; to: string; grain?: string; warehouse?: string }

async function told(id: string, { grain = 'week', ...days }: Days = FIRST, today = '2026-03-12'): Promise<Told> {
  const [row] = await kpi.ask<Told>(kernel, on(today), { id, grain, ...days })
  if (!row) throw new Error(`${id} says nothing`)
  return row
}
const ratio = async (id: string, days: Days = FIRST, today?: string) => {
  const { numerator, denominator, value } = await told(id, days, today)
  return `${numerator} / ${denominator} = ${value}`
}
const records = async (id: string, days: Days = FIRST, principal = on('2026-03-12').principal) =>
  (await kpiRecords.ask<Record<string, string>>(kernel, on('2026-03-12', { principal }), { id, ...days })).map(
    (one) => `${one.id === undefined ? '' : name(one.id)} ${one.place ?? ''} ${one.numerator}/${one.denominator}`,
  )
const name = (id: string) => Object.entries(world.orders).find(([, order]) => order === id)?.[0] ?? 'other'
async function refused(work: Promise<unknown>): Promise<string> {
  try {
    await work
    return '-'
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

beforeAll(async () => {
  world = await layMarch(kernel, admin)
})

describe('service', () => {
  test('K01: cycle time: O1 in one day and O3 in eight, O2 and O4 are not complete', async () => {
    expect(await ratio('cycle-time')).toBe('9 / 2 = 4.5')
    expect((await told('cycle-time')).points.map((one) => one.value)).toEqual([null, '1', '8'])
  })

  test('K04: to the first promise: O1 and a line of O2 in time, O3 late, O4 not at all; Q was never promised', async () => {
    expect(await ratio('otif')).toBe('2 / 4 = 50')
    expect(await records('otif')).toEqual(['o3 1 0/1', 'o4 1 0/1'])
    // On the day itself nothing is late yet.
    expect(await ratio('otif', { from: '2026-03-03', to: '2026-03-03' }, '2026-03-03')).toBe('0 / 0 = null')
  })

  test('K05 K06 K07 K22: fill rates at the first attempt, by piece, line and order, and what was short', async () => {
    expect(await ratio('unit-fill')).toBe('39 / 47 = 82.98')
    expect(await ratio('line-fill')).toBe('3 / 5 = 60')
    expect(await ratio('order-fill')).toBe('2 / 4 = 50')
    expect(await ratio('short-lines')).toBe('2 / 5 = 40')
    expect(await records('short-lines')).toEqual(expect.arrayContaining(['o2 2 1/1', 'o4 1 1/1']))
  })

  test('K22: Q is out of stock today, P1 is not', async () => {
    expect(await ratio('items-out')).toBe('1 / 2 = 50')
  })
})

describe('flow', () => {
  test('K10: the backlog of each day: 478 until O3 leaves, 78 afterwards', async () => {
    const daily = await told('backlog', { from: '2026-03-08', to: '2026-03-12', grain: 'day' })
    expect(daily.points.map((one) => one.value)).toEqual(['478', '78', '78', '78', '78'])
    expect(daily.value).toBe('78')
    expect(await records('backlog')).toEqual(['o2 2 48/1', 'o4 1 30/1'])
  })

  test('K10: open lines are ten days old on the 12th, and were three on the 5th', async () => {
    expect(await ratio('order-age')).toBe('20 / 2 = 10')
    expect(await ratio('order-age', { from: '2026-03-05', to: '2026-03-05' })).toBe('9 / 3 = 3')
  })

  test('K10: the backlog by week of promise and by age comes to the backlog', async () => {
    const weeks = await promiseWeeks.ask<Record<string, string>>(kernel, on('2026-03-12'), {})
    expect(weeks.map((one) => [one.week, one.worth, one.late])).toEqual([
      ['2026-03-02', '30.00', '30.00'],
      [null, '48.00', '0'],
    ])
    const ages = await orderAges.ask<Record<string, string>>(kernel, on('2026-03-12'), {})
    expect(ages.map((one) => `${one.bucket} ${one.lines} ${one.worth}`)).toEqual([
      '0-3 0 0',
      '4-7 0 0',
      '8-14 2 78.00',
      '15-30 0 0',
      '31+ 0 0',
    ])
  })

  test('K12 K43: one order of four was held, from Friday to Monday: 25 hours of working days, summer time began on Sunday', async () => {
    expect(await ratio('on-hold')).toBe('1 / 4 = 25')
    expect(await ratio('hold-time')).toBe('25 / 1 = 25')
    expect(await records('hold-time')).toEqual(['o3 manual 25/1'])
  })

  test('K16 K17: one line of five was priced by hand, and 10 of 810 leaked away', async () => {
    expect(await ratio('overrides')).toBe('1 / 5 = 20')
    expect(await ratio('margin-leakage')).toBe('10 / 810 = 1.23')
    expect(await records('margin-leakage')).toEqual(['o4 1 10/30'])
  })
})

describe('money', () => {
  test('K14: one of two invoices was corrected', async () => {
    expect(await ratio('invoices-corrected')).toBe('1 / 2 = 50')
  })

  test('K30: days sales outstanding: 100 of 440 is open on the 12th, everything was before', async () => {
    const days = await told('dso', { from: '2026-03-08', to: '2026-03-12', grain: 'day' })
    expect(days.points.map((one) => one.value)).toEqual(['90', '90', '90', '20.45', '20.45'])
  })

  test('K31: on 20 April O3 is past its day and O2 is not', async () => {
    expect(await ratio('overdue', { from: '2026-04-20', to: '2026-04-20' }, '2026-04-20')).toBe('100 / 245.2 = 40.78')
  })

  test('K42: one line comes back of four that were shipped', async () => {
    expect(await ratio('returns')).toBe('1 / 4 = 25')
  })
})

describe('who sees what', () => {
  test('SEC-03: a figure needs the permission behind its facts, and the list names only what one may see', async () => {
    const context = on('2026-03-12', { principal: SEES })
    const seen = (await kpis.ask<{ id: string }>(kernel, context, {})).map((one) => one.id)
    expect(seen).toContain('otif')
    expect(seen).not.toContain('margin-leakage')
    expect(await refused(kpi.ask(kernel, context, { id: 'margin-leakage', grain: 'week', ...FIRST }))).toBe(
      'NOT_ALLOWED',
    )
    expect(await refused(kpiRecords.ask(kernel, context, { id: 'margin-leakage', ...FIRST }))).toBe('NOT_ALLOWED')
  })

  test('SEC-03: whoever is narrowed to a warehouse sees the figures of that warehouse only, whatever he asks for', async () => {
    const own = (warehouseId: string) => person('Narrow', ['insight.kpi.read', 'sales.order.read'], { warehouseId })
    const asked = async (principal: ReturnType<typeof own>, warehouse?: string) => {
      const [row] = await kpi.ask<Told>(kernel, on('2026-03-12', { principal }), {
        id: 'line-fill',
        grain: 'week',
        ...FIRST,
        ...(warehouse ? { warehouse } : {}),
      })
      return row?.denominator
    }
    const { rows } = await admin.query<{ id: string }>(`select id from company.warehouse where code = 'W1'`)
    const elsewhere = rows[0]?.id ?? ''
    expect(await asked(own(world.warehouse))).toBe('5')
    expect(await asked(own(elsewhere))).toBe('0')
    expect(await asked(own(elsewhere), world.warehouse)).toBe('0')
    expect(await records('otif', FIRST, own(elsewhere))).toEqual([])
  })

  test('days and ids that make no sense are refused with what to do instead', async () => {
    const ask = (more: object) =>
      refused(kpi.ask(kernel, on('2026-03-12'), { id: 'otif', grain: 'day', ...FIRST, ...more }))
    expect(await ask({ id: 'wealth' })).toBe('KPI_UNKNOWN')
    expect(await ask({ from: '2026-03-13', to: '2026-03-20' })).toBe('KPI_DAYS')
    expect(await ask({ from: '2020-01-01' })).toBe('KPI_TOO_LONG')
    expect(await ask({ from: '2025-06-01' })).toBe('KPI_TOO_FINE')
  })
})
