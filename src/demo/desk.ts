// The desks of the demo: a person does a verb at a moment of the story, in process, with a key, exactly as over HTTP.
import { Value } from '@sinclair/typebox/value'
import type { Access } from '#kernel/access'
import type { Answer, Command } from '#kernel/command'
import type { Channel, Context, Principal } from '#kernel/context'
import { addDays, type BusinessDate, instantOf, todayIn } from '#kernel/dates'
import { type Sql, transaction } from '#kernel/db'
import type { Kernel } from '#kernel/kernel'
import type { ModuleSpec } from '#kernel/module'
import { refuse as refuseKernel } from '#kernel/refusal'

export type DemoCompany = {
  readonly id: number
  readonly code: string
  readonly currency: string
  readonly country: string
  readonly timeZone: string
  readonly taxArea: string
  /** Ids of the warehouses, by code. */
  readonly warehouses: Readonly<Record<string, string>>
}

/** Who does what where, and when: `day` is relative to the day of loading, `time` local to the company. */
export type Doing = {
  readonly company: string
  readonly by: string
  readonly day: number
  readonly time?: string
  readonly key: string
  readonly reason?: string | undefined
  readonly channel?: Channel | undefined
}

export type Desk = {
  readonly kernel: Kernel
  readonly access: Access
  readonly now: Date
  company(code: string): DemoCompany
  /** The business date of a relative day in a company. */
  date(company: string, day: number): BusinessDate
  context(doing: Doing): Context
  /** Creates documents by the verb `document.verb`; the ids are in the order of the input. */
  create(verb: string, doing: Doing, input: readonly object[]): Promise<Answer>
  /** Does the verb to documents that exist. */
  act(verb: string, doing: Doing, ids: readonly string[], input?: object): Promise<Answer>
  read<Row>(company: string, statement: Sql<Row>): Promise<readonly Row[]>
}

export type DeskOptions = {
  readonly kernel: Kernel
  readonly access: Access
  readonly modules: readonly ModuleSpec[]
  readonly now: Date
  readonly companies: readonly DemoCompany[]
  readonly people: ReadonlyMap<string, Principal>
}

const OPENING_TIME = '09:00:00'

export function openDesk({ kernel, access, modules, now, companies, people }: DeskOptions): Desk {
  const commands = new Map<string, Command>(
    modules.flatMap((module) =>
      module.commands.map((one): [string, Command] => [`${one.verb.document.name}.${one.verb.verb}`, one]),
    ),
  )
  const byCode = new Map(companies.map((one) => [one.code, one]))
  const company = (code: string) => byCode.get(code) ?? missing(`company ${code}`)
  const date = (code: string, day: number) => addDays(todayIn(company(code).timeZone, now), day)

  function context({ company: code, by, day, time, key, reason, channel }: Doing): Context {
    const { id, timeZone } = company(code)
    const today = date(code, day)
    const told = new Date(instantOf({ date: today, time: time ?? OPENING_TIME }, timeZone))
    return {
      principal: people.get(by) ?? missing(`person ${by}`),
      companyId: id,
      channel: channel ?? 'inside',
      // A story of today is told by now: nothing happens in the future.
      now: told > now ? now : told,
      today,
      key: `demo ${key}`,
      ...(reason === undefined ? {} : { reason }),
    }
  }

  const commandOf = (verb: string) => commands.get(verb) ?? missing(`verb ${verb}`)

  return {
    kernel,
    access,
    now,
    company,
    date,
    context,
    create: (verb, doing, input) => {
      const command = commandOf(verb)
      for (const one of input) check(command, verb, one)
      return command.run(kernel, context(doing), { input })
    },
    act: (verb, doing, ids, input = {}) => {
      const command = commandOf(verb)
      check(command, verb, input)
      return command.run(kernel, context(doing), { ids, input })
    },
    read: (code, statement) => transaction(kernel.pool, { companies: [company(code).id] }, (tx) => tx.rows(statement)),
  }
}

function missing(what: string): never {
  throw new Error(`the demo names the ${what}, which there is not`)
}

/** The same check as at the door: what a person could not send, the demo does not send either. */
function check(command: Command, verb: string, input: object): void {
  if (Value.Check(command.input, input)) return
  const wrong = Value.Errors(command.input, input).First()
  refuseKernel('INPUT_INVALID', {
    problem: `${verb} ${wrong?.path ?? ''}: ${wrong?.message ?? 'another shape'} (${JSON.stringify(wrong?.value)})`,
  })
}
