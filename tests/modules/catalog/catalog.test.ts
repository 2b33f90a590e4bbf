// Items, their units, names and rules, through their verbs.
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { resolveItems } from '#catalog'
import type { Answer, Command } from '#kernel/command'
import type { Context } from '#kernel/context'
import { sql, transaction } from '#kernel/db'
import { newId } from '#kernel/ids'
import { checkModules } from '#kernel/module'
import { convertQuantity } from '#kernel/quantity'
import { invertRational, rational } from '#kernel/rational'
import { verify } from '#kernel/verify'
import catalog from '../../../src/modules/catalog/module.ts'
import company from '../../../src/modules/company/module.ts'
import party from '../../../src/modules/party/module.ts'
import { type TestDatabase, testDatabase } from '../../support/database.ts'
import { ALPHA, BETA, contextOf, layCompanies, person } from '../../support/world.ts'

let db: TestDatabase
let warehouses: Awaited<ReturnType<typeof layCompanies>>['warehouses']
beforeAll(async () => {
  db = await testDatabase()
  warehouses = (await layCompanies(db.admin)).warehouses
  await create('unit.create', [
    { code: 'G', name: 'Gram', dimension: 'mass', whole: false },
    { code: 'LB', name: 'Pound', dimension: 'mass', whole: false },
    { code: 'OZ', name: 'Ounce', dimension: 'mass', whole: false },
    { code: 'PAL', name: 'Pallet', dimension: 'package', whole: true },
  ])
  await create('conversion.set', [
    { from: 'KG', to: 'G', num: 1000, den: 1 },
    { from: 'LB', to: 'KG', num: 45359237, den: 100000000 },
    { from: 'OZ', to: 'LB', num: 2, den: 32 },
  ])
  await create('category.create', [
    { code: 'ALL', name: 'Everything', mandatoryAttributes: ['brand'] },
    { code: 'FAS', name: 'Fasteners', parent: 'ALL', codePattern: 'FAS-[A-Z0-9-]+', mandatoryAttributes: ['thread'] },
    { code: 'FAS-BLT', name: 'Bolts', parent: 'FAS' },
    { code: 'FREE', name: 'No rules' },
  ])
})

const verb = (name: string): Command => {
  const found = [...catalog.commands, ...party.commands].find(
    (one) => one.verb.may === name || one.verb.may === `catalog.${name}`,
  )
  if (!found) throw new Error(`no verb ${name}`)
  return found
}
const create = (name: string, input: unknown, given: Partial<Context> = {}): Promise<Answer> =>
  verb(name).run(db.kernel, contextOf(given), { input })
const use = (
  name: string,
  ids: string | readonly string[],
  input: unknown = {},
  given: Partial<Context> = {},
): Promise<Answer> =>
  verb(name).run(db.kernel, contextOf({ reason: 'Because', ...given }), { ids: [ids].flat(), input })
const one = async (text: string, values: unknown[] = []) => (await db.admin.query(text, values)).rows[0]
const units = async (code: string) =>
  (
    await db.admin.query(
      `select u.unit || ' ' || u.num || '/' || u.den as text from catalog.item_unit u join catalog.item i on i.id = u.item_id where i.code = $1 order by u.unit`,
      [code],
    )
  ).rows.map((row) => row.text)
const inAlpha = <Result>(work: Parameters<typeof transaction<Result>>[2]) =>
  transaction(db.kernel.pool, { companies: [ALPHA] }, work)
const draft = async (given: Record<string, unknown>): Promise<string> =>
  (await create('item.create', [{ name: 'Thing', baseUnit: 'EA', category: 'FREE', ...given }])).ids[0] ?? ''
const moveSomewhere = (itemId: string, companyId: number, warehouse: string) =>
  db.admin.query(
    `insert into inventory.balance (company_id, location_id, item_id, on_hand)
     select $1, id, $2, 1 from inventory.location where company_id = $1 and warehouse_id = $3 and kind = 'stock'`,
    [companyId, itemId, warehouse],
  )

