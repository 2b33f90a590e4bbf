// Who can be mentioned about a document: people of the company who may read it, found by name, also when it is misspelt.
import type { Access } from '#kernel/access'
import { type AccountRow, accountColumns, alive, principalOf } from '#kernel/access/principal'
import { type Context, grantsFor, warehousesOf } from '#kernel/context'
import { type Sql, sql, type Tx, transaction } from '#kernel/db'
import type { Document } from '#kernel/document'
import type { ModuleSpec } from '#kernel/module'
import { T } from '#kernel/schema'
import { ID, listOf, objectOf, TEXT } from '../answers.ts'
import { escaped } from '../filters.ts'
import { readPermission } from '../reading.ts'
import { type Call, inCompany, type Route } from '../route.ts'
import { ALIKE } from './search.ts'
import { documentsOf, namedSubject, type Standing, standingOf, subjectOf } from './subject.ts'

export type Reader = { readonly id: string; readonly name: string }

/** How many are offered, and how many are looked at for them: some of those hold their right elsewhere or not today. */
const OFFERED = 8
const LOOKED_AT = 200

/** What a document is read with: who asks, which document, and how it stands. */
export type Subject = { access: Access; context: Context; doc: Document; standing: Standing }

/**
 * Those people of the company who may read the document, in the order of `order`. `which` is a condition on an account
 * `a`. The database finds who holds the permission anywhere near; the same rule as at the door then decides.
 */
async function readers(
  tx: Tx,
  { access, context, doc, standing }: Subject,
  which: Sql,
  order: Sql,
): Promise<readonly Reader[]> {
  const permission = readPermission(doc)
  const companies = await access.companies()
  const rows = await tx.rows(sql<AccountRow>`select ${accountColumns} from access.account a
    where ${alive(context.now)} and a.kind = 'person' and ${which}
      and exists (select from access.role_grant g join access.role_permission p on p.role = g.role
        where g.account_id = a.id and (g.company_id is null or g.company_id = ${context.companyId}) and p.permission in (${permission}, '*'))
    order by ${order} limit ${LOOKED_AT}`)
  return rows
    .filter((row) => {
      const grants = grantsFor(principalOf(row, companies, context.now), permission, context.companyId)
      const warehouses = warehousesOf(grants)
      return grants.length > 0 && (!warehouses || !standing.warehouse || warehouses.includes(standing.warehouse))
    })
    .map(({ id, name }) => ({ id, name }))
}

/** Those among the accounts who may read the document. */
export const readersAmong = (tx: Tx, subject: Subject, accounts: readonly string[]): Promise<readonly Reader[]> =>
  accounts.length === 0
    ? Promise.resolve([])
    : readers(tx, subject, sql`a.id = any(${accounts}::uuid[])`, sql`lower(a.name), a.id`)

/** People whose name begins as typed, then those whose name holds it, then those whose name is nearly that. */
function readersLike(tx: Tx, subject: Subject, typed: string): Promise<readonly Reader[]> {
  const others = sql`a.id <> ${subject.context.principal.id}::uuid`
  if (typed === '') return readers(tx, subject, others, sql`lower(a.name), a.id`)
  const [begins, holds] = [`${escaped(typed)}%`, `%${escaped(typed)}%`]
  const likeness = sql`word_similarity(${typed.toLowerCase()}, lower(a.name))`
  return readers(
    tx,
    subject,
    sql`${others} and (a.name ilike ${holds} or ${likeness} >= ${ALIKE}::real)`,
    sql`case when a.name ilike ${begins} then 2::real when a.name ilike ${holds} then 1.5::real else ${likeness} end desc, lower(a.name), a.id`,
  )
}

/** GET /api/people?document=&id=&q=. */
export function peopleRoute(modules: readonly ModuleSpec[]): Route {
  const documents = documentsOf(modules)
  const answer = async ({ kernel, access, context, query }: Call) => {
    const asked = context()
    const doc = subjectOf(documents, asked, String(query.document))
    const typed = typeof query.q === 'string' ? query.q.trim() : ''
    const items = await transaction(
      kernel.pool,
      { companies: [asked.companyId] },
      async (tx) => {
        const standing = await standingOf(tx, doc, asked, String(query.id))
        return await readersLike(tx, { access, context: asked, doc, standing }, typed)
      },
      { snapshot: true },
    )
    return { items: items.slice(0, OFFERED) }
  }
  return {
    method: 'GET',
    url: '/api/people',
    operation: 'web.people',
    tag: 'web',
    summary: 'People who may read a document, by name, also when it is misspelt',
    needs: inCompany,
    query: T.object({
      ...namedSubject(),
      q: T.optional(T.text(60)),
    }),
    answer: objectOf({ items: listOf(objectOf({ id: ID, name: TEXT })) }),
    handle: answer,
  }
}
