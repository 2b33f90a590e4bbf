// MDM-01: duplicates are found at creation, in every channel and every company, and a steward decides.
import { readFileSync } from 'node:fs'
import { parse as parseCsv } from 'csv-parse/sync'
import { beforeAll, describe, expect, test } from 'vitest'
import { parse as parseYaml } from 'yaml'
import party from '../../../src/modules/party/module.ts'
import { type TestDatabase, testDatabase } from '../../support/database.ts'
import { ALPHA, BETA, contextOf, layCompanies, person } from '../../support/world.ts'
import { at, customersOf } from './people.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
  await layCompanies(db.admin)
})

const demo = new URL('../../../template/demo/', import.meta.url)
type Row = Record<'code' | 'name' | 'tax_id' | 'street' | 'city' | 'postcode' | 'country' | 'phone' | 'email', string>
const request = (row: Row) => ({
  code: row.code,
  name: row.name,
  country: row.country,
  taxId: row.tax_id,
  street: row.street,
  city: row.city,
  postcode: row.postcode,
  phone: row.phone,
  email: row.email,
})

describe('MDM-01: the customers of the demo', () => {
  const rows: Row[] = parseCsv(readFileSync(new URL('customers.csv', demo)), { columns: true })
  const { pairs } = parseYaml(readFileSync(new URL('planted-duplicates.yaml', demo), 'utf8')) as {
    pairs: { customer: string; 'looks-like': string; expect: 'blocked' | 'warned' }[]
  }
  const planted = new Set(pairs.map((pair) => pair.customer))

  test('234 different customers come in with no false alarm at all', async () => {
    const honest = rows.filter((row) => !planted.has(row.code))
    const answer = await at(db).create('customer.request', honest.map(request), { channel: 'import' })
    expect(customersOf(answer).filter((one) => one.resembles.length > 0)).toEqual([])
    expect(answer.ids).toHaveLength(234)
    await at(db).use('customer.approve', answer.ids)
  })

  test.each(pairs.map((pair) => [pair.customer, pair['looks-like'], pair.expect] as const))(
    '%s, which looks like %s, is %s',
    async (code, known, expected) => {
      const row = rows.find((one) => one.code === code)
      const [asked] = customersOf(await at(db).create('customer.request', [request(row as Row)], { channel: 'edi' }))
      expect(asked?.held).toBe(expected === 'blocked')
      // The last pair is two companies that are really two: nothing but two common words of their names is alike.
      if (code !== 'C00240') expect(asked?.resembles[0]).toMatchObject({ who: known })
      const cases = await at(db).all('select channel, state from party.duplicate where code = $1', [code])
      expect(cases).toEqual(expected === 'blocked' ? [{ channel: 'edi', state: 'open' }] : [])
      const approval = at(db).use('customer.approve', asked?.id ?? '')
      if (expected === 'blocked') await expect(approval).rejects.toMatchObject({ code: 'DUPLICATE_OPEN' })
      else await expect(approval).resolves.toBeDefined()
    },
  )

  test('two alike in one file are held as well', async () => {
    const twin = {
      name: 'Twin Peaks Lumber Ltd',
      country: 'US',
      phone: '+1 206 555 0188',
      postcode: '98045',
      street: '1 Mill Road',
    }
    const answer = await at(db).create('customer.request', [
      { ...twin, code: 'TWIN1' },
      { ...twin, code: 'TWIN2', name: 'TWIN PEAKS LUMBER' },
    ])
    expect(customersOf(answer).map((one) => [one.code, one.held, one.resembles[0]?.who])).toEqual([
      ['TWIN1', false, undefined],
      ['TWIN2', true, 'TWIN1'],
    ])
  })
})

test('MDM-01: five who bring in the same party at the same moment: the first is clear, four wait for the steward', async () => {
  const same = {
    name: 'Simultaneous Springs Inc',
    country: 'US',
    phone: '+1 303 555 0177',
    street: '9 Coil Road',
    postcode: '80202',
  }
  const answers = await Promise.all(
    Array.from({ length: 5 }, (_, n) =>
      at(db).create('customer.request', [{ ...same, code: `SIM${n}` }], { companyId: n % 2 ? ALPHA : BETA }),
    ),
  )
  expect(answers.map((answer) => customersOf(answer)[0]?.held).sort()).toEqual([false, true, true, true, true])
})