test('the modules hold together', () => {
  expect(() => checkModules([company, party, catalog])).not.toThrow()
})

describe('MDM-09: units are exact', () => {
  test('the base unit, given factors and those of the conversions stand beside each other', async () => {
    await draft({
      code: 'TEA',
      baseUnit: 'G',
      salesUnit: 'LB',
      purchaseUnit: 'KG',
      packUnit: 'BOX',
      units: [{ unit: 'BOX', num: 2500 }],
    })
    // A pound is 453.59237 g; an ounce, 28.349523125 g, would need nine places.
    expect(await units('TEA')).toEqual(['BOX 2500/1', 'G 1/1', 'KG 1000/1', 'LB 45359237/100000'])
    await expect(draft({ code: 'SPICE', baseUnit: 'G', salesUnit: 'OZ' })).rejects.toMatchObject({ code: 'UNIT_LOSSY' })
    await draft({ code: 'SPICE', baseUnit: 'OZ', salesUnit: 'LB' })
    expect(await units('SPICE')).toEqual(['LB 16/1', 'OZ 1/1'])
  })

  test('a unit that six places of the base unit cannot hold is refused, with the factor', async () => {
    await expect(draft({ code: 'TEA-KG', baseUnit: 'KG', salesUnit: 'LB' })).rejects.toMatchObject({
      code: 'UNIT_LOSSY',
      detail: { unit: 'LB', base: 'KG', num: '45359237', den: '100000000' },
    })
    await expect(
      draft({ code: 'EGGS', baseUnit: 'EA', units: [{ unit: 'BOX', num: 25, den: 2 }] }),
    ).rejects.toMatchObject({ code: 'UNIT_LOSSY' })
    expect(await one(`select count(*)::int as items from catalog.item where code in ('TEA-KG', 'EGGS')`)).toEqual({
      items: 0,
    })
  })

  test('a unit that nobody can convert is refused', async () => {
    await expect(draft({ code: 'ODD', baseUnit: 'EA', salesUnit: 'PAL' })).rejects.toMatchObject({
      code: 'UNIT_NO_FACTOR',
      detail: { unit: 'PAL' },
    })
    await expect(draft({ code: 'ODD', baseUnit: 'NONE' })).rejects.toMatchObject({ code: 'UNKNOWN_CODE' })
  })

  test('every whole number of every accepted unit goes to the base unit and back without loss', async () => {
    const rows = (await db.admin.query(`select num, den from catalog.item_unit where den <> 1 or num <> 1`)).rows
    expect(rows.length).toBeGreaterThan(0)
    fc.assert(
      fc.property(fc.constantFrom(...rows), fc.integer({ min: 0, max: 1_000_000 }), ({ num, den }, quantity) => {
        const factor = rational(BigInt(num), BigInt(den))
        expect(convertQuantity(convertQuantity(String(quantity), factor), invertRational(factor))).toBe(
          String(quantity),
        )
      }),
    )
  })

  test('units are added, replaced and taken away, but not one that the item is handled in', async () => {
    const id = await draft({ code: 'NAIL', salesUnit: 'BOX', units: [{ unit: 'BOX', num: 100 }] })
    await use('item.set-units', id, {
      units: [
        { unit: 'BOX', num: 200 },
        { unit: 'PAL', num: 9600 },
      ],
    })
    expect(await units('NAIL')).toEqual(['BOX 200/1', 'EA 1/1', 'PAL 9600/1'])
    await use('item.set-units', id, { remove: ['PAL'] })
    expect(await units('NAIL')).toEqual(['BOX 200/1', 'EA 1/1'])
    await expect(use('item.set-units', id, { remove: ['BOX'] })).rejects.toMatchObject({ code: 'UNIT_IN_USE' })
    await expect(use('item.set-units', id, { remove: ['EA'] })).rejects.toMatchObject({ code: 'UNIT_IN_USE' })
  })

  test('a conversion is between two units, once, in whichever direction; a unit can be renamed only', async () => {
    await expect(create('conversion.set', [{ from: 'G', to: 'G', num: 1, den: 1 }])).rejects.toMatchObject({
      code: 'UNIT_CIRCLE',
    })
    await expect(create('conversion.set', [{ from: 'G', to: 'KG', num: 1, den: 1000 }])).rejects.toMatchObject({
      code: 'CODE_TAKEN',
    })
    const [id = ''] = (await create('conversion.set', [{ from: 'OZ', to: 'G', num: 28, den: 1 }])).ids
    await use('conversion.withdraw', id)
    const unit = await one(`select id from catalog.unit where code = 'PAL'`)
    await use('unit.change', unit.id, { name: 'Euro pallet' })
    expect(await one(`select name from catalog.v_unit where code = 'PAL'`)).toEqual({ name: 'Euro pallet' })
  })
})

