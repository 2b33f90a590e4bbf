// Access reviews over HTTP: what is listed, who decides, and what lapses when nobody does.
import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#kernel/ids'
import { code, type Office, openOffice, type Person } from './office.ts'

let office: Office
let admin: Person
let finance: Person
let finance2: Person
let sales: Person
let ben: Person
let carl: Person
beforeAll(async () => {
  office = await openOffice()
  admin = await office.hire('Adam', ['administrator'], { companyId: null })
  finance = await office.hire('Fay', ['finance-controller'], { companyId: null })
  finance2 = await office.hire('Finn', ['finance-controller'], { companyId: null })
  sales = await office.hire('Sara', ['sales-manager'])
  ben = await office.hire('Ben', ['order-desk-clerk'])
  carl = await office.hire('Carl', ['order-desk-clerk'])
  await office.hire('Paul', ['warehouse-picker'], { warehouseId: office.site.warehouses.W1 })
  await office.hire('Peer', ['warehouse-picker'], { warehouseId: office.site.warehouses.W2 })
  await office.hire('Bruno', ['order-desk-clerk'], { companyId: 2 })
  const did = (actor: string, document: string, verb: string, at: string) =>
    office.site.admin.query(
      `insert into kernel.audit (id, at, company_id, actor_id, document, document_id, verb, payload, leaf) values ($1, $2, 1, $3, $4, $5, $6, '{}', sha256('x'))`,
      [newId(), at, actor, document, newId(), verb],
    )
  await did(ben.id, 'sales.order', 'confirm', '2026-02-20T10:00:00Z')
  await did(ben.id, 'sales.order', 'draft', '2026-02-26T10:00:00Z')
  await did(carl.id, 'warehouse.shipment', 'ship', '2026-02-27T10:00:00Z')
})

const open = (who: Person, given: object = {}) =>
  office.post(who, 'rollout.access-review.open', { documents: [{ endsOn: '2026-03-13', ...given }] })
const idOf = (answer: { body: Record<string, unknown> }) => String(Object(answer.body.ids)[0])
type Row = {
  grant: string
  name: string
  role: string
  last_used_at: string | null
  outcome: string | null
  mine: boolean
}
const linesOf = async (who: Person, review: string): Promise<Row[]> =>
  Object((await office.get(who, 'rollout.review-lines', { review })).body.items)
const grantOf = async (who: Person, review: string, name: string) =>
  (await linesOf(who, review)).find((one) => one.name === name)?.grant ?? ''
const decide = (who: Person, verb: string, review: string, grants: readonly string[], reason?: string) =>
  office.post(who, verb, { ids: [review], grants, ...(reason ? { reason } : {}) })
const endOf = async (grant: string) =>
  (await office.site.admin.query('select ends_on from access.role_grant where id = $1', [grant])).rows[0]?.ends_on