describe('MDM-01: what decides', () => {
  const base = { name: 'Quellwasser Nord GmbH', country: 'DE', street: 'Am Brunnen 3', postcode: '24103', city: 'Kiel' }
  beforeAll(async () => {
    const known = {
      ...base,
      code: 'QN',
      taxId: 'DE 123 456 789',
      phone: '0431 / 555 0101',
      duns: '123456789',
      gln: '4012345000009',
      bankAccount: 'DE89 3704 0044 0532 0130 00',
    }
    await at(db).create('customer.request', [known])
  })

  test.each([
    [
      'the tax number, however it is written',
      { name: 'Anders', country: 'DE', taxId: 'DE-123456789' },
      true,
      ['tax id'],
    ],
    ['the DUNS number', { name: 'Anders', country: 'US', duns: '123456789' }, true, ['DUNS']],
    ['the GLN', { name: 'Anders', country: 'US', gln: '4012345000009' }, true, ['GLN']],
    [
      'the bank account, with other spaces',
      { name: 'Anders', country: 'DE', bankAccount: 'de89370400440532013000' },
      true,
      ['bank account'],
    ],
    [
      'name and address',
      { ...base, name: 'quellwasser nord', street: 'Am Brunnen 3a' },
      true,
      ['name', 'address', 'postcode'],
    ],
    [
      'name and telephone',
      { name: 'Quellwasser-Nord', country: 'DE', phone: '+49 431 5550101' },
      true,
      ['name', 'phone'],
    ],
    ['the name alone', { name: 'Quellwasser Nord', country: 'DE' }, false, ['name']],
  ])('%s', async (_, input, held, evidence) => {
    const dry = contextOf({ dryRun: true })
    const [asked] = customersOf(await at(db).create('customer.request', [input], dry))
    expect(asked?.held).toBe(held)
    expect(asked?.resembles.find((one) => one.who === 'QN')?.evidence).toEqual(expect.arrayContaining(evidence))
  })

  test('a name in another country with nothing else in common is nobody', async () => {
    const [asked] = customersOf(
      await at(db).create('customer.request', [{ name: 'Quellwasser Süd', country: 'AT' }], { dryRun: true }),
    )
    expect(asked?.resembles).toEqual([])
  })

  test('thresholds come from the settings of the company', async () => {
    await db.admin.query(
      `update company.company set settings = '{"duplicate-customer-thresholds": {"warn-percent": 50, "block-percent": 80}}' where id = $1`,
      [ALPHA],
    )
    const [asked] = customersOf(
      await at(db).create('customer.request', [{ name: 'Quellwasser Nord', country: 'DE' }], { dryRun: true }),
    )
    await db.admin.query(`update company.company set settings = '{}' where id = $1`, [ALPHA])
    expect(asked?.held).toBe(true)
  })

  test('renaming somebody into somebody else is noticed as well', async () => {
    const [stranger] = customersOf(
      await at(db).create('customer.request', [{ name: 'Anonymous', country: 'DE', code: 'ANON' }]),
    )
    const answer = await at(db).use('customer.change', stranger?.id ?? '', {
      name: base.name,
      street: base.street,
      postcode: base.postcode,
    })
    expect(customersOf(answer)[0]).toMatchObject({ held: true, resembles: [{ who: 'QN' }] })
    await expect(at(db).use('customer.approve', stranger?.id ?? '')).rejects.toMatchObject({ code: 'DUPLICATE_OPEN' })
  })

  test('a supplier is compared with customers, and an account with every account', async () => {
    const answer = await at(db).create('supplier.request', [{ ...base, code: 'QNS' }], { dryRun: true })
    expect(answer.result).toMatchObject({
      suppliers: [{ held: true, resembles: expect.arrayContaining([expect.objectContaining({ who: 'QN' })]) }],
    })
    const [supplier] = (await at(db).create('supplier.request', [{ name: 'Honest Metal', country: 'US', code: 'HM' }]))
      .ids
    const changed = await at(db).use('supplier.change-bank', supplier ?? '', { bankAccount: 'DE89370400440532013000' })
    expect(changed.result).toMatchObject({
      suppliers: [{ held: true, resembles: [{ who: 'QN', evidence: ['bank account'] }] }],
    })
  })

  test('nobody reads the account in the audit trail', async () => {
    const leaf = await at(db).one(`select count(*)::int as leaves from kernel.audit where payload ilike '%DE89%3704%'`)
    expect(leaf).toEqual({ leaves: 0 })
  })
})

