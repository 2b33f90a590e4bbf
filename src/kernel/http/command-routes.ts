// Every verb of every document is one route, derived from its command: POST /api/<module>/<document>/<verb>.
import { createHash } from 'node:crypto'
import { type TObject, type TSchema, Type } from '@sinclair/typebox'
import { type Command, SET_LIMIT } from '#kernel/command'
import type { Context } from '#kernel/context'
import type { ModuleSpec } from '#kernel/module'
import { refuse as refuseKernel } from '#kernel/refusal'
import { T } from '#kernel/schema'
import { verbAnswer } from './answers.ts'
import { problemOf, refusalFor } from './problem.ts'
import { type Call, holder, type Route } from './route.ts'
import { closed } from './validate.ts'

/** How many documents one call may do each for itself. */
const EACH_MOST = 1_000

/** The path of a document, query or verb: its name with slashes. */
export const pathOf = (name: string): string => `/api/${name.replaceAll('.', '/')}`

/** The routes of a module's commands. */
export const commandRoutes = (module: ModuleSpec): readonly Route[] =>
  module.commands.map((command) => commandRoute(module.name, command))

function commandRoute(tag: string, command: Command): Route {
  const { document, verb, may, label } = command.verb
  const url = `${pathOf(document.name)}/${verb}`
  return {
    method: 'POST',
    url,
    operation: `${document.name}.${verb}`,
    tag,
    summary:
      label ?? `${verb.charAt(0).toUpperCase()}${verb.slice(1).replaceAll('-', ' ')} ${document.label.toLowerCase()}`,
    needs: holder(may),
    answer: verbAnswer(command),
    body: command.creates ? creatingBody(command.input, url) : subjectsBody(command.input, url, document.name),
    handle: (call) => (call.body.each === true ? runEach(command, url, call) : runOnce(command, call)),
  }
}

const reason = Type.Optional(
  Type.String({ minLength: 1, maxLength: 500, pattern: '^[^\\u0000]*$', description: 'Why; kept in the history.' }),
)
const each = Type.Optional(
  Type.Boolean({ description: 'true: each document for itself, so that one refusal does not stop the others.' }),
)

function creatingBody(input: TObject, url: string): TObject {
  if (input.additionalProperties !== false)
    throw new Error(`${url} takes input that it does not know; close its schema`)
  // Whoever works offline may name the ids of what he creates.
  const one = closed({ id: Type.Optional(T.id()), ...input.properties })
  return closed({ documents: Type.Array(one, { minItems: 1, maxItems: SET_LIMIT }), reason, each })
}

function subjectsBody(input: TObject, url: string, entity: string): TObject {
  if (input.additionalProperties !== false)
    throw new Error(`${url} takes input that it does not know; close its schema`)
  const own: Record<string, TSchema> = {
    ids: Type.Array(T.idOf(entity), { minItems: 1, maxItems: SET_LIMIT }),
    versions: Type.Optional(
      Type.Record(T.id(), Type.Integer({ minimum: 1 }), {
        additionalProperties: false,
        description: 'The versions last seen, by id; refused when somebody changed one meanwhile.',
      }),
    ),
    reason,
    each,
  }
  const clash = Object.keys(input.properties).find((key) => key in own)
  if (clash) throw new Error(`${url} calls an input ${clash}, which the envelope needs itself`)
  return closed({ ...own, ...input.properties })
}

type Shaped = { ids?: readonly string[]; versions?: Readonly<Record<string, number>>; input: unknown }

/** Parts a validated body into what the envelope takes. */
function shape(command: Command, body: Readonly<Record<string, unknown>>): Shaped {
  if (command.creates) return { input: body.documents }
  const { ids, versions, reason: _reason, each: _each, ...input } = body
  // The route's schema has vouched for both shapes.
  const subjects = { ids: ids as readonly string[], input }
  return versions === undefined ? subjects : { ...subjects, versions: versions as Readonly<Record<string, number>> }
}

function withReason(call: Call): Context {
  const context = call.context()
  return typeof call.body.reason === 'string' ? { ...context, reason: call.body.reason } : context
}

const runOnce = (command: Command, call: Call) => command.run(call.kernel, withReason(call), shape(command, call.body))

/** One transaction for each document; a replay with the same key finds what each of them did. */
async function runEach(command: Command, url: string, call: Call) {
  const context = withReason(call)
  const whole = shape(command, call.body)
  const parts: readonly { id: string | undefined; request: Shaped }[] = command.creates
    ? (Array.isArray(whole.input) ? whole.input : []).map((input) => ({ id: undefined, request: { input: [input] } }))
    : (whole.ids ?? []).map((id) => ({ id, request: { ...whole, ids: [id] } }))
  if (parts.length > EACH_MOST) refuseKernel('TOO_MANY', { most: EACH_MOST, given: parts.length })
  const results: unknown[] = []
  for (const [at, { id, request }] of parts.entries()) {
    const key = context.key === undefined ? {} : { key: partKey(context.key, id ?? String(at)) }
    try {
      results.push({
        ...(id ? { id } : { at }),
        ok: true,
        answer: await command.run(call.kernel, { ...context, ...key }, request),
      })
    } catch (error) {
      const no = refusalFor(error)
      if (!no) throw error
      results.push({ ...(id ? { id } : { at }), ok: false, refusal: problemOf(no, url) })
    }
  }
  return { results }
}

const partKey = (key: string, part: string): string => createHash('sha256').update(`${key}\0${part}`).digest('hex')
