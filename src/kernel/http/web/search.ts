// One search over everything that somebody may read: by number, by code, by name, and by a name that is nearly spelt right.
import { type Context, may } from '#kernel/context'
import { join, name, type Sql, sql, transaction } from '#kernel/db'
import type { DocumentSpec } from '#kernel/document'
import type { ModuleSpec } from '#kernel/module'
import { T } from '#kernel/schema'
import type { Catalogue, Column } from '../catalogue.ts'
import { escaped } from '../filters.ts'
import { readPermission, within } from '../reading.ts'
import { type Call, inCompany, type Route } from '../route.ts'
import { titleOf } from './descriptions.ts'

type Hit = { document: string; id: string; number: string; title: string | null; state: string; score: string }

/** Hits of one document, and of all together. */
const EACH_MOST = 6
const MOST = 24

/** The least likeness of a word in a name to what was typed; 0.4 finds one wrong letter in five. */
export const ALIKE = '0.4'

/** `117` is asked for as people say it: SO-2026-000117, this year's and last year's. */
function spelledOut(doc: DocumentSpec, typed: string, year: number): readonly string[] {
  if (!doc.number || !/^\d{1,9}$/.test(typed)) return []
  const fill = (one: number) =>
    doc.number
      ?.replace('{year}', String(one))
      .replace(/\{seq:(\d+)\}/, (_, digits: string) => typed.padStart(Number(digits), '0')) ?? ''
  return doc.number.includes('{year}') ? [fill(year), fill(year - 1)] : [fill(year)]
}

/**
 * The hits of one document: the very number first, then numbers that begin so, then names that hold the words or nearly
 * do. Only columns with an index of the fitting kind are asked, so that a search costs the same with a million orders.
 */
function hitsOf(doc: DocumentSpec, columns: ReadonlyMap<string, Column>, context: Context, typed: string): Sql<Hit> {
  const number = sql`t.${name(doc.numbered)}`
  const upper = typed.toUpperCase()
  const title = titleOf(doc, context)
  const words = [...columns.values()].filter((column) => column.trigram).map((column) => sql`t.${name(column.name)}`)
  const shown = title ? sql`t.${name(title.column)}` : sql`null`
  const numbers = [upper, ...spelledOut(doc, typed, Number(context.today.slice(0, 4)))]
  const like = `%${escaped(typed)}%`
  const shape = sql`${doc.name}::text as document, t.id, ${number}::text as number, ${shown}::text as title, t.state`
  const scope = within(doc, context)
  const ways = [
    sql`(select ${shape}, 3::real as score from ${name(doc.table)} t where ${join([...scope, sql`${number} = any(${numbers}::text[])`], ' and ')} limit ${EACH_MOST})`,
    sql`(select ${shape}, 2::real as score from ${name(doc.table)} t where ${join([...scope, sql`${number} >= ${upper} and ${number} < ${`${upper}\u{10ffff}`} and starts_with(${number}, ${upper})`], ' and ')}
      order by ${number} desc limit ${EACH_MOST})`,
    ...(typed.length < 3
      ? []
      : words.map(
          (
            word,
          ) => sql`(select ${shape}, case when ${word} ilike ${like} then 1.5::real else word_similarity(${typed.toLowerCase()}, ${word}) end as score
      from ${name(doc.table)} t where ${join([...scope, sql`(${word} ilike ${like} or ${typed.toLowerCase()} <% ${word})`], ' and ')} order by 6 desc limit ${EACH_MOST})`,
        )),
  ]
  return sql<Hit>`select distinct on (id) * from (${join(ways, ' union all ')}) hit order by id, score desc`
}

async function answer(modules: readonly ModuleSpec[], catalogue: Catalogue, call: Call) {
  const context = call.context()
  const typed = String(call.query.q).trim()
  const only = typeof call.query.document === 'string' ? call.query.document : undefined
  const documents = modules
    .flatMap((module) => module.documents)
    .filter((doc) => (only === undefined ? doc.role !== 'configuration' : doc.name === only))
    .filter((doc) => doc.list.search.length > 0 && may(context, readPermission(doc)))
  const found = await transaction(
    call.kernel.pool,
    { companies: [context.companyId] },
    async (tx) => {
      const bounds = tx.rows(
        sql`select set_config('pg_trgm.word_similarity_threshold', ${ALIKE}, true), set_config('statement_timeout', '5s', true)`,
      )
      const hits = documents.map((doc) =>
        tx.rows(hitsOf(doc, catalogue.get(doc.table) ?? new Map<string, Column>(), context, typed)),
      )
      await bounds
      return await Promise.all(hits)
    },
    { snapshot: true },
  )
  const best = found.flatMap((hits) => [...hits].sort((a, b) => Number(b.score) - Number(a.score)).slice(0, EACH_MOST))
  return { items: best.sort((a, b) => Number(b.score) - Number(a.score)).slice(0, MOST) }
}

/** GET /api/search?q=. */
export const searchRoute = (modules: readonly ModuleSpec[], known: { catalogue: Catalogue }): Route => ({
  method: 'GET',
  url: '/api/search',
  operation: 'web.search',
  tag: 'web',
  summary: 'Find any document that I may read, by number or name, also when it is misspelt',
  needs: inCompany,
  query: T.object({
    q: { ...T.text(100), minLength: 1 },
    document: T.optional({ ...T.text(60), pattern: '^[a-z][a-z-]*\\.[a-z][a-z-]*$' }),
  }),
  handle: (call) => answer(modules, known.catalogue, call),
})
