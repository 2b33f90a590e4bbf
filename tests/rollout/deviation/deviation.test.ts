// Deviations: asked for, decided by somebody else who may, valid for one site until a day, and renewed by a new decision.
import { beforeAll, expect, test } from 'vitest'
import { transaction } from '#kernel/db'
import { validDeviations } from '../../../src/rollout/deviation/valid.ts'
import { ALPHA, BETA, DAY, openRollout, type Person, type Rollout, refusal } from '../governance/world.ts'

let r: Rollout
let asker: Person
let authority: Person

const wanted = (more: object = {}) => ({
  site: 'LYON',
  kind: 'party.term',
  objectKey: 'NET30',
  field: 'dueDays',
  value: 45,
  scope: 'Customers of the public hand',
  reason: 'Law 2013-269 gives them longer',
  risk: 'Money comes later',
  owner: 'Rita Morel',
  compensatingControl: 'Weekly list of what is late',
  expiresOn: '2026-06-30',
  ...more,
})

const valid = (site: string, today: string, companyId = ALPHA) =>
  transaction(r.kernel.pool, { companies: [companyId] }, (tx) =>
    validDeviations(tx, { companyId, siteId: site, today }),
  )

beforeAll(async () => {
  r = await openRollout()
  await r.seatAll()
  asker = await r.somebody('Rita Morel')
  authority = await r.somebody('design authority')
})

test('TPL-06 the design authority grants what somebody else asked for, and nobody else can', async () => {
  const id = await r.made('rollout.deviation.request', wanted(), { who: asker })
  expect(await valid(r.sites.LYON, DAY)).toEqual([])
  expect(await refusal(r.act('rollout.deviation.approve', id, {}, { who: asker }))).toBe('NOT_YOUR_SEAT')
  expect(
    await refusal(r.act('rollout.deviation.approve', id, {}, { who: await r.somebody('architecture lead') })),
  ).toBe('NOT_YOUR_SEAT')
  await r.act('rollout.deviation.approve', id, {}, { who: authority })
  expect(await valid(r.sites.LYON, DAY)).toMatchObject([
    { id, kind: 'party.term', objectKey: 'NET30', field: 'dueDays', value: 45, owner: 'Rita Morel' },
  ])
})

test('TPL-06 whoever asked never grants, even from the seat itself; the database says so too', async () => {
  const id = await r.made('rollout.deviation.request', wanted({ objectKey: 'NET10' }), { who: authority })
  expect(await refusal(r.act('rollout.deviation.approve', id, {}, { who: authority }))).toBe('OWN_DEVIATION')
  await expect(
    r.admin.query(
      `update rollout.deviation set state = 'approved', approved_by = requested_by, approved_at = now() where id = $1`,
      [id],
    ),
  ).rejects.toMatchObject({ code: '23514' })
  await r.act('rollout.deviation.reject', id, {}, { who: authority, reason: 'The template covers it' })
  expect(await r.see('select state from rollout.deviation where id = $1', [id])).toEqual({ state: 'rejected' })
})

test('TPL-06 a deviation of one site does not cover another, nor another company', async () => {
  expect(await valid(r.sites.TURIN, DAY)).toEqual([])
  expect(await valid(r.sites.BERLIN, DAY, BETA)).toEqual([])
  expect(await valid(r.sites.LYON, DAY, BETA)).toEqual([])
})

test('TPL-06 it holds on its last day, and past it no more', async () => {
  expect(await valid(r.sites.LYON, '2026-06-30')).toHaveLength(1)
  expect(await valid(r.sites.LYON, '2026-07-01')).toEqual([])
  const [card] = await r.ask<{ standing: string; days_left: number }>(
    'rollout.deviation-cards',
    { site: 'LYON' },
    { today: '2026-07-02' },
  )
  expect(card).toMatchObject({ standing: 'expired', days_left: -2 })
  const [soon] = await r.ask<{ standing: string }>('rollout.deviation-cards', {}, { today: '2026-06-20' })
  expect(soon).toMatchObject({ standing: 'soon', site: 'LYON' })
})

test('TPL-06 renewing is a new request that names the old one and is decided afresh', async () => {
  const { number } = await r.see(`select number from rollout.deviation where state = 'approved'`)
  const renewed = await r.made(
    'rollout.deviation.renew',
    { of: number, expiresOn: '2026-12-31', reason: 'The law still stands' },
    { who: asker, today: '2026-07-02' },
  )
  expect(await valid(r.sites.LYON, '2026-07-02')).toEqual([])
  await r.act('rollout.deviation.approve', renewed, {}, { who: authority, today: '2026-07-02' })
  expect(await valid(r.sites.LYON, '2026-07-02')).toMatchObject([{ id: renewed, value: 45, expiresOn: '2026-12-31' }])
  expect(
    await refusal(r.create('rollout.deviation.renew', { of: 'DEV-2020-00001', expiresOn: '2026-12-31', reason: 'x' })),
  ).toBe('DEVIATION_UNKNOWN')
  await r.act('rollout.deviation.withdraw', renewed, {}, { who: asker, reason: 'The law was changed' })
  expect(await valid(r.sites.LYON, '2026-07-03')).toEqual([])
  expect(
    await refusal(r.create('rollout.deviation.renew', { of: renewed, expiresOn: '2026-12-31', reason: 'x' })),
  ).toBe('DEVIATION_NOT_RENEWED')
})

test('a request that cannot be right is refused, and says what to do', async () => {
  const ask = (more: object) => refusal(r.create('rollout.deviation.request', wanted(more), { who: asker }))
  expect(await ask({ site: 'NOWHERE' })).toBe('NO_SUCH_SITE')
  expect(await ask({ kind: 'party.mood' })).toBe('DEVIATION_KIND')
  // Terms are the company's, currencies are everybody's.
  expect(await ask({ site: 'TURIN' })).toBe('DEVIATION_ELSEWHERE')
  expect(await ask({ kind: 'company.currency', objectKey: 'EUR' })).toBe('DEVIATION_ELSEWHERE')
  expect(await ask({ expiresOn: DAY })).toBe('DEVIATION_OVER')
  expect(await ask({ expiresOn: '2030-01-01' })).toBe('DEVIATION_TOO_LONG')
  expect(await ask({ objectKey: 'TWICE' })).toBe('-')
  expect(await ask({ objectKey: 'TWICE' })).toBe('DEVIATION_ASKED')
})

test('a request that lay too long is not granted any more', async () => {
  const id = await r.made('rollout.deviation.request', wanted({ objectKey: 'LATE', expiresOn: '2026-03-05' }), {
    who: asker,
  })
  expect(await refusal(r.act('rollout.deviation.approve', id, {}, { who: authority, today: '2026-03-05' }))).toBe(
    'DEVIATION_OVER',
  )
})

test('a delegate decides on his days, and not after them', async () => {
  const id = await r.made('rollout.deviation.request', wanted({ objectKey: 'STAND-IN' }), { who: asker })
  const substitute = await r.somebody('Sam Stand')
  const { id: seat } = await r.see(`select id from rollout.seat where seat = 'design-authority'`)
  await r.act('rollout.seat.delegate', seat, { person: substitute.id, from: '2026-03-01', until: '2026-03-10' })
  expect(await refusal(r.act('rollout.deviation.approve', id, {}, { who: substitute, today: '2026-03-11' }))).toBe(
    'NOT_YOUR_SEAT',
  )
  await r.act('rollout.deviation.approve', id, {}, { who: substitute })
  expect(await r.see('select state, approved_by from rollout.deviation where id = $1', [id])).toEqual({
    state: 'approved',
    approved_by: substitute.id,
  })
})
