// Waivers over HTTP: who agrees, what they open and what they do not, and that they run out.
import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#kernel/ids'
import { modules } from '../../../src/modules/index.ts'
import { plant } from '../../security/support/objects.ts'
import { code, type Office, openOffice, type Person } from './office.ts'

// Pairs whose both sides exist: SOD-05 (adjust stock / approve the adjustment) and SOD-07 (let a customer in / give it credit),
// SOD-10 (enter an order / release its credit hold).
let office: Office
let admin: Person
let stock: Person
let finance: Person
let finance2: Person
let credit: Person
beforeAll(async () => {
  office = await openOffice()
  admin = await office.hire('Adam', ['administrator'], { companyId: null })
  stock = await office.hire('Stan', ['stock-controller'])
  finance = await office.hire('Fay', ['finance-controller'])
  finance2 = await office.hire('Finn', ['finance-controller'])
  credit = await office.hire('Cora', ['credit-officer'])
})

const CONTROL = { control: 'The controller looks at every entry on Friday' }
const askWaiver = (who: Person, given: object, reason = 'Only one of us is on site') =>
  office.post(who, 'rollout.access-waiver.ask', {
    documents: [{ expiresOn: '2026-06-30', ...CONTROL, ...given }],
    reason,
  })
const onWaiver = (who: Person, verb: string, id: string, reason?: string) =>
  office.post(who, verb, { ids: [id], ...(reason ? { reason } : {}) })
const idOf = (answer: { body: Record<string, unknown> }) => String(Object(answer.body.ids)[0])

/** A waiver of a rule for somebody, agreed to by its owner. */
async function waived(person: Person, separation: string, given: object = {}): Promise<string> {
  const owners = { 'SOD-07': credit, 'SOD-10': credit, 'SOD-24': credit }
  const asked = await askWaiver(admin, { account: person.id, separation, ...given })
  expect(asked.status, asked.text).toBe(200)
  const agreed = await onWaiver(Object(owners)[separation] ?? finance, 'rollout.access-waiver.agree', idOf(asked))
  expect(agreed.status, agreed.text).toBe(200)
  return idOf(asked)
}

