// The deployment checklist: dates by work days, ticks that survive a new generation, measures that tick by themselves, and what is overdue.
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { parseChecklist } from '../../../src/rollout/checklist/file.ts'
import { ownCriteria } from '../../../src/rollout/gate/part.ts'
import { evaluated, red } from '../gate/ready.ts'
import { DAY, gateTools, openRollout, type Rollout, refusal } from '../governance/world.ts'

let r: Rollout
type Item = {
  id: string
  item: string
  title: string
  seat: string
  due_on: string
  state: string
  settled: boolean
  overdue: boolean
  criterion: string | null
  value: string | null
  evidence: string | null
}
const list = (today = DAY) => r.ask<Item>('rollout.deployment-checklist', { site: 'LYON' }, { today })
const itemOf = async (item: string, today?: string): Promise<Item> => {
  const found = (await list(today)).find((one) => one.item === item)
  if (!found) throw new Error(`the list has no ${item}`)
  return found
}
const generate = (more: object = {}) => r.create('rollout.checklist.generate', { site: 'LYON', ...more })
const file = readFileSync(new URL('../../../template/deployment-checklist.yaml', import.meta.url), 'utf8')
const release = (content: string) =>
  r.admin.query(`update rollout.release set files = jsonb_build_object('deployment-checklist.yaml', $1::text)`, [
    content,
  ])
const seated = (seat: string) => r.somebody(seat.replaceAll('-', ' '))
const known = new Set(ownCriteria(gateTools).keys())

beforeAll(async () => {
  r = await openRollout()
})

describe('the checklist of the template', () => {
  test('TPL-10 names seats and measures that there are, and holds what is signed by hand as well', () => {
    const items = parseChecklist(file, known)
    expect(items.filter((one) => one.check).length).toBeGreaterThanOrEqual(10)
    expect(items.filter((one) => !one.check).length).toBeGreaterThanOrEqual(6)
  })

  test.each([
    ['a seat that is none', 'seat: executive-sponsor,', 'seat: nobody,'],
    ['a measure that is none', 'criterion: seats-vacant,', 'criterion: luck,'],
    ['an item that is there twice', 'item: charter, ', 'item: seats-filled, '],
    ['days that are none', 'days: -60,', 'days: soon,'],
  ])('TPL-10 is refused with %s', (_, from, to) => {
    expect(file).toContain(from)
    expect(() => parseChecklist(file.replace(from, to), known)).toThrow(
      expect.objectContaining({ code: 'CHECKLIST_INVALID' }),
    )
  })
})

