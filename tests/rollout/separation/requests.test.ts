// Asking for access over HTTP: what would clash, who decides, what is given, and that nobody gives directly any more.
import { beforeAll, describe, expect, test } from 'vitest'
import { requireDirect } from '#kernel/access/mode'
import { code, type Office, openOffice, type Person } from './office.ts'

let office: Office
let ana: Person
let ben: Person
let clerk: Person
let sales: Person
let finance: Person
let finance2: Person
let admin: Person
beforeAll(async () => {
  office = await openOffice()
  const all = { companyId: null }
  ana = await office.hire('Ana', ['stock-controller'])
  ben = await office.hire('Ben', ['order-desk-clerk'])
  clerk = await office.hire('Carl', ['order-desk-clerk'])
  sales = await office.hire('Sara', ['sales-manager'])
  finance = await office.hire('Fay', ['finance-controller'], all)
  finance2 = await office.hire('Finn', ['finance-controller'])
  admin = await office.hire('Adam', ['administrator'], all)
})

const ASK = 'rollout.access-request.ask'
const ask = (who: Person, given: object, reason = 'Work of the month') =>
  office.post(who, ASK, { documents: [{ endsOn: '2026-12-31', ...given }], reason })
const decide = (who: Person, verb: string, id: string, reason?: string) =>
  office.post(who, verb, { ids: [id], ...(reason ? { reason } : {}) })
const requestOf = async (id: string) =>
  (await office.site.admin.query('select * from rollout.access_request where id = $1', [id])).rows[0]
const idOf = (answer: { body: Record<string, unknown> }) => String(Object(answer.body.ids)[0])

describe('the simulation', () => {
  test('T-SEC-01, SEC-05: every pair that would clash is shown at once, with both sides, who else holds them, and another role', async () => {
    await office.hire('Olga', ['order-desk-clerk', 'credit-officer'])
    const shown = await office.get(ben, 'rollout.clashes', { role: 'credit-officer' })
    expect(shown.status, shown.text).toBe(200)
    const items = Object(shown.body.items)
    expect(items.map((one: { separation: string }) => one.separation)).toEqual(['SOD-10', 'SOD-24'])
    const [entering] = items
    expect(entering).toMatchObject({
      owner: 'credit-officer',
      risk: 'Who earns on the sale decides on its risk',
      waived: false,
      others: 1,
    })
    expect(
      entering.first.map((one: { permission: string; role: string; new: boolean }) => [
        one.permission,
        one.role,
        one.new,
      ]),
    ).toEqual([
      ['sales.order.change', 'order-desk-clerk', false],
      ['sales.order.confirm', 'order-desk-clerk', false],
      ['sales.order.draft', 'order-desk-clerk', false],
    ])
    expect(entering.second.map((one: { permission: string; new: boolean }) => [one.permission, one.new])).toEqual([
      ['sales.order.release-credit', true],
    ])
    expect('names' in entering, 'names are for those who decide').toBe(false)
    const decider = await office.get(admin, 'rollout.clashes', { role: 'credit-officer', account: ben.id })
    expect(Object(decider.body.items)[0]).toMatchObject({ names: ['Olga'], name: 'Ben' })
  })

  test('SEC-05: what could be given instead breaks nothing, brings a fair part of the work, and the smaller one comes first', async () => {
    const { admin: db } = office.site
    const part = [
      'credit.account.hold',
      'credit.account.unhold',
      'credit.account.change-class',
      'credit.account.open',
      'party.customer.unblock',
      'party.customer.block',
    ]
    for (const [role, permissions] of Object.entries({
      'dunning-clerk': part,
      'dunning-chief': [...part, 'party.contact.remove', 'returns.reason.create'],
      'dunning-limits': [...part, 'credit.account.change-limit'],
      'dunning-reader': ['credit.account.read', 'credit.account.hold'],
    })) {
      await db.query('insert into access.role (code, name) values ($1, $1)', [role])
      await db.query('insert into access.role_permission select $1, unnest($2::text[])', [role, permissions])
    }
    const others = await office.get(ben, 'rollout.other-roles', { role: 'credit-officer' })
    expect(Object(others.body.items).slice(0, 2)).toMatchObject([
      { role: 'dunning-clerk', covers: 6, beyond: 0 },
      { role: 'dunning-chief', covers: 6, beyond: 2 },
    ])
    for (const other of Object(others.body.items)) {
      const clean = await office.get(ben, 'rollout.clashes', { role: other.role })
      expect(Object(clean.body.items), other.role).toEqual([])
      expect(other.covers * 4, other.role).toBeGreaterThanOrEqual(other.wanted)
    }
    const none = await office.get(ben, 'rollout.other-roles', { role: 'finance-controller' })
    expect(Object(none.body.items)).toEqual([])
    await db.query(`delete from access.role_permission where role like 'dunning-%'`)
    await db.query(`delete from access.role where code like 'dunning-%'`)
  })

  test('SEC-05: a role is simulated while it is composed, by itself and in whoever holds it', async () => {
    const composed = await office.get(admin, 'rollout.role-clashes', {
      role: 'stock-controller',
      permissions: 'inventory.adjustment.draft,inventory.adjustment.approve',
    })
    const rows = (answer: typeof composed) =>
      Object(answer.body.items).map((one: { separation: string; name: string | null }) => [one.separation, one.name])
    expect(rows(composed), 'what it breaks alone is told once').toEqual([['SOD-05', null]])
    const entering = await office.get(admin, 'rollout.role-clashes', {
      role: 'order-desk-clerk',
      permissions: 'sales.order.draft',
    })
    expect(rows(entering), 'with what a holder holds besides').toEqual([
      ['SOD-10', 'Olga'],
      ['SOD-24', 'Olga'],
    ])
  })

  test('SEC-03: nobody simulates a colleague without the right, nor every company without holding it there', async () => {
    expect(code(await office.get(ben, 'rollout.clashes', { role: 'credit-officer', account: ana.id }))).toBe(
      'NOT_ALLOWED',
    )
    expect(code(await office.get(ben, 'rollout.clashes', { role: 'credit-officer', everywhere: 'true' }))).toBe(
      'ACCESS_TOO_WIDE',
    )
    const stranger = await office.hire('Bruno', ['order-desk-clerk'], { companyId: 2 })
    expect(
      Object((await office.get(admin, 'rollout.people')).body.items).some(
        (one: { account: string }) => one.account === stranger.id,
      ),
    ).toBe(false)
    expect(code(await ask(admin, { account: stranger.id, role: 'sales-manager' }))).toBe('NOT_FOUND')
  })
})