describe('a waiver', () => {
  test('SEC-05: is agreed to by the owner of the rule, never by whoever asked or profits', async () => {
    const asked = await askWaiver(finance, { account: finance2.id, separation: 'SOD-05' })
    const id = idOf(asked)
    expect(code(await onWaiver(finance, 'rollout.access-waiver.agree', id))).toBe('OWN_ACCESS')
    expect(code(await onWaiver(finance2, 'rollout.access-waiver.agree', id))).toBe('OWN_ACCESS')
    expect(code(await onWaiver(credit, 'rollout.access-waiver.agree', id)), 'another role owns it').toBe(
      'NOT_THE_OWNER',
    )
    expect(code(await onWaiver(finance, 'rollout.access-waiver.refuse', id, 'no'))).toBe('OWN_ACCESS')
    const third = await office.hire('Fred', ['finance-controller'])
    expect(code(await onWaiver(third, 'rollout.access-waiver.refuse', id, 'Hire somebody'))).toBe('-')
    const leaf = await office.site.admin.query(
      `select verb from kernel.audit where document = 'rollout.access-waiver' and document_id = $1 order by at, position`,
      [id],
    )
    expect(leaf.rows.map((row) => row.verb)).toEqual(['ask', 'refuse'])
    expect((await office.site.admin.query('select from access.separation_waiver where id = $1', [id])).rowCount).toBe(0)
  })

  test('SEC-05: needs a rule, a control, an end, and an owner who may agree', async () => {
    const given = { account: stock.id, separation: 'SOD-05' }
    expect(code(await askWaiver(stock, { ...given, separation: 'SOD-99' }))).toBe('SEPARATION_UNKNOWN')
    expect(code(await askWaiver(stock, { ...given, separation: 'SOD-15' }))).toBe('WAIVER_NOBODY')
    expect(code(await askWaiver(stock, { ...given, control: 'trust' }))).toBe('WAIVER_CONTROL')
    expect(code(await askWaiver(stock, { ...given, expiresOn: '2027-12-31' }))).toBe('ACCESS_DAYS')
    expect(code(await askWaiver(stock, { ...given, request: newId() }))).toBe('NOT_FOUND')
    expect(
      code(
        await office.post(stock, 'rollout.access-waiver.ask', {
          documents: [{ ...given, ...CONTROL, expiresOn: '2026-06-30' }],
        }),
      ),
    ).toBe('REASON_NEEDED')
    expect(code(await askWaiver(stock, given))).toBe('-')
    expect(code(await askWaiver(stock, given))).toBe('WAIVER_ASKED')
  })

  test('T-SEC-01, SEC-05: lets a request that clashes be agreed to, and what is given ends with it', async () => {
    const ned = await office.hire('Ned', ['order-desk-clerk'])
    const asked = await office.post(ned, 'rollout.access-request.ask', {
      documents: [{ role: 'credit-officer', endsOn: '2026-12-31' }],
      reason: 'Cora is ill',
    })
    const request = idOf(asked)
    const approve = (who = finance) => office.post(who, 'rollout.access-request.approve', { ids: [request] })
    await waived(ned, 'SOD-10', { expiresOn: '2026-09-30', request })
    expect((await approve()).body.parameters, 'a waiver of one rule does not open the other').toMatchObject({
      pairs: ['SOD-24'],
    })
    const second = await waived(ned, 'SOD-24', { expiresOn: '2026-04-30', request })
    const agreed = await approve()
    expect(agreed.status, agreed.text).toBe(200)
    const grant = async () =>
      (
        await office.site.admin.query(
          `select ends_on, id from access.role_grant where account_id = $1 and role = 'credit-officer'`,
          [ned.id],
        )
      ).rows[0]
    expect((await grant()).ends_on).toBe('2026-04-30')
    const ended = await onWaiver(finance, 'rollout.access-waiver.end', second, 'Cora is back')
    expect(Object(ended.body.result)[second]).toEqual({ grants: [(await grant()).id] })
    expect((await grant()).ends_on).toBe('2026-03-01')
    const leaf = await office.site.admin.query(
      `select payload::jsonb ->> 'reason' as reason from kernel.audit where document = 'access.account' and verb = 'revoke' and document_id = $1`,
      [ned.id],
    )
    expect(leaf.rows).toHaveLength(1)
    const shown = Object((await office.get(admin, 'rollout.waivers')).body.items).filter(
      (one: { name: string }) => one.name === 'Ned',
    )
    expect(
      shown.map((one: { separation: string; state: string; days_left: number }) => [
        one.separation,
        one.state,
        one.days_left,
      ]),
    ).toEqual([
      ['SOD-10', 'agreed', 212],
      ['SOD-24', 'ended', 59],
    ])
  })

  test('SEC-05: holds in its company only', async () => {
    const uma = await office.hire('Uma', ['order-desk-clerk'])
    await waived(uma, 'SOD-10')
    await waived(uma, 'SOD-24')
    await office.site.admin.query(
      `insert into access.role_grant (id, account_id, role, company_id) values (gen_random_uuid(), $1, 'order-desk-clerk', 2)`,
      [uma.id],
    )
    const give = (company: string) =>
      office.post(
        admin,
        'access.account.grant',
        { account: uma.id, role: 'credit-officer', reason: 'Cora is ill' },
        company,
      )
    expect(code(await give('BETA'))).toBe('SEPARATION_CONFLICT')
    expect(code(await give('ALPHA'))).toBe('-')
  })
})