describe('a review', () => {
  test('SEC-12: lists the grants of its company, role and warehouse with their last use, the longest unused first', async () => {
    const clerks = idOf(await open(admin, { role: 'order-desk-clerk' }))
    expect(
      (await linesOf(sales, clerks)).map((one) => [one.name, one.last_used_at?.slice(0, 10) ?? null, one.mine]),
    ).toEqual(
      [
        ['Ben', '2026-02-26', true],
        ['Carl', null, true],
      ].sort((a, b) => Number(a[1] !== null) - Number(b[1] !== null)),
    )
    const pickers = idOf(await open(admin, { warehouse: office.site.warehouses.W2 }))
    expect((await linesOf(admin, pickers)).map((one) => one.name)).toEqual(['Peer'])
    const all = await linesOf(admin, idOf(await open(admin, {})))
    expect(all.some((one) => one.name === 'Bruno' || one.name === 'Adam')).toBe(false)
    const wide = await linesOf(admin, idOf(await open(admin, { everywhere: true })))
    expect(wide.map((one) => one.name)).toContain('Adam')
  })

  test('SEC-12: is refused where it would be empty, too long or wider than whoever opens it', async () => {
    const local = await office.hire('Lea', ['finance-controller'])
    expect(code(await open(local, { everywhere: true }))).toBe('ACCESS_TOO_WIDE')
    expect(code(await open(admin, { endsOn: '2026-12-31' }))).toBe('ACCESS_DAYS')
    expect(code(await open(admin, { role: 'auditor' }))).toBe('REVIEW_EMPTY')
    expect(code(await open(admin, { role: 'nobody' }))).toBe('ROLE_UNKNOWN')
    const many = Array.from({ length: 21 }, () => ({ endsOn: '2026-03-13' }))
    expect(code(await office.post(admin, 'rollout.access-review.open', { documents: many }))).toBe('TOO_MANY')
  })

  test('SEC-12: is decided by who decides about the role, and nobody decides about himself', async () => {
    const review = idOf(await open(admin, { everywhere: true }))
    const [bens, faysown, adams] = [
      await grantOf(admin, review, 'Ben'),
      await grantOf(admin, review, 'Fay'),
      await grantOf(admin, review, 'Adam'),
    ]
    expect(code(await decide(admin, 'rollout.access-review.confirm', review, [bens]))).toBe('NOT_THE_OWNER')
    expect(code(await decide(admin, 'rollout.access-review.confirm', review, [adams]))).toBe('OWN_ACCESS')
    expect(code(await decide(sales, 'rollout.access-review.confirm', review, [bens]))).toBe('-')
    expect(code(await decide(sales, 'rollout.access-review.confirm', review, [bens])), 'once').toBe('REVIEW_GRANT')
    expect(code(await decide(sales, 'rollout.access-review.confirm', review, [newId()]))).toBe('REVIEW_GRANT')
    expect(
      code(await decide(admin, 'rollout.access-review.confirm', review, [faysown])),
      'administrators decide about controllers',
    ).toBe('-')
    expect(
      code(await decide(finance2, 'rollout.access-review.revoke', review, [adams], 'too much')),
      'the last administrator stays',
    ).toBe('LAST_ADMINISTRATOR')
    expect(code(await decide(finance2, 'rollout.access-review.confirm', review, [adams]))).toBe('-')
    expect(code(await office.post(finance, 'rollout.access-review.close', { ids: [review] }))).toBe('REVIEW_UNDECIDED')
  })

  test('SEC-12: what is revoked works no more within a second, with a leaf on the account', async () => {
    const dora = await office.hire('Dora', ['order-desk-clerk'])
    const review = idOf(await open(admin, { role: 'order-desk-clerk' }))
    expect((await office.get(dora, 'sales.order')).status).toBe(200)
    expect(
      code(await decide(sales, 'rollout.access-review.revoke', review, [await grantOf(sales, review, 'Dora')])),
    ).toBe('REASON_NEEDED')
    expect(
      code(
        await decide(
          sales,
          'rollout.access-review.revoke',
          review,
          [await grantOf(sales, review, 'Dora')],
          'moved to purchasing',
        ),
      ),
    ).toBe('-')
    office.site.clock.now = new Date(office.site.clock.now.getTime() + 1_000)
    expect((await office.get(dora, 'sales.order')).status).not.toBe(200)
    const leaf = await office.site.admin.query(
      `select payload::jsonb as leaf from kernel.audit where document = 'access.account' and verb = 'revoke' and document_id = $1`,
      [dora.id],
    )
    expect(leaf.rows.map((row) => row.leaf.reason)).toEqual(['moved to purchasing'])
  })
})

test('SEC-12: the night after its last day, what nobody confirmed lapses; the last administrator does not', async () => {
  const temp = await office.hire('Tom', ['order-desk-clerk'])
  const gone = await office.hire('Gil', ['order-desk-clerk'])
  const review = idOf(await open(admin, { everywhere: true }))
  const grants = new Map((await linesOf(admin, review)).map((one) => [`${one.name} ${one.role}`, one.grant]))
  const of = (name: string, role = 'order-desk-clerk') => grants.get(`${name} ${role}`) ?? ''
  expect(code(await decide(sales, 'rollout.access-review.confirm', review, [of('Ben')]))).toBe('-')
  await office.site.admin.query('delete from access.role_grant where account_id = $1', [gone.id])
  await office.goTo('2026-03-14T03:00:00Z')
  expect(await endOf(of('Tom')), 'the last day is not over in New York').toBeNull()
  await office.goTo('2026-03-14T04:30:00Z')
  expect([await endOf(of('Tom')), await endOf(of('Ben')), await endOf(of('Adam', 'administrator'))]).toEqual([
    '2026-03-13',
    null,
    null,
  ])
  const outcome = new Map((await linesOf(admin, review)).map((one) => [`${one.name} ${one.role}`, one.outcome]))
  expect([
    outcome.get('Tom order-desk-clerk'),
    outcome.get('Ben order-desk-clerk'),
    outcome.get('Adam administrator'),
    outcome.get('Gil order-desk-clerk'),
  ]).toEqual(['lapsed', 'confirmed', 'kept', 'gone'])
  expect((await office.get(temp, 'sales.order')).status).not.toBe(200)
  const leaves = await office.site.admin.query(
    `select payload::jsonb as leaf from kernel.audit where document = 'access.account' and verb = 'revoke' and document_id = $1`,
    [temp.id],
  )
  expect(leaves.rows.map((row) => [row.leaf.changes.lapsed, row.leaf.changes.grant])).toEqual([[true, of('Tom')]])
  const closed = await office.site.admin.query(
    'select state, count(*)::int from rollout.access_review where ends_on < $1 group by state',
    ['2026-03-14'],
  )
  expect(closed.rows.map((row) => row.state)).toEqual(['closed'])
})
