// Approvals: somebody else decides, by a matrix that governance owns; a change after the decision voids it.
import type { Context } from './context.ts'
import { type Tx, sql } from './db.ts'
import type { DocumentSpec } from './document.ts'
import { newId } from './ids.ts'
import { tell } from './notices.ts'
import { refusals, refuse as refuseKernel } from './refusal.ts'

const refuse = refusals({
  OWN_REQUEST: { text: 'You asked for this approval, so somebody else must decide it. Ask a colleague of that role.', kind: 'forbidden' },
  NOT_YOUR_DECISION: { text: 'This approval is for the role {role}. You neither hold it nor stand in for somebody who does. Leave it to one of them, or have an absent one name you.', kind: 'forbidden' },
  APPROVAL_DECIDED: { text: 'This approval is already {state}. Reload the list of what waits.', kind: 'conflict' },
  NO_APPROVER: 'No rule says who approves {kind} of {amount}. Have governance complete the approval matrix.',
})

/** One step of the matrix that applies to an amount. */
export type Step = { role: string; sequence: number }

/** Who must approve `kind` at `amount` (company currency), in sequence; empty when nobody needs to. */
export function stepsFor(tx: Tx, companyId: number, kind: string, amount: string): Promise<Step[]> {
  return tx.rows(sql<Step>`select role, sequence from kernel.approval_rule
    where company_id = ${companyId} and kind = ${kind} and ${amount}::numeric > above and (up_to is null or ${amount}::numeric <= up_to)
    order by sequence, role`)
}

/** A request: which document, at which fingerprint (what exactly is asked), how much. */
export type Asked = { kind: string; document: string; documentId: string; fingerprint: string; amount: string; detail?: unknown; dueAt?: Date; requestedBy?: string }

/** Opens the pending approvals that the matrix asks for; older ones for another fingerprint are void. */
export async function requestApproval(tx: Tx, context: Context, asked: Asked): Promise<readonly Step[]> {
  const steps = await stepsFor(tx, context.companyId, asked.kind, asked.amount)
  if (steps.length === 0) refuse('NO_APPROVER', { kind: asked.kind, amount: asked.amount })
  await tx.run(sql`update kernel.approval set state = 'void', decided_by = null, on_behalf_of = null where company_id = ${context.companyId}
    and document_id = ${asked.documentId} and kind = ${asked.kind} and state in ('pending', 'approved') and fingerprint <> ${asked.fingerprint}`)
  for (const step of steps) {
    await tx.run(sql`insert into kernel.approval (company_id, id, kind, document, document_id, fingerprint, amount, role, sequence, detail, state, requested_by, requested_at, due_at)
      values (${context.companyId}, ${newId()}, ${asked.kind}, ${asked.document}, ${asked.documentId}, ${asked.fingerprint}, ${asked.amount}, ${step.role},
        ${step.sequence}, ${JSON.stringify(asked.detail ?? {})}::jsonb, 'pending', ${asked.requestedBy ?? context.principal.id}, ${context.now}, ${asked.dueAt ?? null})
      on conflict do nothing`)
  }
  return steps
}

/** Whether every step for this fingerprint is approved and not expired. */
export async function isApproved(tx: Tx, context: Context, kind: string, documentId: string, fingerprint: string): Promise<boolean> {
  const row = await tx.first(sql<{ ok: boolean | null }>`
    select bool_and(state = 'approved' and (expires_at is null or expires_at > ${context.now})) as ok
      from kernel.approval where company_id = ${context.companyId} and document_id = ${documentId} and kind = ${kind}
       and fingerprint = ${fingerprint} and state in ('pending', 'approved')`)
  return row?.ok === true
}

/** Voids what was asked or approved for the documents, because they changed. */
export async function voidApprovals(tx: Tx, context: Context, documentIds: readonly string[], kind?: string): Promise<void> {
  await tx.run(sql`update kernel.approval set state = 'void', decided_by = null, on_behalf_of = null
    where company_id = ${context.companyId} and document_id = any(${documentIds}::uuid[]) and state in ('pending', 'approved')
      and (${kind ?? null}::text is null or kind = ${kind ?? null})`)
}

type Pending = { id: string; role: string; requested_by: string; state: string; document: string; document_id: string; kind: string; blocked: boolean }

/**
 * Decides one pending approval. The decider must hold the step's role in the company, or stand in for somebody who
 * does; neither he nor the one he stands in for may be the requester. Earlier steps come first. The requester is told.
 * Returns what was decided on, so that the caller can move the document.
 */
export async function decide(tx: Tx, context: Context, id: string, decision: 'approved' | 'rejected', expiresAt?: Date): Promise<Pending> {
  const asked = await tx.first(sql<Pending>`select a.id, a.role, a.requested_by, a.state, a.document, a.document_id, a.kind,
      exists (select from kernel.approval e where e.company_id = a.company_id and e.document_id = a.document_id and e.kind = a.kind
        and e.state = 'pending' and e.sequence < a.sequence) as blocked
    from kernel.approval a where a.company_id = ${context.companyId} and a.id = ${id} for no key update`)
  if (!asked || asked.blocked) return refuseKernel('NOT_FOUND', { document: 'approval', id })
  if (asked.state !== 'pending') refuse('APPROVAL_DECIDED', { state: asked.state })
  if (asked.requested_by === context.principal.id) refuse('OWN_REQUEST')
  const behalf = await behalfOf(tx, context, asked)
  await tx.run(sql`update kernel.approval set state = ${decision}, decided_by = ${context.principal.id}, on_behalf_of = ${behalf},
    decided_at = ${context.now}, reason = ${context.reason ?? null}, expires_at = ${expiresAt ?? null} where company_id = ${context.companyId} and id = ${id}`)
  await tell(tx, context, { kind: decision, document: asked.document, documentId: asked.document_id, causeId: id, to: [asked.requested_by] })
  return asked
}

/** Null when the decider holds the role himself; else the absent holder for whom he stands in. */
async function behalfOf(tx: Tx, context: Context, asked: Pending): Promise<string | null> {
  const own = context.principal.roles.some((held) => held.role === asked.role && (held.companyId ?? context.companyId) === context.companyId)
  if (own) return null
  const absent = await tx.first(sql<{ from_user: string }>`select d.from_user from kernel.delegation d
    join access.role_grant g on g.account_id = d.from_user and g.role = ${asked.role} and (g.company_id is null or g.company_id = d.company_id)
    where d.company_id = ${context.companyId} and d.to_user = ${context.principal.id} and ${context.today}::date between d.starts_on and d.ends_on
      and d.from_user <> ${asked.requested_by} limit 1`)
  return absent ? absent.from_user : refuse('NOT_YOUR_DECISION', { role: asked.role })
}

/** For verbs that wait for an approval: refuses unless every document has one for its present version. */
export async function requireApproval(
  tx: Tx,
  context: Context,
  kind: string,
  document: DocumentSpec,
  rows: readonly { id: string; number: string; amount: string | null; version: number }[],
): Promise<void> {
  for (const row of rows) {
    const steps = await stepsFor(tx, context.companyId, kind, row.amount ?? '0')
    if (steps.length === 0) continue
    if (await isApproved(tx, context, kind, row.id, String(row.version))) continue
    refuseKernel('APPROVAL_NEEDED', { document: document.label, number: row.number, kind, id: row.id })
  }
}
