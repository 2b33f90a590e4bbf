// The inbox of approvals: what waits for my roles, and deciding it.

import { administerOpenly } from '#kernel/access'
import { decide } from '#kernel/approvals'
import type { Context } from '#kernel/context'
import { sql, transaction } from '#kernel/db'
import { document } from '#kernel/document'
import { T } from '#kernel/schema'
import { type Call, inCompany, type Route } from './route.ts'

const approval = document('kernel.approval', {
  label: 'Approval',
  role: 'transaction',
  table: 'kernel.approval',
  numbered: 'kind',
  fields: {},
  states: ['pending', 'approved', 'rejected'],
  list: { columns: [], search: [], sort: 'id' },
  verbs: { ask: { from: null, to: 'pending' }, decide: { from: ['pending'], to: ['approved', 'rejected'] } },
})

const MOST = 500

/** What waits for a role that the person holds in the company, or for somebody whom he stands in for; oldest first. */
async function inbox({ kernel, context }: Call) {
  const { principal, companyId, today } = context()
  const roles = principal.roles
    .filter((held) => held.companyId === null || held.companyId === companyId)
    .map((held) => held.role)
  const items = await transaction(
    kernel.pool,
    { companies: [companyId] },
    (tx) =>
      tx.rows(sql<object>`
      select a.id, a.kind, a.document, a.document_id as "documentId", a.amount, a.role, a.sequence, a.detail, a.requested_by as "requestedBy",
        w.name as "requestedByName", a.requested_at as "requestedAt", a.due_at as "dueAt", a.requested_by = ${principal.id}::uuid as own
        from kernel.approval a left join access.account w on w.id = a.requested_by
       where a.company_id = ${companyId} and a.state = 'pending'
         and (a.role = any(${roles}::text[]) or exists (select from kernel.delegation d join access.role_grant g on g.account_id = d.from_user and g.role = a.role
                and (g.company_id is null or g.company_id = d.company_id)
              where d.company_id = a.company_id and d.to_user = ${principal.id}::uuid and ${today}::date between d.starts_on and d.ends_on))
         and not exists (select from kernel.approval e where e.company_id = a.company_id and e.document_id = a.document_id and e.kind = a.kind
              and e.state = 'pending' and e.sequence < a.sequence)
       order by a.requested_at, a.id limit ${MOST}`),
    { snapshot: true },
  )
  return { items }
}

const decision = T.object({
  approval: T.idOf('kernel.approval'),
  decision: T.choice(['approved', 'rejected']),
  expiresAt: T.optional(T.instant()),
  reason: T.optional(T.text(500)),
})

/** Decides one approval with its audit leaf; who may is a matter of roles, which `decide` checks. */
function decideOne({ access, context, body }: Call) {
  const asked = {
    id: String(body.approval),
    outcome: body.decision === 'approved' ? ('approved' as const) : ('rejected' as const),
  }
  const inContext: Context = typeof body.reason === 'string' ? { ...context(), reason: body.reason } : context()
  return administerOpenly(access, inContext, approval.verbs.decide, body, async (tx) => {
    const expires = typeof body.expiresAt === 'string' ? new Date(body.expiresAt) : undefined
    const decided = await decide(tx, inContext, asked.id, asked.outcome, expires)
    const answer = {
      id: asked.id,
      state: asked.outcome,
      document: decided.document,
      documentId: decided.document_id,
      kind: decided.kind,
    }
    return {
      id: asked.id,
      from: 'pending',
      to: asked.outcome,
      changes: { document: decided.document, documentId: decided.document_id, kind: decided.kind },
      answer,
      kept: answer,
    }
  })
}

/** The routes under /api/approvals. */
export const approvalRoutes: readonly Route[] = [
  {
    method: 'GET',
    url: '/api/approvals',
    operation: 'approvals.inbox',
    tag: 'approvals',
    summary: 'Approvals that wait for me',
    needs: inCompany,
    handle: inbox,
  },
  {
    method: 'POST',
    url: '/api/approvals/decide',
    operation: 'approvals.decide',
    tag: 'approvals',
    summary: 'Approve or reject',
    needs: inCompany,
    body: decision,
    handle: decideOne,
  },
]