describe('MDM-07: an item is active only when it is coded', () => {
  test.each([
    ['no category', { code: 'X-1', category: undefined }, ['it has no category']],
    [
      'a code that does not fit the pattern of the node above',
      { code: 'BOLT-1', category: 'FAS-BLT', attributes: { brand: 'B', thread: 'M6' } },
      ['its code does not fit the pattern FAS-[A-Z0-9-]+ of its category'],
    ],
    [
      'attributes missing, of every node above',
      { code: 'FAS-1', category: 'FAS-BLT', attributes: { thread: ' ' } },
      ['the attribute brand is not filled', 'the attribute thread is not filled'],
    ],
  ])('%s', async (_, given, problems) => {
    const [id = ''] = (
      await create('item.create', [JSON.parse(JSON.stringify({ name: 'Thing', baseUnit: 'EA', ...given }))])
    ).ids
    await expect(use('item.activate', id)).rejects.toMatchObject({
      code: 'ITEM_NOT_CODED',
      detail: { items: [{ code: given.code, problems }] },
    })
    expect(await one('select state from catalog.item where id = $1', [id])).toEqual({ state: 'draft' })
  })

  test('what fits is activated, and cannot be changed into what does not fit', async () => {
    const id = await draft({ code: 'FAS-M6-20', category: 'FAS-BLT', attributes: { brand: 'Fix', thread: 'M6' } })
    await use('item.activate', id)
    await expect(use('item.change', id, { attributes: { thread: null } })).rejects.toMatchObject({
      code: 'ITEM_NOT_CODED',
    })
    await use('item.change', id, {
      attributes: { head: 'hex' },
      class: 'A',
      standardCost: '0.0504',
      taxClass: 'reduced',
      name: 'Bolt M6',
    })
    expect(await one('select state, class, standard_cost, attributes from catalog.item where id = $1', [id])).toEqual({
      state: 'active',
      class: 'A',
      standard_cost: '0.0504',
      attributes: { brand: 'Fix', thread: 'M6', head: 'hex' },
    })
  })

  test('a set is activated as a whole or not at all', async () => {
    const [good, bad] = [await draft({ code: 'GOOD' }), await draft({ code: 'FAS bad', category: 'FAS' })]
    await expect(use('item.activate', [good, bad])).rejects.toMatchObject({ code: 'ITEM_NOT_CODED' })
    expect(await one('select state from catalog.item where id = $1', [good])).toEqual({ state: 'draft' })
  })
})