describe('MDM-01: across companies', () => {
  const secret = { name: 'Nordlicht Optik AG', country: 'DE', taxId: 'DE999000111', code: 'NL', city: 'Husum' }
  let known: string
  let asked: Awaited<ReturnType<typeof customersOf>>[number] | undefined
  beforeAll(async () => {
    const [id] = (await at(db).create('customer.request', [secret], { companyId: BETA })).ids
    known = id ?? ''
    await at(db).use('customer.approve', known, {}, { companyId: BETA })
    asked = customersOf(
      await at(db).create('customer.request', [{ ...secret, name: 'Nordlicht Optik', code: 'NLA', city: 'Kiel' }]),
    )[0]
  })

  test('the answer says that a party of another company is alike, how much and in what, and neither name nor code', () => {
    expect(asked?.held).toBe(true)
    expect(asked?.resembles).toEqual([
      { score: expect.stringMatching(/^0\.9/), evidence: ['name', 'tax id'], who: null, held: true },
    ])
    expect(JSON.stringify(asked)).not.toContain('NL"')
    expect(JSON.stringify(asked)).not.toContain(known)
  })

  test('the steward sees the legal identity of both, and nothing of the standing with the other company', async () => {
    const queue = party.queries.find((one) => one.name === 'party.duplicate-queue')
    const steward = contextOf({ principal: person('Steward', ['party.duplicate.read']) })
    const rows = (await queue?.ask<Record<string, unknown>>(db.kernel, steward, {})) ?? []
    expect(rows.find((row) => row.proposed_code === 'NLA')).toMatchObject({
      known_name: 'Nordlicht Optik AG',
      known_city: 'Husum',
      known_code: null,
      known_standing: 'of another company',
    })
    const clerk = contextOf({ principal: person('Clerk', ['party.customer.read']) })
    await expect(queue?.ask(db.kernel, clerk, {})).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
  })

  test('same: the party that another company knows becomes our customer too, under the code that we asked for', async () => {
    await at(db).create('ship-to.add', [{ customer: 'NLA', code: 'MAIN', name: 'Main', country: 'DE' }])
    const found = await at(db).one(`select id from party.duplicate where code = 'NLA'`)
    await at(db).use('duplicate.same', found.id)
    expect(
      await at(db).all(
        'select company_id, id, code, state from party.customer where id = any($1) order by company_id',
        [[known, asked?.id]],
      ),
    ).toEqual([
      { company_id: ALPHA, id: known, code: 'NLA', state: 'proposed' },
      { company_id: BETA, id: known, code: 'NL', state: 'active' },
    ])
    expect(await at(db).one('select state, merged_into from party.party where id = $1', [asked?.id])).toEqual({
      state: 'merged',
      merged_into: known,
    })
    expect(
      await at(db).one(`select customer_id from party.ship_to where code = 'MAIN' and company_id = $1`, [ALPHA]),
    ).toEqual({ customer_id: known })
    await at(db).use('customer.approve', known)
  })
})