describe('on one document', () => {
  /** An adjustment that waits for a decision, as if its difference were beyond the tolerance. */
  async function adjustment(by: Person): Promise<string> {
    const id = newId()
    await office.site.admin.query(
      `insert into inventory.adjustment (company_id, id, number, warehouse_id, posting_date, reason_code, remark, state, created_by, created_at, updated_at)
      values (1, $1, $2, $3, '2026-03-02', 'COUNT', '', 'waiting-approval', $4, now(), now())`,
      [id, `AD-${id.slice(-6)}`, office.site.warehouses.W1, by.id],
    )
    await office.site.admin.query(
      `insert into kernel.audit (id, at, company_id, actor_id, document, document_id, verb, payload, leaf)
      values ($1, '2026-03-02T14:00:00Z', 1, $2, 'inventory.adjustment', $3, 'draft', '{}', sha256('x'))`,
      [newId(), by.id, id],
    )
    return id
  }
  const reject = (who: Person, id: string) => office.post(who, 'inventory.adjustment.approve', { ids: [id] })

  test('T-SEC-02, SEC-06: a waiver that lets somebody hold both roles does not let him do both on one document', async () => {
    const pat = await office.hire('Pat', ['stock-controller', 'finance-controller'])
    await waived(pat, 'SOD-05')
    const own = await adjustment(pat)
    const refused = await reject(pat, own)
    expect(refused.body.code).toBe('SAME_PERSON')
    expect(refused.body.parameters).toMatchObject({
      earlier: 'inventory.adjustment.draft',
      separation: 'SOD-05',
      id: own,
    })
    expect(code(await reject(pat, await adjustment(stock))), 'somebody else wrote that one').not.toBe('SAME_PERSON')
  })

  test('SEC-06: one that says so does, for its own rule, its own account and its own days', async () => {
    const quin = await office.hire('Quin', ['stock-controller', 'finance-controller'])
    const roy = await office.hire('Roy', ['stock-controller', 'finance-controller'])
    await office.site.admin.query(`insert into access.separation (id, left_permissions, right_permissions, risk, owner)
      values ('SOD-T', '{inventory.adjustment.draft}', '{inventory.adjustment.approve}', 'the same step under another rule', 'finance-controller')`)
    office.site.kernel.separations.reload()
    await waived(quin, 'SOD-05', { sameDocument: true })
    const own = await adjustment(quin)
    const still = await reject(quin, own)
    expect([still.body.code, Object(still.body.parameters).separation], 'a waiver of one rule opens no other').toEqual([
      'SAME_PERSON',
      'SOD-T',
    ])
    await office.site.admin.query(`delete from access.separation where id = 'SOD-T'`)
    office.site.kernel.separations.reload()
    expect(code(await reject(roy, await adjustment(roy))), 'it is not his').toBe('SAME_PERSON')
    expect(code(await reject(quin, own))).not.toBe('SAME_PERSON')
  })

  test('T-SEC-02, SEC-06: whoever let a customer in releases no credit of its orders, waiver or not', async () => {
    const vera = await office.hire('Vera', ['data-steward', 'credit-officer'])
    await waived(vera, 'SOD-07')
    const customer = newId()
    const described = modules.flatMap((one) => one.documents).find((one) => one.name === 'sales.order')
    const { id: order } = (described && (await plant(office.site.admin, described, 1))) ?? { id: '' }
    await office.site.admin.query(`set session_replication_role = replica`)
    await office.site.admin.query(`update sales.orders set state = 'on_hold', customer_id = $1 where id = $2`, [
      customer,
      order,
    ])
    await office.site.admin.query(`set session_replication_role = origin`)
    await office.site.admin.query(
      `insert into kernel.audit (id, at, company_id, actor_id, document, document_id, verb, payload, leaf)
      values ($1, '2026-03-02T14:00:00Z', 1, $2, 'party.customer', $3, 'approve', '{}', sha256('x'))`,
      [newId(), vera.id, customer],
    )
    const release = (who: Person) =>
      office.post(who, 'sales.order.release-credit', { ids: [order], reason: 'they always pay' })
    const refused = await release(vera)
    expect(refused.body.code, refused.text).toBe('SAME_PERSON_BEHIND')
    expect(refused.body.parameters).toMatchObject({
      earlier: 'party.customer.approve',
      subject: 'party.customer',
      separation: 'SOD-07',
      id: customer,
    })
    expect(code(await release(credit)), 'a colleague may').not.toBe('SAME_PERSON_BEHIND')
  })
})

test('SEC-05: the night after its last day a waiver is ended by the system, with what stood on it', async () => {
  const wim = await office.hire('Wim', ['order-desk-clerk'])
  const id = await waived(wim, 'SOD-10', { expiresOn: '2026-03-05' })
  await waived(wim, 'SOD-24', { expiresOn: '2026-03-09' })
  await office.goTo('2026-03-06T04:30:00Z')
  expect(
    (await office.site.admin.query('select state from rollout.access_waiver where id = $1', [id])).rows[0].state,
    'not yet midnight in New York',
  ).toBe('agreed')
  await office.goTo('2026-03-06T05:30:00Z')
  const ended = (
    await office.site.admin.query(
      'select w.state, v.expires_on from rollout.access_waiver w join access.separation_waiver v using (id) where w.id = $1',
      [id],
    )
  ).rows[0]
  expect(ended).toEqual({ state: 'ended', expires_on: '2026-03-05' })
  const shown = Object(
    (await office.get(admin, 'rollout.clashes', { role: 'credit-officer', account: wim.id })).body.items,
  )
  expect(
    shown.map((one: { separation: string; waived: boolean; waiver: { valid: boolean } }) => [
      one.separation,
      one.waived,
      one.waiver.valid,
    ]),
  ).toEqual([
    ['SOD-10', false, false],
    ['SOD-24', true, true],
  ])
})
