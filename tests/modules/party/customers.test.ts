// Customers, suppliers, addresses, contacts and terms through their verbs; who may do what with whom.
import { beforeAll, describe, expect, test } from 'vitest'
import { sql, transaction } from '#kernel/db'
import { checkModules } from '#kernel/module'
import { verify } from '#kernel/verify'
import { resolveCustomers, resolveShipTos, resolveSuppliers, unusable } from '#party'
import company from '../../../src/modules/company/module.ts'
import party from '../../../src/modules/party/module.ts'
import { type TestDatabase, testDatabase } from '../../support/database.ts'
import { ALPHA, BETA, contextOf, layCompanies, person } from '../../support/world.ts'
import { at, customersOf } from './people.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
  await layCompanies(db.admin)
  await db.admin.query(
    `insert into party.term (company_id, code, name, due_days, prepaid) values ($1, 'PREPAID', 'First money', 0, true)`,
    [ALPHA],
  )
})

let count = 0
/** A customer who resembles nobody: names and addresses differ in every word. */
const stranger = (given: Record<string, unknown> = {}) => {
  count += 1
  const word = Array.from({ length: 12 }, (_, i) =>
    String.fromCharCode(97 + ((count * 7 + i * i * count + i * 5) % 26)),
  ).join('')
  return { name: word, country: 'US', ...given }
}
const active = async (given: Record<string, unknown> = {}): Promise<string> => {
  const [id] = (await at(db).create('customer.request', [stranger(given)])).ids
  await at(db).use('customer.approve', id ?? '')
  return id ?? ''
}
const customer = (id: string) => at(db).one('select * from party.customer where company_id = 1 and id = $1', [id])
const inAlpha = <Result>(work: Parameters<typeof transaction<Result>>[2]) =>
  transaction(db.kernel.pool, { companies: [ALPHA] }, work)

test('the modules hold together', () => {
  expect(() => checkModules([company, party])).not.toThrow()
})

describe('MDM-02: three people bring a customer in', () => {
  const all = ['party.customer.request', 'party.customer.review-credit', 'party.customer.approve']
  const [clerk, officer, steward] = ['Clerk', 'Officer', 'Steward'].map((name) =>
    contextOf({ principal: person(name, all) }),
  )

  test('a clerk asks, a credit reviewer reviews, a steward approves; nobody does two of the three', async () => {
    const [id = ''] = (await at(db).create('customer.request', [stranger()], clerk)).ids
    await expect(at(db).use('customer.approve', id, {}, steward)).rejects.toMatchObject({
      code: 'CREDIT_REVIEW_MISSING',
    })
    await expect(at(db).use('customer.review-credit', id, {}, clerk)).rejects.toMatchObject({
      code: 'OTHER_PERSON_NEEDED',
    })
    await at(db).use('customer.review-credit', id, { note: 'Two trade references' }, officer)
    await expect(at(db).use('customer.approve', id, {}, officer)).rejects.toMatchObject({ code: 'OTHER_PERSON_NEEDED' })
    await expect(at(db).use('customer.approve', id, {}, clerk)).rejects.toMatchObject({ code: 'OTHER_PERSON_NEEDED' })
    await at(db).use('customer.approve', id, {}, steward)
    expect(await customer(id)).toMatchObject({
      state: 'active',
      note: 'Two trade references',
      requested_by: clerk?.principal.id,
      credit_reviewed_by: officer?.principal.id,
      approved_by: steward?.principal.id,
    })
  })

  test('who pays first needs no credit review, and who changes to terms does', async () => {
    const [id = ''] = (await at(db).create('customer.request', [stranger({ term: 'PREPAID' })], clerk)).ids
    await at(db).use('customer.review-credit', id, {}, officer)
    await at(db).use('customer.change-terms', id, { term: 'NET30' })
    await expect(at(db).use('customer.approve', id, {}, steward)).rejects.toMatchObject({
      code: 'CREDIT_REVIEW_MISSING',
    })
    await at(db).use('customer.change-terms', id, { term: 'PREPAID' })
    await at(db).use('customer.approve', id, {}, steward)
  })

  test('the policy is the same whatever the channel, and a proposal sells nothing', async () => {
    for (const channel of ['import', 'edi', 'api', 'portal'] as const) {
      const [id = ''] = (await at(db).create('customer.request', [stranger()], { channel })).ids
      expect(await customer(id)).toMatchObject({ state: 'proposed' })
      const lines = sql<{
        line: string
        customer_id: string
        ship_to_id: string | null
      }>`select 'L1' as line, ${id}::uuid as customer_id, null::uuid as ship_to_id`
      expect(await inAlpha((tx) => tx.rows(unusable(ALPHA, lines)))).toMatchObject([
        { code: 'CUSTOMER_NOT_ACTIVE', state: 'proposed' },
      ])
    }
  })

  test('a proposal can be turned down, and comes back only as a proposal', async () => {
    const [id = ''] = (await at(db).create('customer.request', [stranger()], clerk)).ids
    await at(db).use('customer.deactivate', id)
    await at(db).use('customer.reactivate', id)
    expect(await customer(id)).toMatchObject({ state: 'proposed', approved_by: null })
  })

  test('blocked and let go again, with a reason each', async () => {
    const id = await active()
    await expect(at(db).use('customer.block', id, {}, { reason: ' ' })).rejects.toMatchObject({ code: 'REASON_NEEDED' })
    await at(db).use('customer.block', id)
    expect(await customer(id)).toMatchObject({ state: 'blocked' })
    await at(db).use('customer.change', id, { class: 'key' })
    expect(await customer(id)).toMatchObject({ state: 'blocked', class: 'key' })
    await at(db).use('customer.unblock', id)
    expect(await customer(id)).toMatchObject({ state: 'active' })
  })
})

