// Deciding what waits in the inbox of approvals, as the role that the matrix names, with the audit leaf that the inbox leaves.
import { administerOpenly } from '#kernel/access'
import { decide } from '#kernel/approvals'
import { sql } from '#kernel/db'
import { document } from '#kernel/document'
import type { Desk, Doing } from './desk.ts'

const approval = document('kernel.approval', {
  label: 'Approval',
  role: 'transaction',
  table: 'kernel.approval',
  numbered: 'kind',
  fields: {},
  states: ['pending', 'approved'],
  list: { columns: [], search: [], sort: 'id' },
  verbs: { ask: { from: null, to: 'pending' }, decide: { from: ['pending'], to: 'approved' } },
})

/** Approves the step of each document that waits for the person's roles. Decided ones are left alone, so it may run again. */
export async function approveAll(desk: Desk, doing: Doing, kind: string, documents: readonly string[]): Promise<void> {
  const context = desk.context(doing)
  const roles = context.principal.roles.map((held) => held.role)
  const pending = await desk.read<{ id: string; document: string; document_id: string }>(
    doing.company,
    sql`select id, document, document_id from kernel.approval
      where company_id = ${context.companyId} and kind = ${kind} and document_id = any(${documents}::uuid[])
        and state = 'pending' and role = any(${roles}::text[]) order by id`,
  )
  for (const { id, document: name, document_id: documentId } of pending) {
    const input = { approval: id, decision: 'approved' }
    await administerOpenly(desk.access, { ...context, key: `demo ${id}` }, approval.verbs.decide, input, async (tx) => {
      await decide(tx, context, id, 'approved')
      const changes = { document: name, documentId, kind }
      return { id, from: 'pending', to: 'approved', changes, answer: { id }, kept: { id } }
    })
  }
}