describe('MDM-08: one taxonomy', () => {
  test('only who may in every company changes the tree; a site adds attributes to leaves', async () => {
    const local = contextOf({
      principal: person('Site', [
        'catalog.category.create',
        'catalog.category.change',
        'catalog.category.retire',
        'catalog.leaf-attribute.add',
      ]),
    })
    await expect(create('category.create', [{ code: 'MINE', name: 'Mine' }], local)).rejects.toMatchObject({
      code: 'ENTERPRISE_ONLY',
    })
    const leaf = await one(`select id from catalog.category where code = 'FAS-BLT'`)
    await expect(use('category.change', leaf.id, { name: 'Mine' }, local)).rejects.toMatchObject({
      code: 'ENTERPRISE_ONLY',
    })
    await expect(use('category.retire', leaf.id, {}, local)).rejects.toMatchObject({ code: 'ENTERPRISE_ONLY' })
    await expect(create('leaf-attribute.add', [{ category: 'FAS', attribute: 'shelf' }], local)).rejects.toMatchObject({
      code: 'CATEGORY_NOT_LEAF',
    })
    await expect(create('leaf-attribute.add', [{ category: 'NONE', attribute: 'shelf' }], local)).rejects.toMatchObject(
      { code: 'UNKNOWN_CODE' },
    )
    const [id = ''] = (await create('leaf-attribute.add', [{ category: 'FAS-BLT', attribute: 'shelf' }], local)).ids
    await expect(
      create('leaf-attribute.add', [{ category: 'FAS-BLT', attribute: 'shelf' }], local),
    ).rejects.toMatchObject({ code: 'CODE_TAKEN' })
    await use('leaf-attribute.remove', id)
  })

  test('no circle, no broken pattern, no retiring of what is used', async () => {
    const find = async (code: string) =>
      (await one('select id from catalog.category where code = $1', [code])).id as string
    await expect(use('category.change', await find('ALL'), { parent: 'FAS-BLT' })).rejects.toMatchObject({
      code: 'CATEGORY_CYCLE',
    })
    await expect(use('category.change', await find('FREE'), { codePattern: '[A-' })).rejects.toMatchObject({
      code: 'PATTERN_INVALID',
    })
    await expect(create('category.create', [{ code: 'BAD', name: 'Bad', codePattern: '(' }])).rejects.toMatchObject({
      code: 'PATTERN_INVALID',
    })
    await expect(create('category.create', [{ code: 'BAD', name: 'Bad', parent: 'NOWHERE' }])).rejects.toMatchObject({
      code: 'UNKNOWN_CODE',
    })
    await expect(use('category.retire', await find('FAS'))).rejects.toMatchObject({ code: 'CATEGORY_IN_USE' })
    await expect(use('category.retire', await find('FAS-BLT'))).rejects.toMatchObject({
      code: 'CATEGORY_IN_USE',
      detail: { what: 'items' },
    })
    const [id = ''] = (await create('category.create', [{ code: 'GONE', name: 'Gone', parent: 'ALL' }])).ids
    await use('category.change', id, { name: 'Going', parent: '', mandatoryAttributes: [] })
    await use('category.retire', id)
    const item = await draft({ code: 'LATE', category: 'GONE' })
    await expect(use('item.activate', item)).rejects.toMatchObject({ code: 'ITEM_NOT_CODED' })
  })
})