describe('requests', () => {
  test('currency, term and tax position come from the company, its settings and the country', async () => {
    await db.admin.query(
      `update company.company set settings = '{"tax-positions": {"DE": "eu"}, "default-payment-term": "PREPAID"}' where id = 1`,
    )
    const answer = await at(db).create('customer.request', [
      stranger(),
      stranger({ country: 'DE' }),
      stranger({ country: 'CH' }),
    ])
    await db.admin.query(`update company.company set settings = '{}' where id = 1`)
    const rows = await at(db).all(
      'select currency, term, tax_position from party.customer where id = any($1) order by id',
      [answer.ids],
    )
    expect(rows.map(({ currency, term, tax_position }) => [currency, term, tax_position])).toEqual([
      ['USD', 'PREPAID', 'domestic'],
      ['USD', 'PREPAID', 'eu'],
      ['USD', 'PREPAID', 'export'],
    ])
  })

  test('a supplier that we know becomes a customer too: one party', async () => {
    const [id = ''] = (await at(db).create('supplier.request', [stranger({ code: 'V-1' })])).ids
    await at(db).use('supplier.approve', id)
    await at(db).create('customer.request', [{ ...stranger({ code: 'C-1' }), id }])
    expect(await at(db).one('select count(*)::int as parties from party.party where id = $1', [id])).toEqual({
      parties: 1,
    })
    const [supplier, known] = await inAlpha((tx) =>
      Promise.all([resolveSuppliers(tx, ALPHA, ['v-1']), resolveCustomers(tx, ALPHA, ['c-1', id])]),
    )
    expect([supplier.get('v-1')?.id, known.get('c-1')?.id, known.get(id)?.id]).toEqual([id, id, id])
    await expect(inAlpha((tx) => resolveSuppliers(tx, ALPHA, ['V-2']))).rejects.toMatchObject({ code: 'UNKNOWN_CODE' })
  })

  test('the id of a party that only another company knows is not taken over', async () => {
    const [id = ''] = (await at(db).create('customer.request', [stranger()], { companyId: BETA })).ids
    await expect(at(db).create('customer.request', [{ ...stranger(), id }])).rejects.toMatchObject({
      code: 'CODE_TAKEN',
    })
  })

  test.each([
    ['a code that is taken', { code: 'TAKEN' }, 'CODE_TAKEN'],
    ['a term that does not exist', { term: 'NEVER' }, 'UNKNOWN_CODE'],
    ['a parent that does not exist', { parent: 'NOBODY' }, 'UNKNOWN_CODE'],
    ['an e-mail address that is none', { email: 'sales at example' }, 'EMAIL_INVALID'],
  ])('%s is refused', async (_, given, code) => {
    if (code === 'CODE_TAKEN') await at(db).create('customer.request', [stranger({ code: 'TAKEN' })])
    await expect(at(db).create('customer.request', [stranger(given)])).rejects.toMatchObject({ code })
  })

  test('two active parties of a country never share a tax number, even across companies', async () => {
    const [first = ''] = (
      await at(db).create('customer.request', [stranger({ taxId: '11-2223334' })], { companyId: BETA })
    ).ids
    await at(db).use('customer.approve', first, {}, { companyId: BETA })
    const [second = ''] = (
      await at(db).create('customer.request', [stranger({ taxId: '11-2223334', code: 'SAME-TAX' })])
    ).ids
    const found = await at(db).one(`select id from party.duplicate where code = 'SAME-TAX'`)
    await at(db).use('duplicate.different', found.id)
    await expect(at(db).use('customer.approve', second)).rejects.toMatchObject({ code: 'TAX_ID_TAKEN' })
  })

  test('ten thousand in one call: written, compared and approved', async () => {
    const words =
      'amber birch cedar delta ember falcon garnet harbor indigo juniper kestrel lumen maple nimbus onyx pearl quartz raven sable topaz'.split(
        ' ',
      )
    const word = (n: number) => words[n % words.length]
    const many = Array.from({ length: 10_000 }, (_, n) => ({
      code: `M${n}`,
      name: `${word(n)}${word(Math.trunc(n / 20))} ${word(Math.trunc(n / 400))}${n.toString(36)} ${n * 7919}`,
      country: 'US',
      postcode: String(10_000 + n),
      street: `${n} ${word(n)} street`,
      phone: `555${String(n * 97).padStart(7, '0')}`,
    }))
    const began = performance.now()
    const answer = await at(db).create('customer.request', many, { channel: 'import' })
    const asked = performance.now()
    await at(db).use('customer.approve', answer.ids)
    const approved = performance.now()
    console.info(`10,000 requests ${Math.round(asked - began)} ms, approvals ${Math.round(approved - asked)} ms`)
    expect(customersOf(answer).filter((one) => one.held)).toEqual([])
    expect(
      await at(db).one(`select count(*)::int as active from party.customer where code like 'M%' and state = 'active'`),
    ).toEqual({ active: 10_000 })
  })
})

