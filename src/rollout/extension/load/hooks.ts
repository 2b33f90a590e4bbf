// The hooks of an extension: everything it is given, and everything it may bring. It imports nothing of the product.
import type { Static, TObject } from '@sinclair/typebox'
import type { Outcome, Row } from '#kernel/command'
import { relation, type Sql, sql, type Tx } from '#kernel/db'
import { type Document, document, type Field, f, type Verb } from '#kernel/document'
import { type Detail, refusals } from '#kernel/refusal'
import { T } from '#kernel/schema'
import { refuse } from './refusals.ts'

/** What the body of a verb gets: its documents, its input, and one transaction that is confined to its own schema. */
export type VerbCall<I> = {
  readonly tx: Tx
  readonly companyId: number
  readonly today: string
  readonly now: Date
  readonly actor: string
  readonly ids: readonly string[]
  readonly set: Sql<{ id: string }>
  readonly rows: readonly Row[]
  readonly numbers: readonly string[]
  readonly input: I
  readonly reason: string | undefined
}

type Body<I> = (call: VerbCall<I>) => Promise<Outcome | undefined>

/** A verb with its body, as `hooks.verb` or `hooks.creation` makes it. */
export type Told = { readonly verb: Verb; readonly input: TObject; readonly body: Body<unknown> }

/** A question: one statement over its own schema and the views that it reads. */
export type Question = {
  readonly name: string
  readonly title: string
  readonly may: string
  readonly parameters?: TObject
  readonly columns: Readonly<Record<string, Field>>
  readonly build: (
    parameters: Readonly<Record<string, unknown>>,
    at: { companyId: number; today: string },
  ) => Sql<object>
}

/** What a listener gets: what happened, a way to read, and its own verbs. It may run twice and must then do nothing more. */
export type Heard = {
  readonly event: {
    readonly topic: string
    readonly documentId: string
    readonly payload: Readonly<Record<string, unknown>>
  }
  readonly today: string
  readonly companyId: number
  ask<Row>(statement: Sql<Row>): Promise<Row[]>
  say(verb: Verb, request: { ids?: readonly string[]; input: unknown; reason?: string }): Promise<void>
}

/** All that an extension brings. */
export type Brought = {
  readonly documents: readonly Document[]
  readonly verbs: readonly Told[]
  readonly questions?: readonly Question[]
  readonly on?: Readonly<Record<string, (heard: Heard) => Promise<void>>>
}

/** All that an extension is given. */
export type Hooks = {
  readonly sql: typeof sql
  readonly relation: typeof relation
  readonly T: typeof T
  readonly f: typeof f
  readonly document: typeof document
  /** Declares what the extension says no with; codes begin with its own, as in DOOR_TAGS_THERE. */
  readonly refusals: typeof refusals
  /** Binds a body to a verb of documents that exist. */
  verb<S extends TObject>(verb: Verb, input: S, body: Body<Static<S>>): Told
  /** Binds a body to a verb that creates; it gets all of them as `input`. */
  creation<S extends TObject>(verb: Verb, input: S, body: Body<readonly Static<S>[]>): Told
}

/** The module of an extension: its `module.ts` exports this by default. */
export type Extension = (hooks: Hooks) => Brought

type Declared = Parameters<typeof refusals>[0][string]
type Refuse = (code: string, detail?: Detail) => never
const declaredBefore = new Map<string, Refuse>()

/** The hooks for the extension with that code. Its refusals are declared once, however often it is loaded. */
export function hooksFor(code: string): Hooks {
  const prefix = `${code.replaceAll('-', '_').toUpperCase()}_`
  const own: typeof refusals = (declared) => {
    const foreign = Object.keys(declared).find((one) => !one.startsWith(prefix))
    if (foreign !== undefined) {
      const problem = `its refusal ${foreign} does not begin with ${prefix}`
      return refuse('EXTENSION_MANIFEST', { extension: code, problem })
    }
    const key = JSON.stringify([code, declared])
    const known = declaredBefore.get(key) ?? refusals<Readonly<Record<string, Declared>>>(declared)
    declaredBefore.set(key, known)
    return known
  }
  return {
    ...{ sql, relation, T, f, document },
    refusals: own,
    // The input was held against the schema before a body sees it, so the body's type is the schema's.
    verb: (verb, input, body) => ({ verb, input, body: body as Body<unknown> }),
    creation: (verb, input, body) => ({ verb, input, body: body as Body<unknown> }),
  }
}
