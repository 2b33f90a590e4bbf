// The inbox of approvals over HTTP: whoever holds the role decides once, never on what he asked for himself.
import { expect, test } from 'vitest'
import { newId } from '#kernel/ids'
import { startSite } from './support/site.ts'

const site = await startSite()
const asker = await site.machine(['desk.note.read'])
const approver = await site.machine(['desk.note.read'])
const standIn = await site.machine(['desk.note.read'])
const roleOf = async (id: string) =>
  String((await site.admin.query('select role from access.role_grant where account_id = $1', [id])).rows[0]?.role)
const role = await roleOf(approver.id)

async function pending(companyId = 1, requestedBy = asker.id): Promise<string> {
  const id = newId()
  await site.admin.query(
    `insert into kernel.approval (company_id, id, kind, document, document_id, fingerprint, amount, role, state, requested_by, requested_at)
     values ($1, $2, 'test.kind', 'desk.note', $3, '1', 100, $4, 'pending', $5, $6)`,
    [companyId, id, newId(), role, requestedBy, site.clock.now],
  )
  return id
}

test('The inbox shows what waits for my role, and deciding it takes it away, with one audit leaf', async () => {
  const id = await pending()
  expect((await approver.client('/api/approvals')).body.items).toMatchObject([
    { id, kind: 'test.kind', amount: '100', role },
  ])
  expect((await asker.client('/api/approvals')).body.items).toEqual([])
  const headers = { 'idempotency-key': 'decide-it-once' }
  const decide = () =>
    approver.client.post(
      '/api/approvals/decide',
      { approval: id, decision: 'approved', reason: 'fits the budget' },
      headers,
    )
  const first = await decide()
  expect(first.body, first.text).toMatchObject({ id, state: 'approved', document: 'desk.note' })
  expect((await decide()).body).toEqual({ ...first.body, replayed: true })
  expect((await approver.client('/api/approvals')).body.items).toEqual([])
  const leaf = await site.admin.query(
    `select from kernel.audit where document = 'kernel.approval' and document_id = $1`,
    [id],
  )
  expect(leaf.rowCount).toBe(1)
})

test('Nobody decides on his own request, for another role, in another company, or twice', async () => {
  const decide = (client: typeof asker.client, approval: string) =>
    client.post('/api/approvals/decide', { approval, decision: 'rejected' })
  const own = await pending(1, approver.id)
  expect((await decide(approver.client, own)).body.code).toBe('OWN_REQUEST')
  const id = await pending()
  expect((await decide(standIn.client, id)).body.code).toBe('NOT_YOUR_DECISION')
  const foreign = await pending(2)
  const unknown = newId()
  expect((await decide(approver.client, foreign)).text.replaceAll(foreign, 'ID')).toBe(
    (await decide(approver.client, unknown)).text.replaceAll(unknown, 'ID'),
  )
  expect((await decide(approver.client, id)).status).toBe(200)
  expect((await decide(approver.client, id)).body.code).toBe('APPROVAL_DECIDED')
})

test('Whoever stands in for an absent holder sees and decides what waited for him', async () => {
  await site.admin.query(
    `insert into kernel.delegation values (1, $1, $2, $3, '2026-03-01', '2026-03-05', 'holiday')`,
    [newId(), approver.id, standIn.id],
  )
  const id = await pending()
  expect((await standIn.client('/api/approvals')).body.items).toEqual(
    expect.arrayContaining([expect.objectContaining({ id })]),
  )
  expect((await standIn.client.post('/api/approvals/decide', { approval: id, decision: 'approved' })).status).toBe(200)
  const row = await site.admin.query('select decided_by, on_behalf_of from kernel.approval where id = $1', [id])
  expect(row.rows).toEqual([{ decided_by: standIn.id, on_behalf_of: approver.id }])
})