describe('a request', () => {
  test('SEC-12: is decided by the role that owns it, never by whoever asked or profits; then the system gives', async () => {
    const asked = await ask(clerk, { role: 'pricing-manager' }, 'Stands in for Pia')
    expect(asked.status, asked.text).toBe(200)
    const id = idOf(asked)
    expect(await requestOf(id)).toMatchObject({
      state: 'asked',
      approver: 'finance-controller',
      clashes: [],
      reason: 'Stands in for Pia',
    })
    expect(
      Object((await office.get(finance, 'rollout.access-inbox')).body.items).map((one: { id: string }) => one.id),
    ).toContain(id)
    expect(code(await decide(sales, 'rollout.access-request.approve', id))).toBe('NOT_THE_OWNER')
    const agreed = await decide(finance, 'rollout.access-request.approve', id)
    expect(agreed.status, agreed.text).toBe(200)
    const grant = (
      await office.site.admin.query('select * from access.role_grant where account_id = $1 and role = $2', [
        clerk.id,
        'pricing-manager',
      ])
    ).rows
    expect(grant).toHaveLength(1)
    expect(grant[0]).toMatchObject({
      granted_by: '00000000-0000-7000-8000-000000000001',
      ends_on: '2026-12-31',
      company_id: 1,
    })
    expect(grant[0].reason).toMatch(/^AR-2026-\d+: Stands in for Pia$/)
    const leaf = (
      await office.site.admin.query(
        `select actor_id, payload::jsonb -> 'changes' as changes from kernel.audit where document = 'access.account' and verb = 'grant' and document_id = $1`,
        [clerk.id],
      )
    ).rows
    expect(leaf).toHaveLength(1)
    expect(leaf[0]).toMatchObject({
      actor_id: '00000000-0000-7000-8000-000000000001',
      changes: { agreedBy: finance.id },
    })
    office.site.clock.now = new Date(office.site.clock.now.getTime() + 1_000)
    expect((await office.get(clerk, 'pricing.list')).status, 'it works within a second').toBe(200)
    expect(code(await ask(clerk, { role: 'pricing-manager' }))).toBe('ACCESS_HELD')
  })

  test('SEC-12: whoever asked, or gets it, decides nothing, whatever he holds', async () => {
    const forHimself = idOf(await ask(finance, { role: 'auditor' }))
    expect(code(await decide(finance, 'rollout.access-request.approve', forHimself))).toBe('OWN_ACCESS')
    const forOther = idOf(await ask(finance, { account: finance2.id, role: 'auditor' }))
    for (const verb of ['rollout.access-request.approve', 'rollout.access-request.refuse']) {
      expect(code(await decide(finance2, verb, forOther, 'no')), verb).toBe('OWN_ACCESS')
      expect(code(await decide(finance, verb, forOther, 'no')), verb).toBe('OWN_ACCESS')
    }
    expect(code(await decide(ben, 'rollout.access-request.withdraw', forOther))).toBe('NOT_YOUR_REQUEST')
    expect(code(await decide(finance2, 'rollout.access-request.withdraw', forOther))).toBe('-')
    expect(code(await decide(finance2, 'rollout.access-request.refuse', forHimself, 'An auditor judges us'))).toBe('-')
    expect(await requestOf(forHimself)).toMatchObject({
      state: 'refused',
      decision_reason: 'An auditor judges us',
      decided_by: finance2.id,
    })
    const mine = Object((await office.get(finance, 'rollout.my-access-requests')).body.items)
    expect(mine.map((one: { state: string }) => one.state).sort()).toEqual(['refused', 'withdrawn'])
  })

  test('SEC-12: is refused when it is too long, past, wider than whoever asks, unknown, or asked for already', async () => {
    expect(code(await ask(ben, { role: 'pricing-manager', endsOn: '2028-01-01' }))).toBe('ACCESS_DAYS')
    expect(code(await ask(ben, { role: 'pricing-manager', endsOn: '2026-03-01' }))).toBe('ACCESS_DAYS')
    expect(code(await ask(ben, { role: 'pricing-manager', startsOn: '2026-06-01', endsOn: '2026-05-01' }))).toBe(
      'ACCESS_DAYS',
    )
    expect(code(await ask(ben, { role: 'pricing-manager', everywhere: true }))).toBe('ACCESS_TOO_WIDE')
    expect(code(await ask(ben, { role: 'no-such-role' }))).toBe('ROLE_UNKNOWN')
    expect(code(await ask(ben, { role: 'warehouse-picker', warehouse: office.site.warehouses.W3 }))).toBe(
      'WAREHOUSE_UNKNOWN',
    )
    expect(code(await ask(ben, { role: 'warehouse-picker' }))).toBe('-')
    expect(code(await ask(ben, { role: 'warehouse-picker' }))).toBe('ACCESS_ASKED')
    expect(code(await office.post(ben, ASK, { documents: [{ role: 'pricing-manager', endsOn: '2026-12-31' }] }))).toBe(
      'REASON_NEEDED',
    )
    const many = Array.from({ length: 101 }, () => ({ role: 'warehouse-picker', endsOn: '2026-12-31' }))
    expect(code(await office.post(ben, ASK, { documents: many, reason: 'all' }))).toBe('TOO_MANY')
  })

  test('SEC-05: that clashes waits for a waiver and is not given without one', async () => {
    const asked = await ask(ben, { role: 'credit-officer' })
    const id = idOf(asked)
    expect(Object(asked.body.states)[id]).toBe('needs-waiver')
    expect(Object(asked.body.result)[0].clashes.map((one: { separation: string }) => one.separation)).toEqual([
      'SOD-10',
      'SOD-24',
    ])
    const refused = await decide(finance, 'rollout.access-request.approve', id)
    expect(refused.body.code).toBe('SEPARATION_CONFLICT')
    expect(Object(refused.body.parameters).pairs).toEqual(['SOD-10', 'SOD-24'])
    expect(code(await office.post(ben, 'rollout.access-request.recheck', { ids: [id] }))).toBe('-')
    expect((await requestOf(id)).state).toBe('needs-waiver')
  })

  test('SEC-05: two roles whose times do not meet do not clash', async () => {
    const temp = await office.hire('Tess', [])
    await office.site.admin.query(
      `insert into access.role_grant (id, account_id, role, company_id, ends_on) values (gen_random_uuid(), $1, 'order-desk-clerk', 1, '2026-05-31')`,
      [temp.id],
    )
    const meets = await ask(admin, { account: temp.id, role: 'credit-officer', startsOn: '2026-05-31' })
    expect(Object(meets.body.states)[idOf(meets)]).toBe('needs-waiver')
    await office.site.admin.query('delete from rollout.access_request where account_id = $1', [temp.id])
    const after = await ask(admin, { account: temp.id, role: 'credit-officer', startsOn: '2026-06-01' })
    expect(Object(after.body.states)[idOf(after)]).toBe('asked')
    expect(code(await decide(finance, 'rollout.access-request.approve', idOf(after)))).toBe('-')
  })
})