describe('the checklist of a site', () => {
  test('TPL-10 needs a day of going live, and a calendar that there is', async () => {
    expect(await refusal(generate())).toBe('GO_LIVE_NEEDED')
    expect(await refusal(generate({ goLive: '2026-04-01', calendar: 'MOON' }))).toBe('CALENDAR_UNKNOWN')
  })

  test('TPL-10 has due dates in work days: of the calendar with its days off, or of Monday to Friday without one', async () => {
    await generate({ goLive: '2026-04-08' })
    expect((await itemOf('stock-counted')).due_on).toBe('2026-04-08')
    expect((await itemOf('backup')).due_on).toBe('2026-04-07')
    expect((await itemOf('support')).due_on).toBe('2026-04-03')
    await r.admin.query(
      `insert into company.calendar (company_id, id, code, state, weekdays, holidays, cut_off, created_at, updated_at) values (1, gen_random_uuid(), 'EASTER', 'active', '{1,2,3,4,5}', '{2026-04-03,2026-04-06}', '15:00', now(), now())`,
    )
    await generate({ calendar: 'EASTER' })
    // Good Friday and Easter Monday are off, so three work days before Wednesday is Wednesday of the week before minus none.
    expect((await itemOf('backup')).due_on).toBe('2026-04-07')
    expect((await itemOf('support')).due_on).toBe('2026-04-01')
    const { rows } = await r.admin.query(`select go_live_on::text, calendar from rollout.site where code = 'LYON'`)
    expect(rows).toEqual([{ go_live_on: '2026-04-08', calendar: 'EASTER' }])
  })

  test('TPL-10 is ticked by the measure where there is one, and by nobody else', async () => {
    const vacant = await itemOf('seats-filled')
    expect(vacant).toMatchObject({ criterion: 'seats-vacant', settled: false })
    expect(Number(vacant.value)).toBeGreaterThan(0)
    await r.seatAll()
    expect(await itemOf('seats-filled')).toMatchObject({ value: '0', settled: true })
    const who = await seated('executive-sponsor')
    expect(await refusal(r.act('rollout.checklist-item.sign', vacant.id, { evidence: 'I say so' }, { who }))).toBe(
      'ITEM_CHECKED',
    )
  })

  test('TPL-10 is signed by the seat that answers for an item, with evidence', async () => {
    const { id, seat } = await itemOf('warehouse-walked')
    const sign = async (who: string) =>
      refusal(
        r.act('rollout.checklist-item.sign', id, { evidence: 'Photographs of all aisles' }, { who: await seated(who) }),
      )
    expect(await sign('steering-chair')).toBe('NOT_YOUR_SEAT')
    expect(await sign(seat)).toBe('-')
    expect(await itemOf('warehouse-walked')).toMatchObject({ settled: true, evidence: 'Photographs of all aisles' })
  })

  test('TPL-10 generated again it keeps what was ticked, moves the dates, and follows the template', async () => {
    const waived = await itemOf('bank-agreed')
    const waive = async (who: string) =>
      refusal(
        r.act('rollout.checklist-item.waive', waived.id, {}, { who: await seated(who), reason: 'Keeps its bank' }),
      )
    expect(await waive('rollout-office')).toBe('NOT_YOUR_SEAT')
    expect(await waive('design-authority')).toBe('-')
    const changed = file
      .replace(/^.*item: warehouse-walked.*\n/m, '')
      .replace(/^.*item: devices-tried.*\n/m, '')
      .replace('title: Every mandatory seat is held,', 'title: Nobody is missing,')
      .concat(
        '  - { item: signs-hung, days: -2, seat: process-owner-warehouse, title: Signs hang, control: default, owner: warehouse-supervisor }\n',
      )
    await release(changed)
    await generate({ goLive: '2026-05-06' })
    const after = new Map((await list()).map((one) => [one.item, one]))
    expect(after.get('warehouse-walked')).toMatchObject({ state: 'done', evidence: 'Photographs of all aisles' })
    expect(after.get('bank-agreed')).toMatchObject({ state: 'waived', due_on: '2026-03-30' })
    expect(after.has('devices-tried'), 'open, and no longer asked for').toBe(false)
    expect(after.get('signs-hung')).toMatchObject({ state: 'open', due_on: '2026-05-04' })
    expect(after.get('seats-filled')?.title).toBe('Nobody is missing')
    const { rows } = await r.admin.query(
      `select added, removed from rollout.checklist order by created_at desc, number desc limit 1`,
    )
    expect(rows).toEqual([{ added: 1, removed: 1 }])
    await r.act(
      'rollout.checklist-item.reopen',
      waived.id,
      {},
      { who: await seated('data-owner-chart-of-accounts'), reason: 'Another bank' },
    )
    expect(await itemOf('bank-agreed')).toMatchObject({ state: 'open', settled: false })
  })

  test('TPL-10 tells what is overdue, and a gate is red for it', async () => {
    expect((await list('2026-03-30')).filter((one) => one.overdue).map((one) => one.item)).not.toContain('bank-agreed')
    const late = (await list('2026-03-31')).filter((one) => one.overdue).map((one) => one.item)
    expect(late).toContain('bank-agreed')
    expect(late).not.toContain('seats-filled')
    const run = await evaluated(r, 'G3', '2026-03-31')
    const judged = run.criteria.find((one) => one.id === 'checklist-overdue')
    expect(judged?.verdict).toBe('red')
    expect([...(judged?.evidence.records ?? [])].sort()).toEqual([...late].sort())
    // A site without a list has not shown that nothing is left to do.
    const none = await r.made('rollout.gate-run.evaluate', { site: 'TURIN', gate: 'G3' })
    const { criteria } = await r.see(`select criteria from rollout.gate_run where id = $1`, [none])
    expect(criteria.find((one: { id: string }) => one.id === 'checklist-overdue')).toMatchObject({
      value: null,
      verdict: 'red',
    })
    expect(red(run)).toContain('checklist-overdue')
  })
})
