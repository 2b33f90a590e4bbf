// A module says what it needs and what it brings; boot refuses a product that does not hold together.
import type { Command } from './command.ts'
import type { ConfigurationKind, ConfigurationUse } from './configuration.ts'
import type { Context } from './context.ts'
import type { Document } from './document.ts'
import type { Tx } from './db.ts'
import type { ModuleJob } from './jobs.ts'
import type { Kernel } from './kernel.ts'
import type { Query } from './query.ts'
import type { Invariant } from './verify.ts'

/** What a listener gets: one event of the outbox, and a transaction in its company. Must be safe to run twice. */
export type Event = { topic: string; companyId: number; documentId: string; payload: Record<string, unknown>; at: Date }
export type Listener = (call: { tx: Tx; kernel: Kernel; context: Context; event: Event }) => Promise<void>

export type ModuleSpec = {
  readonly name: string
  readonly needs: readonly string[]
  readonly documents: readonly Document[]
  readonly commands: readonly Command[]
  readonly queries: readonly Query[]
  /** Listeners by topic, such as 'receivables.payment.receive'. */
  readonly on: Readonly<Record<string, Listener>>
  /** Work that the worker does, by name, such as 'receivables.issue-monthly'; with `at`, every day by itself. */
  readonly jobs: Readonly<Record<string, ModuleJob>>
  readonly invariants: readonly Invariant[]
  /** Kinds of configuration that are no documents, or that a document alone does not describe. */
  readonly configuration: readonly ConfigurationKind[]
  /** What of the configuration below this module's live documents keep as it is. */
  readonly uses: readonly ConfigurationUse[]
}

/** Declares a module. */
export function module(name: string, given: Pick<ModuleSpec, 'needs'> & Partial<Omit<ModuleSpec, 'name' | 'needs'>>): ModuleSpec {
  return { documents: [], commands: [], queries: [], on: {}, jobs: {}, invariants: [], configuration: [], uses: [], ...given, name }
}

/** The command of a permission, such as 'sales.order.confirm'. Throws when these modules have none. */
export function commandOf(modules: readonly Pick<ModuleSpec, 'commands'>[], permission: string): Command {
  const found = modules.flatMap((one) => one.commands).find((one) => one.verb.may === permission)
  if (!found) throw new Error(`the product has no ${permission}`)
  return found
}

/** The question of a name, such as 'sales.backlog'. Throws when these modules have none. */
export function questionOf(modules: readonly Pick<ModuleSpec, 'queries'>[], name: string): Query {
  const found = modules.flatMap((one) => one.queries).find((one) => one.name === name)
  if (!found) throw new Error(`the product has no ${name}`)
  return found
}

const TIME_OF_DAY = /^([01]\d|2[0-3]):[0-5]\d$/

/** Refuses to boot when a verb has no command, a job no handler, a need is not below, or a name is used twice. */
export function checkModules(modules: readonly ModuleSpec[]): void {
  const seen = new Set<string>()
  const names = new Set<string>()
  for (const one of modules) {
    const missing = one.needs.filter((need) => !seen.has(need))
    if (missing.length > 0) throw new Error(`${one.name} needs ${missing.join(', ')}, which must be listed before it`)
    seen.add(one.name)
    for (const doc of one.documents) {
      const lacking = Object.keys(doc.verbs).filter((verb) => !one.commands.some((c) => c.verb.document.name === doc.name && c.verb.verb === verb))
      if (lacking.length > 0) throw new Error(`${doc.name} has no command for ${lacking.join(', ')}`)
    }
    for (const item of [...one.documents.map((d) => d.name), ...one.queries.map((q) => q.name)]) {
      if (names.has(item)) throw new Error(`${item} is declared twice`)
      names.add(item)
    }
    for (const [job, { run, at }] of Object.entries(one.jobs)) {
      if (typeof run !== 'function') throw new Error(`The job ${job} has nothing to run`)
      if (!job.startsWith(`${one.name}.`)) throw new Error(`The job ${job} must be named ${one.name}.…, after its module`)
      if (at !== undefined && !TIME_OF_DAY.test(at)) throw new Error(`The job ${job} is planned at ${at}, which is no time of a day`)
    }
    const verbs = one.commands.map((c) => c.verb.may)
    const twice = verbs.find((verb, at) => verbs.indexOf(verb) !== at)
    if (twice) throw new Error(`${twice} has two commands`)
  }
}

/** Every permission of the product: verbs, reading of documents, questions, and columns that need one. */
export function permissionsOf(modules: readonly ModuleSpec[]): readonly string[] {
  const all = new Set<string>()
  for (const one of modules) {
    for (const doc of one.documents) {
      all.add(`${doc.name}.read`)
      for (const field of [...Object.values(doc.fields), ...Object.values(doc.lines?.fields ?? {})]) if (field.see) all.add(field.see)
    }
    for (const c of one.commands) all.add(c.verb.may)
    for (const q of one.queries) {
      all.add(q.may)
      for (const see of Object.values(q.see)) all.add(see)
    }
  }
  return [...all].sort()
}