describe('production', () => {
  const give = (company = 'ALPHA', extra: object = {}) =>
    office.post(
      admin,
      'access.account.grant',
      { account: ben.id, role: 'warehouse-picker', reason: 'quickly', ...extra },
      company,
    )
  const go = (who: Person, byRequest: boolean) =>
    office.post(who, 'access.mode.switch', { byRequest, reason: 'go-live' })

  test('SEC-12: no administrator gives directly where access goes by requests, and he cannot switch that off', async () => {
    expect(code(await go(admin, true))).toBe('NOT_ALLOWED')
    expect(code(await go(finance, true))).toBe('-')
    expect(Object((await office.get(admin, 'access.mode')).body.items)[0]).toMatchObject({ byRequest: true, by: 'Fay' })
    const refused = await give()
    expect(refused.body.code).toBe('BY_REQUEST_ONLY')
    expect(String(refused.body.detail)).toContain('Ask for it under "Separation of duties"')
    expect(code(await give('ALPHA', { everywhere: true })), 'everywhere is there too').toBe('BY_REQUEST_ONLY')
    // The command line asks before it creates an account, so that none is left without a role.
    await expect(requireDirect(office.site.kernel, 1)).rejects.toMatchObject({ code: 'BY_REQUEST_ONLY' })
    await expect(requireDirect(office.site.kernel, null)).rejects.toMatchObject({ code: 'BY_REQUEST_ONLY' })
    await requireDirect(office.site.kernel, 2)
    expect(code(await give('BETA')), 'a company that is not live yet is set up directly').toBe('-')
    expect(code(await go(finance, false))).toBe('-')
    expect(code(await give())).toBe('-')
  })
})
