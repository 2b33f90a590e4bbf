// Leavers over HTTP: access is zero from each company's midnight on, and nothing waits for somebody who is gone.
import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#kernel/ids'
import { code, type Office, openOffice, type Person } from './office.ts'

let office: Office
let admin: Person
let finance: Person
beforeAll(async () => {
  office = await openOffice()
  admin = await office.hire('Adam', ['administrator'], { companyId: null })
  finance = await office.hire('Fay', ['finance-controller'], { companyId: null })
})

const leave = (who: Person, account: string, endsOn?: string) =>
  office.post(who, 'access.account.set-last-day', { account, reason: 'resigned', ...(endsOn ? { endsOn } : {}) })
const at = (instant: string) => {
  office.site.clock.now = new Date(instant)
}
/** The status of a list in ALPHA (New York) and in BETA (Berlin). */
const reach = async (who: Person, what = 'sales.order') => [
  (await office.get(who, what, {}, 'ALPHA')).status,
  (await office.get(who, what, {}, 'BETA')).status,
]
const approval = async (role: string) => {
  const id = newId()
  await office.site.admin.query(
    `insert into kernel.approval (company_id, id, kind, document, document_id, fingerprint, role, state, requested_by, requested_at)
     values (1, $1, 'journal', 'ledger.entry', $2, '1', $3, 'pending', $4, '2026-03-01T00:00:00Z')`,
    [id, newId(), role, newId()],
  )
  return id
}
const roleOf = async (id: string) =>
  (await office.site.admin.query('select role, detail from kernel.approval where id = $1', [id])).rows[0]

describe('T-SEC-04', () => {
  test('T-SEC-04, SEC-10: on the night of the last day access is zero in each company from its own midnight on', async () => {
    at('2026-03-02T15:00:00Z')
    const lena = await office.hire('Lena', ['order-desk-clerk'], { companyId: null })
    const nora = await office.hire('Nora', ['order-desk-clerk'])
    expect(code(await leave(admin, lena.id, '2026-03-02'))).toBe('-')
    expect(code(await leave(admin, nora.id, '2026-03-02'))).toBe('-')
    at('2026-03-02T22:59:00Z')
    expect(await reach(lena)).toEqual([200, 200])
    at('2026-03-02T23:00:00Z')
    expect(await reach(lena), 'midnight in Berlin').toEqual([200, 404])
    at('2026-03-03T04:59:00Z')
    expect(await reach(lena)).toEqual([200, 404])
    expect((await office.get(nora, 'sales.order')).status).toBe(200)
    at('2026-03-03T05:00:00Z')
    expect(await reach(lena), 'midnight in New York').toEqual([401, 401])
    expect((await office.get(nora, 'sales.order')).status).toBe(401)
  })

  test('T-SEC-04: the system ends what is left of him, with a leaf, and once', async () => {
    at('2026-03-03T15:00:00Z')
    const otto = await office.hire('Otto', ['order-desk-clerk', 'credit-officer'])
    const cover = await office.hire('Cleo', ['sales-manager'])
    await office.site.admin.query(
      `insert into kernel.delegation (company_id, id, from_user, to_user, starts_on, ends_on, reason) values (1, $1, $2, $3, '2026-03-01', '2026-03-31', 'ill')`,
      [newId(), cover.id, otto.id],
    )
    const asked = await office.post(otto, 'rollout.access-request.ask', {
      documents: [{ role: 'pricing-manager', endsOn: '2026-12-31' }],
      reason: 'before he knew',
    })
    await leave(admin, otto.id, '2026-03-04')
    await office.goTo('2026-03-05T05:01:00Z')
    const ends = await office.site.admin.query('select distinct ends_on from access.role_grant where account_id = $1', [
      otto.id,
    ])
    expect(ends.rows).toEqual([{ ends_on: '2026-03-04' }])
    const covers = await office.site.admin.query('select ends_on from kernel.delegation where to_user = $1', [otto.id])
    expect(covers.rows).toEqual([{ ends_on: '2026-03-04' }])
    const request = await office.site.admin.query('select state from rollout.access_request where id = $1', [
      Object(asked.body.ids)[0],
    ])
    expect(request.rows).toEqual([{ state: 'withdrawn' }])
    await office.goTo('2026-03-06T05:01:00Z')
    const leaf = await office.site.admin.query(
      `select payload::jsonb -> 'changes' as changes from kernel.audit where document = 'access.account' and verb = 'leave' and document_id = $1`,
      [otto.id],
    )
    expect(leaf.rows.map((row) => [row.changes.lastDay, row.changes.grants.length, row.changes.covers])).toEqual([
      ['2026-03-04', 2, 1],
    ])
  })

  test('T-SEC-04: what waited for him alone waits for his cover, and after that for the role above', async () => {
    at('2026-03-06T15:00:00Z')
    const rita = await office.hire('Rita', ['accountant'])
    const jo = await office.hire('Jo', ['accounts-receivable-clerk'])
    await office.site.admin.query(
      `insert into kernel.delegation (company_id, id, from_user, to_user, starts_on, ends_on, reason) values (1, $1, $2, $3, '2026-03-06', '2026-03-10', 'handing over')`,
      [newId(), rita.id, jo.id],
    )
    const waiting = await approval('accountant')
    const others = await approval('finance-controller')
    await leave(admin, rita.id, '2026-03-07')
    await office.goTo('2026-03-08T05:01:00Z')
    expect((await roleOf(waiting)).role, 'the cover goes on').toBe('accountant')
    const inbox = await office.get(jo, 'approvals')
    expect(Object(inbox.body.items).map((one: { id: string }) => one.id)).toContain(waiting)
    await office.goTo('2026-03-11T04:01:00Z')
    expect(await roleOf(waiting)).toEqual({ role: 'finance-controller', detail: { reassignedFrom: 'accountant' } })
    expect((await roleOf(others)).detail, 'what somebody else can decide stays where it is').toEqual({})
    const decided = await finance.client.post('/api/approvals/decide?company=ALPHA', {
      approval: waiting,
      decision: 'approved',
    })
    expect(decided.status, decided.text).toBe(200)
    const leaf = await office.site.admin.query(
      `select payload::jsonb -> 'changes' ->> 'was' as was from kernel.audit where document = 'kernel.approval' and verb = 'reassign' and document_id = $1`,
      [waiting],
    )
    expect(leaf.rows).toEqual([{ was: 'accountant' }])
  })

  test('SEC-10: a last day is not in the past, can be taken back, and is not the last administrator’s', async () => {
    at('2026-03-12T15:00:00Z')
    const kim = await office.hire('Kim', ['order-desk-clerk'])
    expect(code(await leave(finance, kim.id, '2026-04-01'))).toBe('NOT_ALLOWED')
    expect(code(await leave(admin, kim.id, '2026-03-11'))).toBe('LAST_DAY_PAST')
    expect(code(await leave(admin, kim.id, '2026-03-12'))).toBe('-')
    expect(code(await leave(admin, kim.id))).toBe('-')
    at('2026-03-13T15:00:00Z')
    expect((await office.get(kim, 'sales.order')).status).toBe(200)
    expect(code(await leave(admin, admin.id, '2026-12-31'))).toBe('LAST_ADMINISTRATOR')
    const second = await office.hire('Ada', ['administrator'], { companyId: null })
    expect(code(await leave(admin, admin.id, '2026-12-31'))).toBe('-')
    expect(code(await leave(second, second.id, '2026-12-30')), 'nobody would follow').toBe('LAST_ADMINISTRATOR')
  })
})