describe('MDM-14: what stock is counted in stays', () => {
  test.each([
    ['kind', { kind: 'service' }],
    ['base unit', { baseUnit: 'KG' }],
    ['tracking', { tracking: 'lot' }],
    ['costing', { costing: 'fifo' }],
  ])('%s cannot change once the item has moved, in whichever company', async (what, change) => {
    const id = await draft({ code: `MOVED ${what}` })
    await use('item.change', id, { tracking: 'none' })
    await moveSomewhere(id, BETA, warehouses.W3)
    await expect(use('item.change', id, change)).rejects.toMatchObject({ code: 'ITEM_HAS_MOVEMENTS', detail: { what } })
    await use('item.change', id, { baseUnit: 'EA', kind: 'stock', name: 'Same as before' })
  })

  test('before it has moved it can, and a new base unit takes the old factors away', async () => {
    const id = await draft({ code: 'FRESH', salesUnit: 'BOX', units: [{ unit: 'BOX', num: 12 }] })
    await expect(use('item.change', id, { baseUnit: 'G' })).rejects.toMatchObject({
      code: 'UNIT_NO_FACTOR',
      detail: { unit: 'BOX', base: 'G' },
    })
    await use('item.change', id, { baseUnit: 'G', units: [{ unit: 'BOX', num: 750 }] })
    expect(await units('FRESH')).toEqual(['BOX 750/1', 'G 1/1'])
  })

  test('a successor takes over everything but what had to change, once', async () => {
    const id = await draft({
      code: 'OLD',
      category: 'FREE',
      attributes: { colour: 'red' },
      salesUnit: 'BOX',
      units: [{ unit: 'BOX', num: 10 }],
      taxClass: 'reduced',
    })
    await draft({ code: 'STANDIN' })
    await create('substitute.add', [{ item: 'OLD', substitute: 'STANDIN' }])
    await use('item.activate', id)
    await moveSomewhere(id, ALPHA, warehouses.W1)
    const [next = ''] = (await create('item.successor', [{ item: 'OLD', code: 'NEW', tracking: 'lot' }])).ids
    expect(
      await one('select code, tracking, tax_class, attributes, sales_unit, state from catalog.item where id = $1', [
        next,
      ]),
    ).toEqual({
      code: 'NEW',
      tracking: 'lot',
      tax_class: 'reduced',
      attributes: { colour: 'red' },
      sales_unit: 'BOX',
      state: 'draft',
    })
    expect(await units('NEW')).toEqual(['BOX 10/1', 'EA 1/1'])
    expect(await one('select count(*)::int as n from catalog.v_substitute where item_id = $1', [next])).toEqual({
      n: 1,
    })
    expect(await one('select successor_id, state from catalog.item where id = $1', [id])).toEqual({
      successor_id: next,
      state: 'active',
    })
    await expect(create('item.successor', [{ item: 'OLD', code: 'NEWER' }])).rejects.toMatchObject({
      code: 'ITEM_HAS_SUCCESSOR',
    })
    await use('item.activate', next)
    await use('item.make-obsolete', id)
    const [another = ''] = (await create('item.successor', [{ item: 'NEW', code: 'NEWEST', baseUnit: 'G' }])).ids
    expect(await one('select base_unit, sales_unit from catalog.item where id = $1', [another])).toEqual({
      base_unit: 'G',
      sales_unit: 'G',
    })
    await use('item.make-obsolete', next, { successor: 'STANDIN' })
    await use('item.deactivate', id)
    expect(await one('select state from catalog.item where id = $1', [id])).toEqual({ state: 'inactive' })
  })
})

