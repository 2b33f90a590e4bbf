// Every question of a module is one route: GET /api/<module>/<question>, its parameters in the query string.
import { Type } from '@sinclair/typebox'
import type { FieldKind } from '#kernel/document'
import type { ModuleSpec } from '#kernel/module'
import type { Query } from '#kernel/query'
import { rowsSchema } from './answers.ts'
import { pathOf } from './command-routes.ts'
import { checkLength, FILE_TYPE, type FileColumn, fileOf, wantedFile } from './export.ts'
import type { Row } from './reading.ts'
import { holder, type Route } from './route.ts'
import { closed } from './validate.ts'

/** The routes of a module's questions. */
export const queryRoutes = (module: ModuleSpec): readonly Route[] =>
  module.queries.map((query) => queryRoute(module.name, query))

function queryRoute(tag: string, query: Query): Route {
  const url = pathOf(query.name)
  if (query.parameters.additionalProperties !== false)
    throw new Error(`${url} takes parameters that it does not know; close its schema`)
  const clash = ['company', 'format'].find((own) => own in query.parameters.properties)
  if (clash) throw new Error(`${url} calls a parameter ${clash}, which every question has`)
  return {
    method: 'GET',
    url,
    operation: query.name,
    tag,
    summary: query.title,
    needs: holder(query.may),
    answer: rowsSchema(query),
    query: closed({
      ...query.parameters.properties,
      format: Type.Optional(Type.Union([Type.Literal('json'), Type.Literal('csv'), Type.Literal('xlsx')])),
    }),
    async handle(call) {
      const { company: _company, format, ...parameters } = call.query
      const rows = await query.ask<Row>(call.kernel, call.context(), parameters)
      const file = wantedFile(format, call.reply.request.headers.accept)
      if (!file) return { items: rows }
      checkLength(rows, file)
      const columns = columnsOf(query, rows)
      return call.reply
        .type(FILE_TYPE[file])
        .header('content-disposition', `attachment; filename="${query.name}.${file}"`)
        .send(await fileOf(file, columns, rows))
    },
  }
}

/** The declared columns that came (some need a permission); of a question that declares none, whatever came. */
const columnsOf = (query: Query, rows: readonly Row[]): readonly FileColumn[] => {
  const declared = Object.entries(query.columns ?? {}).map(([name, field]) => ({ name, kind: field.kind }))
  const [first] = rows
  if (declared.length > 0) return first ? declared.filter((column) => column.name in first) : declared
  return Object.keys(first ?? {}).map((name) => ({ name, kind: kindOf(rows, name) }))
}

/** A column that nobody described is numbers when everything in it is. */
const kindOf = (rows: readonly Row[], name: string): FieldKind =>
  rows.every((row) => row[name] === null || /^-?(0|[1-9]\d*)(\.\d+)?$/.test(String(row[name]))) ? 'quantity' : 'text'
