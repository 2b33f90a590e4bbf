// Nobody works both sides of a conflicting pair on one document, or on what it is about, however the roles look (SEC-06).
import type pg from 'pg'
import type { Context } from './context.ts'
import { join, name, sql, type Tx, transaction } from './db.ts'
import type { Verb } from './document.ts'
import type { Kernel } from './kernel.ts'
import { refusals } from './refusal.ts'

const refuse = refusals({
  SAME_PERSON: {
    text: 'You did "{earlier}" on this document, so somebody else must do "{verb}" ({risk}). Ask a colleague, or a waiver for {separation} that allows both on one document.',
    kind: 'forbidden',
  },
  SAME_PERSON_BEHIND: {
    text: 'You did "{earlier}" on the {subject} that this document is about, so somebody else must do "{verb}" ({risk}). Ask a colleague, or a waiver for {separation} that allows both on one document.',
    kind: 'forbidden',
  },
})

export type Pair = { id: string; left: readonly string[]; right: readonly string[]; risk: string }

/** The separation pairs, read when first asked for and again after they were told to. */
export type Separations = { pairs(): Promise<readonly Pair[]>; reload(): void }

/** Reads the pairs from the database and keeps them. */
export function separations(pool: pg.Pool): Separations {
  let kept: Promise<readonly Pair[]> | undefined
  return {
    pairs() {
      kept ??= transaction(pool, { companies: [] }, (tx) =>
        tx.rows(
          sql<Pair>`select id, left_permissions as "left", right_permissions as "right", risk from access.separation order by id`,
        ),
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

type Conflict = { permission: string; pair: Pair }

/** What conflicts with a permission: the other side's permissions and the pair they come from. */
export const against = (pairs: readonly Pair[], permission: string): readonly Conflict[] =>
  pairs.flatMap((pair) => {
    const others = pair.left.includes(permission) ? pair.right : pair.right.includes(permission) ? pair.left : []
    return others.map((other) => ({ permission: other, pair }))
  })

/**
 * What the documents are about, as far as a conflicting step may have been done on it: a credit is released for the
 * customer of an order, so whoever let that customer in is as near to it as whoever entered the order. Read from the
 * description; verbs without such a field ask nothing.
 */
async function subjects(
  tx: Tx,
  { document }: Verb,
  conflicts: readonly Conflict[],
  context: Context,
  ids: readonly string[],
): Promise<readonly string[]> {
  const worked = new Set(conflicts.map((one) => one.permission.slice(0, one.permission.lastIndexOf('.'))))
  const scope = document.shared ? sql`true` : sql`d.company_id = ${context.companyId}`
  const columns = Object.entries(document.fields)
    .filter(([, field]) => field.kind === 'ref' && field.of !== undefined && field.of !== document.name)
    .flatMap(([key, field]) => (worked.has(field.of ?? '') ? [name(field.column ?? key)] : []))
  if (columns.length === 0) return []
  const behind = columns.map(
    (column) =>
      sql`select d.${column} as id from ${name(document.table)} d where ${scope} and d.id = any(${ids}::uuid[])`,
  )
  const rows = await tx.rows(
    sql<{ id: string }>`select distinct b.id from ${join(behind, ' union all ')} b where b.id is not null`,
  )
  return rows.map((row) => row.id)
}

type Done = { permission: string; document_id: string; separation: string; subject: string | null }

/**
 * Refuses when the actor's own earlier work on one of the documents, or on what they are about, conflicts with this
 * verb. A waiver opens exactly its own pair, for exactly its account, and only when it says that it holds on one
 * document; one that lets somebody hold both roles does not let him use them on the same thing.
 */
export async function refuseSamePerson(
  tx: Tx,
  kernel: Kernel,
  context: Context,
  verb: Verb,
  ids: readonly string[],
): Promise<void> {
  if (context.principal.kind === 'system') return
  const conflicts = against(await kernel.separations.pairs(), verb.may)
  if (conflicts.length === 0) return
  // One plain list of ids: with a query in its place, a plan made while the log was empty would read the company's whole log.
  const near = [...ids, ...(await subjects(tx, verb, conflicts, context, ids))]
  const clash = await tx.first(sql<Done>`
    select c.permission, a.document_id, c.separation, case when a.document_id <> all(${ids}::uuid[]) then a.document end as subject
      from kernel.audit a join unnest(${conflicts.map((one) => one.permission)}::text[], ${conflicts.map((one) => one.pair.id)}::text[]) as c (permission, separation)
        on c.permission = a.document || '.' || a.verb
     where a.company_id = ${context.companyId} and a.document_id = any(${near}::uuid[]) and a.actor_id = ${context.principal.id}
       and not exists (select from access.separation_waiver w
             where w.account_id = a.actor_id and w.separation_id = c.separation and w.same_document
               and (w.holds_in is null or w.holds_in = ${context.companyId}) and w.expires_on >= ${context.today}::date)
     order by subject nulls first, a.at limit 1`)
  if (!clash) return
  const { permission, separation, subject } = clash
  const risk = conflicts.find((one) => one.pair.id === separation)?.pair.risk
  refuse(subject ? 'SAME_PERSON_BEHIND' : 'SAME_PERSON', {
    earlier: permission,
    verb: verb.may,
    risk,
    separation,
    subject,
    id: clash.document_id,
  })
}
