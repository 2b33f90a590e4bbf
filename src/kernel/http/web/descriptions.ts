// What the web app draws itself from: every document that somebody may read, with its fields, lists, and the verbs he may use.
import { gzipSync } from 'node:zlib'
import type { Command } from '#kernel/command'
import { type Context, may } from '#kernel/context'
import type { DocumentSpec } from '#kernel/document'
import type { ModuleSpec } from '#kernel/module'
import type { Catalogue } from '../catalogue.ts'
import { operatorsOf } from '../filters.ts'
import { sortable } from '../paging.ts'
import { readPermission } from '../reading.ts'
import { inCompany, type Route } from '../route.ts'
import { linePartsOf, type Part, partsOf, visible } from '../visible.ts'

/** The column that says in words what a document is, beside its number; undefined when there is none to be seen. */
export const titleOf = (doc: DocumentSpec, context: Context): Part | undefined =>
  visible(partsOf(doc), context).find((part) => part.name === 'name' && part.column !== doc.numbered)

/** Describes every document that the context may read; the numbers and codes in it are those of the descriptions. */
export function descriptionsFor(modules: readonly ModuleSpec[], catalogue: Catalogue, context: Context) {
  return {
    documents: modules.flatMap((module) =>
      module.documents
        .filter((doc) => may(context, readPermission(doc)))
        .map((doc) => documentFor(module, doc, catalogue, context)),
    ),
    questions: modules.flatMap((module) =>
      module.queries
        .filter((query) => may(context, query.may))
        .map(({ name, title, parameters }) => ({ name, title, parameters })),
    ),
  }
}

function documentFor(module: ModuleSpec, doc: DocumentSpec, catalogue: Catalogue, context: Context) {
  const columns = catalogue.get(doc.table)
  const own = doc.list.sort.replace(/^-/, '')
  const parts = visible(partsOf(doc), context)
  const nameOf = (column: string) =>
    parts.find((part) => part.name === column)?.name ?? parts.find((part) => part.column === column)?.name ?? column
  return {
    name: doc.name,
    label: doc.label,
    role: doc.role,
    shared: doc.shared,
    numbered: parts.find((part) => part.column === doc.numbered && part.name !== 'number')?.name ?? 'number',
    title: titleOf(doc, context)?.name ?? null,
    states: doc.states,
    editableIn: doc.editableIn,
    fields: parts.map((part) => ({
      ...fieldFor(part),
      operators: operatorsOf(part.field.kind),
      sortable:
        sortable(columns?.get(part.column)?.type ?? '') &&
        (part.name === own || part.column === own || columns?.get(part.column)?.indexed === true),
    })),
    lines: doc.lines ? visible(linePartsOf(doc), context).map(fieldFor) : null,
    list: {
      columns: doc.list.columns.filter((column) => parts.some((part) => part.name === column)),
      searchable: doc.list.search.length > 0,
      sort: `${doc.list.sort.startsWith('-') ? '-' : ''}${nameOf(own)}`,
    },
    verbs: module.commands
      .filter((command) => command.verb.document.name === doc.name && may(context, command.verb.may))
      .map(verbFor),
  }
}

function fieldFor({ name, field }: Part) {
  const { kind, label, of, choices, optional, fraction } = field
  return { name, kind, label, of, choices, optional, fraction }
}

function verbFor({ verb, input, creates }: Command) {
  return {
    verb: verb.verb,
    may: verb.may,
    label: verb.label,
    creates,
    from: verb.from ?? [],
    to: typeof verb.to === 'string' ? [verb.to] : verb.to,
    reason: verb.reason === 'required',
    approval: verb.approval ?? null,
    input,
  }
}

/** GET /api/descriptions. Packed, because it is the one large answer of every start. */
export const descriptionsRoute = (modules: readonly ModuleSpec[], known: { catalogue: Catalogue }): Route => ({
  method: 'GET',
  url: '/api/descriptions',
  operation: 'web.descriptions',
  tag: 'web',
  summary: 'What the documents are that I may read, and what I may do with them',
  needs: inCompany,
  handle({ context, reply }) {
    const text = JSON.stringify(descriptionsFor(modules, known.catalogue, context()))
    const packs = reply.request.headers['accept-encoding']?.includes('gzip') === true
    if (!packs) return text
    return reply
      .type('application/json; charset=utf-8')
      .header('content-encoding', 'gzip')
      .header('vary', 'accept-encoding')
      .send(gzipSync(text, { level: 4 }))
  },
})