describe('the steward decides', () => {
  const known = {
    name: 'Harbour Rope Works',
    country: 'GB',
    phone: '+44 20 7946 0001',
    postcode: 'E1 1AA',
    street: '5 Rope Walk',
  }
  let original: string
  beforeAll(async () => {
    const [id] = (await at(db).create('customer.request', [{ ...known, code: 'ROPE' }])).ids
    original = id ?? ''
    await at(db).use('customer.approve', original)
    await at(db).create('ship-to.add', [{ customer: 'ROPE', code: 'S1', name: 'Yard', country: 'GB' }])
  })
  const propose = async (code: string) => {
    const [asked] = customersOf(await at(db).create('customer.request', [{ ...known, code }]))
    const found = await at(db).one('select id from party.duplicate where code = $1 and resembles_id = $2', [
      code,
      original,
    ])
    return { id: asked?.id ?? '', found: found.id as string }
  }

  test('same: addresses and contacts of the proposal go to the customer we have, and the proposal is gone', async () => {
    const { id, found } = await propose('ROPE2')
    await at(db).create('ship-to.add', [{ customer: 'ROPE2', code: 'S1', name: 'Gate', country: 'GB' }])
    await at(db).create('contact.add', [{ party: 'ROPE2', name: 'Ann' }])
    const answer = await at(db).use('duplicate.same', found)
    expect(answer.result).toEqual({ merged: [{ code: 'ROPE2', from: id, into: original }] })
    expect(await at(db).all('select name from party.ship_to where customer_id = $1 order by name', [original])).toEqual(
      [{ name: 'Gate' }, { name: 'Yard' }],
    )
    expect(await at(db).one(`select party_id from party.contact where name = 'Ann'`)).toEqual({ party_id: original })
    expect(await at(db).all(`select 1 from party.customer where code = 'ROPE2'`)).toEqual([])
  })

  test('different: the proposal goes on, and the pair is not asked about again', async () => {
    const { id, found } = await propose('ROPE3')
    await at(db).use('duplicate.different', found)
    await at(db).use('customer.approve', id)
    const answer = await at(db).use('customer.change', id, { phone: known.phone })
    expect(customersOf(answer)[0]?.resembles.map((one) => one.who)).not.toContain('ROPE')
    expect(await at(db).all(`select state from party.duplicate where code = 'ROPE3'`)).toEqual([{ state: 'different' }])
  })

  test('a proposal that has documents is not merged away, and nothing is half done', async () => {
    const { id, found } = await propose('ROPE4')
    await db.admin.query(`insert into tax.code (company_id, code, name) values ($1, 'X', 'x') on conflict do nothing`, [
      ALPHA,
    ])
    await db.admin.query(
      `insert into tax.exemption (company_id, id, customer_id, certificate, valid, code) values ($1, gen_random_uuid(), $2, 'C-1', '[2026-01-01,)', 'X')`,
      [ALPHA, id],
    )
    await expect(at(db).use('duplicate.same', found)).rejects.toMatchObject({
      code: 'PARTY_IN_USE',
      detail: { code: 'ROPE4' },
    })
    expect(await at(db).one('select state from party.party where id = $1', [id])).toEqual({ state: 'proposed' })
  })

  test('somebody active is not merged away either, nor one into two, nor into itself', async () => {
    const raised = await at(db).create('duplicate.raise', [{ proposed: 'ROPE', resembles: 'ROPE3', note: 'Same yard' }])
    await expect(at(db).use('duplicate.same', raised.ids)).rejects.toMatchObject({ code: 'PARTY_IN_USE' })
    await expect(at(db).create('duplicate.raise', [{ proposed: 'ROPE', resembles: 'rope' }])).rejects.toMatchObject({
      code: 'DUPLICATE_ITSELF',
    })
    await expect(at(db).create('duplicate.raise', [{ proposed: 'ROPE', resembles: 'NOBODY' }])).rejects.toMatchObject({
      code: 'UNKNOWN_CODE',
    })
    await expect(at(db).create('duplicate.raise', [{ proposed: 'ROPE', resembles: 'ROPE3' }])).rejects.toMatchObject({
      code: 'CODE_TAKEN',
    })
    const { found } = await propose('ROPE5')
    const [other] = (await at(db).create('duplicate.raise', [{ proposed: 'ROPE5', resembles: 'QN' }])).ids
    await expect(at(db).use('duplicate.same', [found, other ?? ''])).rejects.toMatchObject({ code: 'DUPLICATE_TWICE' })
  })
})