describe('MDM-06: one name, one item', () => {
  let cup: string
  let mug: string
  let customer: string
  beforeAll(async () => {
    cup = await draft({ code: 'CUP', units: [{ unit: 'BOX', num: 6 }] })
    mug = await draft({ code: 'MUG' })
    customer =
      (
        await create('party.customer.request', [
          { code: 'CAFE', name: 'Café Zwirbel', country: 'US' },
          { code: 'BAR', name: 'Oyster Bar', country: 'US' },
        ])
      ).ids[0] ?? ''
    await create('party.supplier.request', [{ code: 'POT', name: 'Kilnworks Pottery', country: 'US' }])
    await create('cross-reference.add', [
      { scope: 'gtin', code: '4006381333931', item: 'CUP' },
      { scope: 'gtin', code: '036000291452', item: 'CUP', unit: 'BOX' },
      { scope: 'customer', party: 'CAFE', code: 'c-77', item: 'CUP' },
      { scope: 'customer', party: 'BAR', code: 'C-77', item: 'MUG' },
      { scope: 'supplier', party: 'POT', code: 'P 9', item: 'MUG' },
      { scope: 'manufacturer', code: 'MPN/1', item: 'MUG' },
      { scope: 'legacy', code: 'OLDCUP', item: 'CUP' },
    ])
  })
  const resolve = (code: string, party?: string) =>
    inAlpha(async (tx) => {
      const partyId = party
        ? ((
            await tx.first(
              sql<{
                id: string
              }>`select id from party.customer where code = ${party} union select id from party.supplier where code = ${party}`,
            )
          )?.id ?? null)
        : null
      return (await resolveItems(tx, [{ code, partyId, line: 'Line 7' }]))[0]
    })

  test.each([
    ['cup', undefined, 'CUP', undefined],
    ['4006381333931', undefined, 'CUP', undefined],
    ['04006381333931', undefined, 'CUP', undefined],
    ['036000291452', undefined, 'CUP', 'BOX'],
    ['0036000291452', undefined, 'CUP', 'BOX'],
    ['C-77', 'CAFE', 'CUP', undefined],
    ['c-77', 'BAR', 'MUG', undefined],
    ['p 9', 'POT', 'MUG', undefined],
    ['mpn/1', undefined, 'MUG', undefined],
    ['oldcup', 'CAFE', 'CUP', undefined],
  ])('%s of %s is %s in %s', async (code, whose, expected, unit) => {
    const found = await resolve(code, whose)
    expect([found?.code, found?.unit]).toEqual([expected, unit])
  })

  test('ids pass through, and ten thousand codes are one statement', async () => {
    const found = await inAlpha((tx) =>
      resolveItems(tx, [{ code: cup }, ...Array.from({ length: 9_999 }, () => ({ code: 'OLDCUP' }))]),
    )
    expect(new Set(found.map((each) => each.itemId))).toEqual(new Set([cup]))
  })

  test('a number of another customer, or of nobody, is unknown, and the refusal names code and line', async () => {
    await expect(resolve('C-77')).rejects.toMatchObject({
      code: 'ITEM_UNKNOWN',
      message: expect.stringMatching(/Line 7.*C-77/),
    })
    await expect(resolve(newId())).rejects.toMatchObject({ code: 'ITEM_UNKNOWN' })
  })

  test('a code that means two items is refused with both, and one that means two units as well', async () => {
    await create('cross-reference.add', [
      { scope: 'customer', party: 'CAFE', code: 'MUG', item: 'CUP' },
      { scope: 'legacy', code: '4006381333931', item: 'CUP', unit: 'BOX' },
      { scope: 'manufacturer', code: '4006381333931', item: 'CUP', unit: 'EA' },
    ])
    await expect(resolve('mug', 'CAFE')).rejects.toMatchObject({
      code: 'ITEM_AMBIGUOUS',
      detail: { matches: 'CUP and MUG' },
    })
    expect((await resolve('mug', 'BAR'))?.itemId).toBe(mug)
    await expect(resolve('4006381333931')).rejects.toMatchObject({
      code: 'ITEM_AMBIGUOUS',
      detail: { matches: 'CUP in BOX and CUP in EA' },
    })
  })

  test('unique per scope; free again when removed', async () => {
    const again = { scope: 'legacy', code: 'oldcup', item: 'MUG' }
    await expect(create('cross-reference.add', [again])).rejects.toMatchObject({
      code: 'CROSS_REFERENCE_TAKEN',
      detail: { item: 'CUP' },
    })
    const found = await one(`select id from catalog.cross_reference where code = 'OLDCUP'`)
    await use('cross-reference.remove', found.id)
    await create('cross-reference.add', [again])
    expect((await resolve('OLDCUP'))?.itemId).toBe(mug)
  })

  test.each([
    ['GTIN_INVALID', { scope: 'gtin', code: '4006381333932', item: 'CUP' }],
    ['GTIN_INVALID', { scope: 'gtin', code: '40063813339', item: 'CUP' }],
    ['CROSS_REFERENCE_PARTY', { scope: 'customer', code: 'Z', item: 'CUP' }],
    ['CROSS_REFERENCE_PARTY', { scope: 'legacy', party: 'CAFE', code: 'Z', item: 'CUP' }],
    ['CROSS_REFERENCE_UNIT', { scope: 'legacy', code: 'Z', item: 'CUP', unit: 'PAL' }],
    ['ITEM_UNKNOWN', { scope: 'legacy', code: 'Z', item: 'NOTHING' }],
    ['UNKNOWN_CODE', { scope: 'customer', party: 'NOBODY', code: 'Z', item: 'CUP' }],
  ])('%s for %j', async (code, input) => {
    await expect(create('cross-reference.add', [input])).rejects.toMatchObject({ code })
  })

  test('twice in one call is refused too', async () => {
    const twin = { scope: 'legacy', code: 'TWIN', item: 'CUP' }
    await expect(create('cross-reference.add', [twin, { ...twin, item: 'MUG' }])).rejects.toMatchObject({
      code: 'CROSS_REFERENCE_TAKEN',
    })
  })

  test('search finds by code, by number, by part and with a slip', async () => {
    await draft({ code: 'GLV-09', name: 'Nitrile glove size 9' })
    const find = async (q: string) =>
      (await catalog.queries[0]?.ask<{ code: string; through: string | null }>(db.kernel, contextOf(), { q })) ?? []
    expect((await find('glv-09'))[0]?.code).toBe('GLV-09')
    expect((await find('nitrile'))[0]?.code).toBe('GLV-09')
    expect((await find('nitrle glove'))[0]?.code).toBe('GLV-09')
    expect((await find('036000291452'))[0]).toMatchObject({ code: 'CUP', through: 'gtin 036000291452' })
    expect(await find('100%')).toEqual([])
    expect(customer).toBeTruthy()
  })
})

