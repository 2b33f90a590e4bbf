// What the product can do, by the descriptions of its modules: every document, and every verb of one.
import { relation, type Sql, sql } from '#kernel/db'
import type { ModuleSpec } from '#kernel/module'

/** `id` is 'sales.order' for a document and 'sales.order.confirm' for a verb; `role` is the document's. */
export type Capability = {
  readonly id: string
  readonly document: string
  readonly verb: string | null
  readonly area: string
  readonly label: string
  readonly role: string
  readonly detail: string
}

/** The register of capabilities, in the order of the modules. */
export function capabilitiesOf(modules: readonly ModuleSpec[]): readonly Capability[] {
  return modules.flatMap((module) =>
    module.documents.flatMap((document) => {
      const base = { document: document.name, area: module.name, role: document.role }
      const verbs = Object.keys(document.verbs)
      if (verbs.length === 0) return []
      return [
        {
          ...base,
          id: document.name,
          verb: null,
          label: document.label,
          detail: `${verbs.join(', ')}; ${document.states.join(' → ')}`,
        },
        ...Object.entries(document.verbs).map(([verb, one]) => ({
          ...base,
          id: `${document.name}.${verb}`,
          verb,
          label: `${document.label}: ${one.label ?? verb.replaceAll('-', ' ')}`,
          detail: `${one.from?.join(', ') ?? 'new'} → ${[one.to].flat().join(', ')}`,
        })),
      ]
    }),
  )
}

const COLUMNS = {
  place: 'int',
  id: 'text',
  document: 'text',
  verb: 'text',
  area: 'text',
  label: 'text',
  role: 'text',
  detail: 'text',
} as const

/** The capabilities as a relation. */
export const capabilityRows = (all: readonly Capability[]): Sql =>
  sql`select place, id, document, verb, area, label, role, detail from ${relation(
    COLUMNS,
    all.map((one, place) => ({ ...one, place })),
  )} c`
