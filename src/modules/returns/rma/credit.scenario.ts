// Story: the customer gets his money.
import { beforeAll, describe, expect, test } from 'vitest'
import { decide } from '#kernel/approvals'
import { transaction } from '#kernel/db'
import { KERNEL_INVARIANTS } from '#kernel/invariants'
import { verify } from '#kernel/verify'
import { type ReturnStory, returnStory } from '../../../../tests/modules/returns/story.ts'
import { ALPHA, contextOf, person } from '../../../../tests/support/world.ts'
import { modules } from '../../index.ts'
import { cancel } from '../../receivables/credit-note/cancel.ts'
import { issue } from '../../receivables/credit-note/issue.ts'
import { credit } from './credit.ts'
import { inspect } from './inspect.ts'
import { receive } from './receive.ts'

let s: ReturnStory
beforeAll(async () => {
  s = await returnStory()
})

test('What was accepted is credited by somebody who did not take it in', async () => {
  const { id, line } = await s.four()
  const bob = { principal: person('bob', ['returns.rma.receive', 'returns.rma.credit']) }
  await s.act(receive, id, {}, bob)
  expect(await s.refusal(s.act(credit, id))).toBe('RETURN_NOT_INSPECTED')
  await s.act(inspect, id, { lines: [{ line, restock: '4' }] })
  expect(await s.refusal(s.act(credit, id, {}, bob))).toBe('RECEIVER_CREDITS')
  const { result } = await s.act(credit, id)
  const [note] = (result as { creditNotes: [{ id: string; number: string }] }).creditNotes
  expect(note.number).toBe('CN-2026-000001')
  expect(await s.books(note.id, 'issued')).toBe('Dr2200 8 Dr4010 80 Cr1100 88')
})

describe('PRC-08 RET-03: the matrix of credit notes holds for returns as well', () => {
  const clerk = { principal: person('Clara', ['returns.rma.credit'], { role: 'accountant' }) }
  const boss = { principal: person('Bea', ['approval.decide'], { role: 'accountant' }) }
  const inspected = async () => {
    const { order, id, line } = await s.four()
    await s.act(receive, id)
    await s.act(inspect, id, { lines: [{ line, restock: '4' }] })
    return { order, id, line }
  }
  const note = (rma: string) =>
    s.see(`select id from receivables.invoice where rma_id = $1 and state <> 'cancelled'`, rma) as Promise<string>
  const decided = async (of: string, by: typeof boss, decision: 'approved' | 'rejected' = 'approved') => {
    const pending = (await s.see(
      `select id from kernel.approval where document_id = $1 and state = 'pending'`,
      of,
    )) as string
    const context = contextOf({ ...by, reason: 'looked at' })
    return await transaction(s.shop.kernel.pool, { companies: [ALPHA] }, (tx) => decide(tx, context, pending, decision))
  }
  const standing = async (rma: string) =>
    `${await s.see('select state from returns.rma where id = $1', rma)}, ${await s.see('select credited::float from returns.rma_line where rma_id = $1', rma)} credited`

  beforeAll(async () => {
    await s.shop.admin.query(
      `insert into kernel.approval_rule (company_id, id, kind, above, up_to, role, sequence) values (1, gen_random_uuid(), 'credit-note', 50, null, 'accountant', 1)`,
    )
  })

  test('above the limit the credit note waits, gives nothing, and whoever asked for it cannot approve it', async () => {
    const { id, order } = await inspected()
    const before = await s.see(`select unapplied::text from credit.account where code = 'C1'`)
    expect((await s.act(credit, id, {}, clerk)).result).toMatchObject({ creditNotes: [{ number: null, return: id }] })
    expect(await standing(id)).toBe('received, 0 credited')
    expect(await s.see(`select unapplied::text from credit.account where code = 'C1'`)).toBe(before)
    expect(await s.see('select sum(credited)::float from sales.order_line where order_id = $1', order)).toBe(0)
    expect(await s.refusal(s.act(credit, id, {}, clerk))).toBe('APPROVAL_NEEDED')
    expect(await s.refusal(decided(await note(id), clerk))).toBe('OWN_REQUEST')
    await decided(await note(id), boss)
    expect(await s.refusal(s.act(issue, await note(id)))).toBe('CREDIT_OF_RETURN')
    const { result } = await s.act(credit, id, {}, clerk)
    expect(result).toMatchObject({ creditNotes: [{ id: await note(id), number: expect.stringContaining('CN-2026-') }] })
    expect(await standing(id)).toBe('credited, 4 credited')
    expect(await s.see('select sum(credited)::float from sales.order_line where order_id = $1', order)).toBe(4)
    expect(await s.refusal(s.act(credit, id, {}, clerk))).toBe('WRONG_STATE')
  })

  test('what changes after it was asked for must be approved anew', async () => {
    const { order } = await s.invoiced('C1', '10')
    const { id } = await s.authorised(order, '6')
    const line = await s.see('select id from returns.rma_line where rma_id = $1', id)
    await s.act(receive, id, { lines: [{ line, quantity: '4' }] })
    await s.act(inspect, id, { lines: [{ line, restock: '4' }] })
    await s.act(credit, id, {}, clerk)
    const first = await note(id)
    await decided(first, boss)
    // Two more come in before the note was issued: what was approved was another amount.
    await s.act(receive, id, { lines: [{ line, quantity: '2' }] })
    await s.act(inspect, id, { lines: [{ line, restock: '2' }] })
    await s.act(credit, id, {}, clerk)
    expect(await standing(id)).toBe('received, 0 credited')
    expect(
      await s.see(
        `select i.state || ' ' || a.state from receivables.invoice i join kernel.approval a on a.document_id = i.id where i.id = $1`,
        first,
      ),
    ).toBe('cancelled void')
    await decided(await note(id), boss)
    await s.act(credit, id, {}, clerk)
    expect(await s.see('select net::float from receivables.invoice where id = $1', await note(id))).toBe(120)
  })

  test('what nobody approves is dropped, and may be asked for again', async () => {
    const { id } = await inspected()
    await s.act(credit, id, {}, clerk)
    await decided(await note(id), boss, 'rejected')
    expect(await s.refusal(s.act(credit, id, {}, clerk))).toBe('APPROVAL_NEEDED')
    await s.act(cancel, await note(id))
    await s.act(credit, id, {}, clerk)
    await decided(await note(id), boss)
    await s.act(credit, id, {}, clerk)
    expect(await standing(id)).toBe('credited, 4 credited')
  })

  test('up to the limit nobody is asked, also beside one that waits', async () => {
    const [large, { order }] = [await inspected(), await s.invoiced('C1', '2')]
    const { id } = await s.authorised(order, '1')
    const line = await s.see('select id from returns.rma_line where rma_id = $1', id)
    await s.act(receive, id)
    await s.act(inspect, id, { lines: [{ line, restock: '1' }] })
    const { states } = await credit.run(s.shop.kernel, contextOf(clerk), { ids: [large.id, id], input: {} })
    expect(states).toEqual({ [large.id]: 'received', [id]: 'credited' })
  })

  test('and every invariant holds', async () => {
    const all = [...KERNEL_INVARIANTS, ...modules.flatMap((one) => one.invariants)]
    const { checks } = await verify(s.shop.kernel.pool, [ALPHA], all)
    expect(checks.filter((one) => !one.ok).map((one) => [one.id, one.examples])).toEqual([])
  })
})