describe('substitutes', () => {
  test('added, changed and removed; not twice, and not for itself', async () => {
    await draft({ code: 'SUB-A' })
    await draft({ code: 'SUB-B' })
    const [id = ''] = (await create('substitute.add', [{ item: 'SUB-A', substitute: 'SUB-B', rank: 2, twoWay: true }]))
      .ids
    await expect(create('substitute.add', [{ item: 'SUB-A', substitute: 'SUB-B' }])).rejects.toMatchObject({
      code: 'SUBSTITUTE_TAKEN',
    })
    await expect(create('substitute.add', [{ item: 'SUB-A', substitute: 'sub-a' }])).rejects.toMatchObject({
      code: 'SUBSTITUTE_ITSELF',
    })
    await use('substitute.change', id, { rank: 1, priceRule: 'keep', needsConsent: false })
    expect(
      await one('select rank, price_rule, needs_consent, two_way from catalog.substitute where id = $1', [id]),
    ).toEqual({ rank: 1, price_rule: 'keep', needs_consent: false, two_way: true })
    await use('substitute.remove', id)
    await create('substitute.add', [{ item: 'SUB-A', substitute: 'SUB-B' }])
  })
})

test('ten thousand items in one call, and the invariants hold; planted corruption turns them red', async () => {
  const many = Array.from({ length: 10_000 }, (_, n) => ({
    code: `IMP-${n}`,
    name: `Imported ${n}`,
    baseUnit: 'EA',
    category: 'FREE',
    salesUnit: 'BOX',
    units: [{ unit: 'BOX', num: 1 + (n % 50) }],
  }))
  const began = performance.now()
  const answer = await create('item.create', many, { channel: 'import' })
  await use('item.activate', answer.ids)
  console.info(`10,000 items created and activated in ${Math.round(performance.now() - began)} ms`)
  const failing = async () =>
    (await verify(db.kernel.pool, [ALPHA], catalog.invariants)).checks
      .filter((check) => !check.ok)
      .map((check) => check.id)
  expect(await failing()).toEqual([])
  await db.admin.query(`update catalog.item_unit set den = 7 where unit = 'BOX' and item_id = $1`, [answer.ids[0]])
  await db.admin.query(`delete from catalog.item_unit where unit = 'BOX' and item_id = $1`, [answer.ids[1]])
  expect(await failing()).toEqual(['CATALOG-1', 'CATALOG-2'])
  await db.admin.query('drop index catalog.conversion_once')
  await db.admin.query(`insert into catalog.conversion (id, from_unit, to_unit, num, den)
    select gen_random_uuid(), to_unit, from_unit, den + 1, num from catalog.conversion where state = 'active' limit 1`)
  expect(await failing()).toEqual(['I14', 'CATALOG-1', 'CATALOG-2'])
})
