// Nobody works both sides of a conflicting pair on one document, however the roles look (SEC-06).
import type pg from 'pg'
import type { Context } from './context.ts'
import { type Tx, sql, transaction } from './db.ts'
import type { Verb } from './document.ts'
import type { Kernel } from './kernel.ts'
import { refusals } from './refusal.ts'

const refuse = refusals({
  SAME_PERSON: {
    text: 'You did "{earlier}" on this document, so somebody else must do "{verb}" ({risk}). Ask a colleague, or a waiver for {separation}.',
    kind: 'forbidden',
  },
})

export type Pair = { id: string; left: readonly string[]; right: readonly string[]; risk: string }

/** The separation pairs, read again every minute and whenever they are told to. */
export type Separations = { pairs(): Promise<readonly Pair[]>; reload(): void }

/** Reads the pairs from the database and keeps them. */
export function separations(pool: pg.Pool): Separations {
  let kept: Promise<readonly Pair[]> | undefined
  return {
    pairs() {
      kept ??= transaction(pool, { companies: [] }, (tx) =>
        tx.rows(sql<Pair>`select id, left_permissions as "left", right_permissions as "right", risk from access.separation order by id`),
      )
      kept.catch(() => {
        kept = undefined
      })
      return kept
    },
    reload() {
      kept = undefined
    },
  }
}

/** What conflicts with a permission: the other side's permissions and the pair they come from. */
export const against = (pairs: readonly Pair[], permission: string): readonly { permission: string; pair: Pair }[] =>
  pairs.flatMap((pair) => {
    const others = pair.left.includes(permission) ? pair.right : pair.right.includes(permission) ? pair.left : []
    return others.map((other) => ({ permission: other, pair }))
  })

/** Refuses when the actor's own earlier work on one of the documents conflicts with this verb. */
export async function refuseSamePerson(tx: Tx, kernel: Kernel, context: Context, verb: Verb, ids: readonly string[]): Promise<void> {
  if (context.principal.kind === 'system') return
  const conflicts = against(await kernel.separations.pairs(), verb.may)
  if (conflicts.length === 0) return
  const clash = await tx.first(sql<{ permission: string; document_id: string }>`
    select a.document || '.' || a.verb as permission, a.document_id
      from kernel.audit a
     where a.company_id = ${context.companyId} and a.document_id = any(${ids}::uuid[]) and a.actor_id = ${context.principal.id}
       and a.document || '.' || a.verb = any(${conflicts.map((one) => one.permission)}::text[])
       and not exists (select from access.separation_waiver w
             where w.account_id = a.actor_id and w.expires_on >= ${context.today}::date
               and w.separation_id = any(${conflicts.map((one) => one.pair.id)}::text[]))
     order by a.at limit 1`)
  if (!clash) return
  const pair = conflicts.find((one) => one.permission === clash.permission)?.pair
  refuse('SAME_PERSON', { earlier: clash.permission, verb: verb.may, risk: pair?.risk, separation: pair?.id, id: clash.document_id })
}
