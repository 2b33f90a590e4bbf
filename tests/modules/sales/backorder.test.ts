// ORD-10: which backorder rule an order gets: the customer's own, else the most specific one that is for it, else the company's.
import { beforeAll, describe, expect, test } from 'vitest'
import { draft } from '../../../src/modules/sales/order/draft.ts'
import { contextOf, type Shop, shop } from './shop.ts'

let s: Shop
beforeAll(async () => {
  s = await shop()
  for (const [code, grade] of [
    ['FAST', 'A'],
    ['MIDDLE', 'B'],
    ['SLOW', 'C'],
  ] as const) {
    const item = await s.item(code)
    await s.admin.query('update catalog.item set class = $1 where id = $2', [grade, item])
    await s.stock(item, '10')
  }
  await s.admin.query(`insert into sales.backorder_rule (company_id, code, name, policy, customer_class, item_class, channel, keep_open_days) values
    (1, 'KEY', 'Key', 'ship-and-backorder', 'key', null, null, null), (1, 'STD-A', 'Standard, fast', 'ship-and-backorder', 'standard', 'A', null, 45),
    (1, 'STD-C', 'Standard, slow', 'ship-complete', 'standard', 'C', null, 30), (1, 'COUNTER', 'Counter', 'cancel-remainder', null, null, 'counter', 0),
    (1, 'KEY-EDI', 'Key by EDI', 'ship-and-backorder', 'key', null, 'edi', 10), (1, 'SLOW-ANY', 'Slow for anybody', 'ship-complete', null, 'C', null, null)`)
  await s.customer('KEY1', { class: 'key' })
  await s.customer('STD1', { class: 'standard' })
  await s.customer('SMALL1', { class: 'small' })
  await s.customer('OWN1', { class: 'key', rule: 'COMPLETE' })
})

const ruleOf = async (customer: string, items: readonly string[], channel: 'inside' | 'counter' | 'edi' = 'inside') => {
  const { ids } = await draft.run(s.kernel, contextOf({ channel }), {
    input: [{ customer, warehouse: 'W2', lines: items.map((item) => ({ item, quantity: '1' })) }],
  })
  return (await s.one('select backorder_rule from sales.orders where id = $1', [...ids])).backorder_rule
}

describe('ORD-10: the most specific rule wins', () => {
  test.each([
    ['the customer has one of his own', 'OWN1', ['FAST'], 'edi', 'COMPLETE'],
    ['his class and the channel', 'KEY1', ['FAST'], 'edi', 'KEY-EDI'],
    ['his class', 'KEY1', ['SLOW'], 'inside', 'KEY'],
    ['his class before the channel', 'KEY1', ['FAST'], 'counter', 'KEY'],
    ['his class with the class of the items', 'STD1', ['FAST'], 'inside', 'STD-A'],
    ['his class with the class of most of the lines', 'STD1', ['FAST', 'SLOW', 'SLOW'], 'inside', 'STD-C'],
    ['with as many of both, the slower ones', 'STD1', ['FAST', 'SLOW'], 'inside', 'STD-C'],
    ['the class of the items before the channel', 'SMALL1', ['SLOW'], 'counter', 'SLOW-ANY'],
    ['the channel', 'STD1', ['MIDDLE'], 'counter', 'COUNTER'],
    ['the general rule', 'STD1', ['MIDDLE'], 'inside', 'BACKORDER'],
    ['the general rule, without any line', 'SMALL1', [], 'inside', 'BACKORDER'],
  ] as const)('%s', async (_, customer, items, channel, rule) => {
    expect(await ruleOf(customer, items, channel)).toBe(rule)
  })

  test('the general rule is the one that the company chose', async () => {
    await s.admin.query(`update company.company set settings = settings || '{"backorder_rule": "CANCEL"}' where id = 1`)
    expect(await ruleOf('SMALL1', ['MIDDLE'])).toBe('CANCEL')
    await s.admin.query(`update company.company set settings = settings - 'backorder_rule' where id = 1`)
  })

  test('two rules for the same case are impossible', async () => {
    const twin = s.admin.query(
      `insert into sales.backorder_rule (company_id, code, name, policy, customer_class) values (1, 'KEY2', 'Key', 'ship-complete', 'key')`,
    )
    await expect(twin).rejects.toMatchObject({ code: '23505' })
  })
})
