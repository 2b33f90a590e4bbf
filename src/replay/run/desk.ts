// The desk of the replay: the system does a verb at a moment of the source, with a key, exactly as over HTTP.
import type { TObject } from '@sinclair/typebox'
import { type TypeCheck, TypeCompiler } from '@sinclair/typebox/compiler'
import type { Answer, Command } from '#kernel/command'
import { type Context, type Principal, SYSTEM } from '#kernel/context'
import { instantOf } from '#kernel/dates'
import { type Sql, sql, transaction } from '#kernel/db'
import type { Kernel } from '#kernel/kernel'
import type { ModuleSpec } from '#kernel/module'
import { refuse } from '#kernel/refusal'

/** IANA name of the wall clock of the source. */
export const TIME_ZONE = 'Europe/London'

/**
 * A second program account that decides on what the first one asked: approvals and releases want another person, in a
 * replay as anywhere. It holds the roles that the approval matrix names, and no request ever acts as it.
 */
export const REVIEWER: Principal = {
  ...SYSTEM,
  id: '00000000-0000-7000-8000-000000000002',
  name: 'replay reviewer',
  roles: ['sales-manager', 'finance-controller', 'warehouse-supervisor', 'accountant', 'credit-officer'].map(
    (role) => ({
      role,
      companyId: null,
    }),
  ),
}

/** When, under which key, and by whom. `time` is the wall clock of the source, 'HH:MM:SS'. */
export type Doing = { day: string; time: string; key: string; by?: Principal; reason?: string }

/** What the replay may do with the ERP: verbs, and reading. */
export type Desk = {
  readonly companyId: number
  readonly kernel: Kernel
  instant(day: string, time: string): Date
  context(doing: Doing): Context
  /** Creates documents. An input that depends on what the database says is given as a function; see `open`. */
  create(verb: string, doing: Doing, input: readonly object[] | (() => Promise<readonly object[]>)): Promise<Answer>
  /** Does the verb to documents that exist. */
  act(verb: string, doing: Doing, ids: readonly string[], input?: object): Promise<Answer>
  read<Row>(statement: Sql<Row>): Promise<Row[]>
  /** Whether nothing was done under this key yet. */
  open(verb: string, doing: Doing): Promise<boolean>
}

export type DeskOptions = {
  kernel: Kernel
  modules: readonly ModuleSpec[]
  companyId: number
  /** Begins every key: two plans in one company must not be taken for one another. */
  fingerprint: string
}

/** Opens the desk for a company. */
export function openDesk({ kernel, modules, companyId, fingerprint }: DeskOptions): Desk {
  const commands = new Map<string, Command>(
    modules.flatMap((one) =>
      one.commands.map((it): [string, Command] => [`${it.verb.document.name}.${it.verb.verb}`, it]),
    ),
  )
  const checks = new Map<TObject, TypeCheck<TObject>>()

  const commandOf = (verb: string): Command => {
    const found = commands.get(verb)
    if (!found) throw new Error(`the replay needs the verb ${verb}, which this product does not have`)
    return found
  }

  const instant = (day: string, time: string) => new Date(instantOf({ date: day, time }, TIME_ZONE))

  const context = ({ day, time, key, by = SYSTEM, reason }: Doing): Context => ({
    principal: by,
    companyId,
    channel: 'replay',
    now: instant(day, time),
    today: day,
    key: `replay ${fingerprint.slice(0, 16)} ${key}`,
    ...(reason === undefined ? {} : { reason }),
  })

  const read = <Row>(statement: Sql<Row>) =>
    transaction(kernel.pool, { companies: [companyId] }, (tx) => tx.rows<Row>(statement))

  /** The same check as at the door: what a person could not send, the replay does not send either. */
  const check = (command: Command, input: object): void => {
    const compiled = checks.get(command.input) ?? TypeCompiler.Compile(command.input)
    checks.set(command.input, compiled)
    if (compiled.Check(input)) return
    const wrong = compiled.Errors(input).First()
    refuse('INPUT_INVALID', {
      problem: `${command.verb.may} ${wrong?.path ?? ''}: ${wrong?.message ?? 'another shape'}`,
    })
  }

  const open = async (verb: string, doing: Doing): Promise<boolean> => {
    const { principal, key } = context(doing)
    const [taken] = await read(sql<{ key: string }>`select key from kernel.idempotency
      where company_id = ${companyId} and principal_id = ${principal.id} and route = ${commandOf(verb).verb.may} and key = ${key ?? ''}`)
    return taken === undefined
  }

  return {
    companyId,
    kernel,
    instant,
    context,
    read,
    open,
    create: async (verb, doing, given) => {
      const command = commandOf(verb)
      // What was done before the stop has changed what the input is made from: then it must not be made again.
      if (typeof given === 'function' && !(await open(verb, doing))) return { ids: [], replayed: true }
      const input = typeof given === 'function' ? await given() : given
      if (input.length === 0) return { ids: [] }
      for (const one of input) check(command, one)
      return await command.run(kernel, context(doing), { input })
    },
    act: async (verb, doing, ids, input = {}) => {
      if (ids.length === 0) return { ids: [] }
      const command = commandOf(verb)
      check(command, input)
      return await command.run(kernel, context(doing), { ids, input })
    },
  }
}

/** Cuts a list into parts of at most `size`. */
export function inChunks<T>(list: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, at) => list.slice(at * size, (at + 1) * size))
}