describe('MDM-04: hierarchy', () => {
  test('terms set at the top reach everybody below who takes them, and nobody else', async () => {
    await active({ code: 'GROUP', group: 'G1' })
    const [branch, own, deep] = [
      await active({ code: 'BRANCH', parent: 'GROUP', inherits: ['term', 'group'] }),
      await active({ code: 'OWN', parent: 'GROUP', inherits: ['group'], term: 'NET30' }),
      await active({ code: 'DEEP', parent: 'BRANCH', inherits: ['term'] }),
    ]
    const group = (await inAlpha((tx) => resolveCustomers(tx, ALPHA, ['GROUP']))).get('GROUP')?.id ?? ''
    expect(await customer(branch)).toMatchObject({ term: 'NET30', group_code: 'G1' })
    const answer = await at(db).use('customer.change-terms', group, { term: 'PREPAID' })
    expect(answer.result).toEqual({ inherited: 2 })
    await at(db).use('customer.change', group, { group: 'G2' })
    expect([await customer(branch), await customer(own), await customer(deep)]).toMatchObject([
      { term: 'PREPAID', group_code: 'G2' },
      { term: 'NET30', group_code: 'G2' },
      { term: 'PREPAID', group_code: null },
    ])
    const tree = party.queries.find((one) => one.name === 'party.customer-tree')
    const rows = (await tree?.ask<{ code: string; depth: number }>(db.kernel, contextOf(), { customer: deep })) ?? []
    expect(rows.map((row) => `${row.depth} ${row.code}`)).toEqual(['0 GROUP', '1 BRANCH', '2 DEEP', '1 OWN'])
  })

  test('a term of one’s own ends taking it from above', async () => {
    await active({ code: 'UP', term: 'PREPAID' })
    const low = await active({ code: 'LOW', parent: 'UP', inherits: ['term', 'currency'] })
    await at(db).use('customer.change-terms', low, { term: 'NET30' })
    expect(await customer(low)).toMatchObject({ term: 'NET30', inherits: ['currency'] })
  })

  test('a circle is refused, and leaving the group is not', async () => {
    const a = await active({ code: 'CIRCLE-A' })
    const b = await active({ code: 'CIRCLE-B', parent: 'CIRCLE-A' })
    await expect(at(db).use('customer.change', a, { parent: 'CIRCLE-B' })).rejects.toMatchObject({
      code: 'PARENT_CYCLE',
    })
    await expect(at(db).use('customer.change', a, { parent: 'CIRCLE-A' })).rejects.toMatchObject({
      code: 'PARENT_CYCLE',
    })
    await at(db).use('customer.change', b, { parent: '' })
    await at(db).use('customer.change', a, { parent: 'CIRCLE-B' })
  })

  test('two who would close a circle at the same moment: one of them is refused', async () => {
    const a = await active({ code: 'RACE-A' })
    const b = await active({ code: 'RACE-B' })
    const ends = await Promise.allSettled([
      at(db).use('customer.change', a, { parent: 'RACE-B' }),
      at(db).use('customer.change', b, { parent: 'RACE-A' }),
    ])
    expect(ends.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
  })
})

describe('MDM-05: delivery addresses', () => {
  test('several at one customer, by code, with all that a delivery needs; a closed one is refused', async () => {
    const id = await active({ code: 'SITES' })
    const delivery = {
      gln: '4012345000016',
      route: 'R7',
      carrier: 'DHL',
      opensAt: '07:00',
      closesAt: '15:30',
      receivingNote: 'Tail lift',
      taxPosition: 'export',
      transitDays: 2,
    }
    const [one = '', two = ''] = (
      await at(db).create('ship-to.add', [
        { customer: 'SITES', code: 'ONE', name: 'One', country: 'US', ...delivery },
        { customer: id, code: 'TWO', name: 'Two', country: 'CA' },
      ])
    ).ids
    const found = await inAlpha((tx) =>
      resolveShipTos(tx, ALPHA, [
        { customer: 'sites', ref: 'two' },
        { customer: id, ref: one },
      ]),
    )
    expect(found).toMatchObject([
      { id: two, customerId: id },
      { id: one, code: 'ONE' },
    ])
    expect(await at(db).one('select * from party.v_ship_to where id = $1', [one])).toMatchObject({
      route: 'R7',
      carrier: 'DHL',
      opens_at: '07:00:00',
      tax_position: 'export',
    })
    await at(db).use('ship-to.change', two, { city: 'Ottawa', transitDays: 4 })
    await at(db).use('ship-to.close', two)
    const other = await active()
    const lines = sql<{ line: string; customer_id: string; ship_to_id: string | null }>`select * from (values
      ('ok', ${id}::uuid, ${one}::uuid), ('closed', ${id}::uuid, ${two}::uuid), ('of another', ${other}::uuid, ${one}::uuid), ('none', ${id}::uuid, null::uuid)) as l (line, customer_id, ship_to_id)`
    const bad = await inAlpha((tx) => tx.rows(unusable(ALPHA, lines)))
    expect(bad.map(({ line, code }) => [line, code])).toEqual([
      ['closed', 'SHIP_TO_CLOSED'],
      ['of another', 'SHIP_TO_OF_ANOTHER'],
    ])
    await at(db).use('ship-to.reopen', two)
    expect(await inAlpha((tx) => tx.rows(unusable(ALPHA, lines)))).toHaveLength(1)
  })

  test('codes are the customer’s own, hours run forward, and customers must exist', async () => {
    await active({ code: 'HOURS' })
    const input = { customer: 'HOURS', code: 'A', name: 'A', country: 'US' }
    const [id = ''] = (await at(db).create('ship-to.add', [{ ...input, opensAt: '08:00' }])).ids
    await expect(at(db).create('ship-to.add', [input])).rejects.toMatchObject({ code: 'CODE_TAKEN' })
    await expect(at(db).create('ship-to.add', [{ ...input, customer: 'NOBODY' }])).rejects.toMatchObject({
      code: 'UNKNOWN_CODE',
    })
    await expect(
      at(db).create('ship-to.add', [{ ...input, code: 'B', opensAt: '16:00', closesAt: '08:00' }]),
    ).rejects.toMatchObject({ code: 'SHIP_TO_HOURS' })
    await expect(at(db).use('ship-to.change', id, { closesAt: '07:00' })).rejects.toMatchObject({
      code: 'SHIP_TO_HOURS',
    })
    await expect(inAlpha((tx) => resolveShipTos(tx, ALPHA, [{ customer: 'SITES', ref: 'A' }]))).rejects.toMatchObject({
      code: 'UNKNOWN_CODE',
    })
  })
})

describe('suppliers, contacts and terms', () => {
  test('a supplier is asked for, approved by somebody else, changed and blocked', async () => {
    const all = ['party.supplier.request', 'party.supplier.approve']
    const clerk = contextOf({ principal: person('Clerk', all) })
    const [id = ''] = (await at(db).create('supplier.request', [stranger({ code: 'SUP', leadTimeDays: 10 })], clerk))
      .ids
    await expect(at(db).use('supplier.approve', id, {}, clerk)).rejects.toMatchObject({ code: 'OTHER_PERSON_NEEDED' })
    await at(db).use('supplier.approve', id, {}, contextOf({ principal: person('Steward', all) }))
    await at(db).use('supplier.change', id, { leadTimeDays: 3, city: 'Gary', currency: 'EUR' })
    await at(db).use('supplier.block', id)
    await at(db).use('supplier.unblock', id)
    await at(db).use('supplier.deactivate', id)
    await at(db).use('supplier.reactivate', id)
    expect(await at(db).one(`select state, lead_time_days, currency from party.supplier where code = 'SUP'`)).toEqual({
      state: 'proposed',
      lead_time_days: 3,
      currency: 'EUR',
    })
    expect(await at(db).one('select city from party.party where id = $1', [id])).toEqual({ city: 'Gary' })
  })

  test('a bank account changes with a reason, and is taken away by nothing', async () => {
    const id = await active()
    await expect(at(db).use('customer.change-bank', id, { bankAccount: 'X1' }, { reason: '' })).rejects.toMatchObject({
      code: 'REASON_NEEDED',
    })
    await at(db).use('customer.change-bank', id, { bankAccount: 'US 0011 2233' })
    expect(await customer(id)).toMatchObject({ bank_account: 'US 0011 2233' })
    await at(db).use('customer.change-bank', id, { bankAccount: '' })
    expect(
      await at(db).one(
        'select c.bank_account, p.bank_hash from party.customer c join party.party p using (id) where id = $1',
        [id],
      ),
    ).toEqual({ bank_account: null, bank_hash: null })
  })

  test('contacts are added, changed and removed', async () => {
    await active({ code: 'PEOPLE' })
    const [id = ''] = (
      await at(db).create('contact.add', [{ party: 'people', name: 'Bo', email: 'bo@example.org', role: 'Buyer' }])
    ).ids
    await at(db).use('contact.change', id, { email: '', phone: '555 0100' })
    await at(db).use('contact.remove', id)
    expect(await at(db).one('select name, email, phone, state from party.contact where id = $1', [id])).toEqual({
      name: 'Bo',
      email: null,
      phone: '555 0100',
      state: 'removed',
    })
    await expect(at(db).create('contact.add', [{ party: 'NOBODY', name: 'Bo' }])).rejects.toMatchObject({
      code: 'UNKNOWN_CODE',
    })
  })

  test('a closed term stays with who has it and is given to nobody new', async () => {
    const [id = ''] = (
      await at(db).create('term.create', [
        { code: '2-10', name: '2 % in 10 days', dueDays: 30, discountPercent: '2', discountDays: 10 },
      ])
    ).ids
    await at(db).use('term.change', id, { dueDays: 45 })
    const had = await active({ term: '2-10' })
    await at(db).use('term.close', id)
    expect(await customer(had)).toMatchObject({ term: '2-10' })
    await expect(active({ term: '2-10' })).rejects.toMatchObject({ code: 'TERM_CLOSED' })
    await expect(at(db).create('supplier.request', [stranger({ term: '2-10' })])).rejects.toMatchObject({
      code: 'TERM_CLOSED',
    })
    await expect(
      at(db).create('term.create', [{ code: 'ODD', name: 'Odd', dueDays: 5, discountDays: 10 }]),
    ).rejects.toMatchObject({ code: 'TERM_DAYS' })
    await expect(at(db).create('term.create', [{ code: 'NET30', name: 'Again' }])).rejects.toMatchObject({
      code: 'CODE_TAKEN',
    })
  })
})

test('the invariants hold after all of this, and see what was planted', async () => {
  const failing = async () =>
    (await verify(db.kernel.pool, [ALPHA, BETA], party.invariants)).checks.filter((one) => !one.ok).map((one) => one.id)
  expect(await failing()).toEqual([])
  await db.admin.query(`update party.customer set term = 'NET30' where code = 'BRANCH'`)
  await db.admin.query(
    `update party.party set state = 'inactive' where id = (select id from party.customer where code = 'SITES')`,
  )
  await db.admin.query(
    `update party.party set parent_id = (select id from party.customer where code = 'DEEP') where id = (select id from party.customer where code = 'GROUP')`,
  )
  expect(await failing()).toEqual(['PARTY-1', 'PARTY-2', 'PARTY-3'])
})
