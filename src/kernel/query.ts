// A question: a permission, a schema for its parameters, and one SQL value as its answer.
import { type Static, type TObject, Type } from '@sinclair/typebox'
import { type Context, may } from './context.ts'
import { type Sql, sql, type Tx, transaction } from './db.ts'
import type { Field } from './document.ts'
import type { Kernel } from './kernel.ts'
import { refuse } from './refusal.ts'

export type Query = {
  readonly name: string
  readonly may: string
  readonly title: string
  readonly parameters: TObject
  /** The columns of a row, in order, described as a document's fields are; a test holds them against what PostgreSQL says. */
  readonly columns?: Readonly<Record<string, Field>>
  /** Columns that need a further permission to be seen, by name. */
  readonly see: Readonly<Record<string, string>>
  /** True where rows are computed from what several statements read; `build` says nothing then. */
  readonly computed?: true
  build(parameters: unknown, context: Context): Sql
  ask<Row>(kernel: Kernel, context: Context, parameters: unknown): Promise<Row[]>
}

/**
 * Declares a question whose rows are computed: what SQL reads in the snapshot of `tx`, a pure function then compares or
 * sums. Its columns are what it says they are; nothing else about it differs from a question of one statement.
 */
export function computed<S extends TObject>(
  name: string,
  given: Omit<Parameters<typeof query<S>>[1], 'build'> & {
    readonly columns: Readonly<Record<string, Field>>
    readonly rows: (call: {
      tx: Tx
      kernel: Kernel
      context: Context
      parameters: Static<S>
    }) => Promise<readonly object[]>
  },
): Query {
  const { rows, ...rest } = given
  const self = query(name, { ...rest, build: () => sql`select` })
  return {
    ...self,
    computed: true,
    async ask<Row>(kernel: Kernel, context: Context, parameters: unknown) {
      if (!may(context, self.may)) refuse('NOT_ALLOWED', { permission: self.may })
      const answer = await transaction(
        kernel.pool,
        { companies: [context.companyId] },
        (tx) => rows({ tx, kernel, context, parameters: parameters as Static<S> }),
        { snapshot: true },
      )
      return [...answer] as Row[]
    },
  }
}

/**
 * Declares a question. `build` gets the validated parameters and the context and returns the statement; rows come
 * back with numerics as text. Runs in one snapshot of the company named in the context.
 */
export function query<S extends TObject>(
  name: string,
  given: {
    may: string
    title: string
    parameters?: S
    see?: Readonly<Record<string, string>>
    columns?: Readonly<Record<string, Field>>
    build: (parameters: Static<S>, context: Context) => Sql
  },
): Query {
  const self: Query = {
    name,
    may: given.may,
    title: given.title,
    parameters: given.parameters ?? Type.Object({}, { additionalProperties: false }),
    see: given.see ?? {},
    ...(given.columns ? { columns: given.columns } : {}),
    build: (parameters, context) => given.build(parameters as Static<S>, context),
    async ask<Row>(kernel: Kernel, context: Context, parameters: unknown) {
      if (!may(context, self.may)) refuse('NOT_ALLOWED', { permission: self.may })
      const statement = self.build(parameters, context)
      const rows = await transaction(
        kernel.pool,
        { companies: [context.companyId] },
        (tx) => tx.rows(statement as Sql<Record<string, unknown>>),
        { snapshot: true },
      )
      const hidden = Object.entries(self.see)
        .filter(([, permission]) => !may(context, permission))
        .map(([column]) => column)
      if (hidden.length > 0) for (const row of rows) for (const column of hidden) delete row[column]
      return rows as Row[]
    },
  }
  return self
}
