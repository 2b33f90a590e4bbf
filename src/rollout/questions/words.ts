// What the kinds of configuration and their fields are called, for whoever reads plans and drift without seeing the documents.
import type { Field } from '#kernel/document'
import { f } from '#kernel/document'
import { computed, type Query } from '#kernel/query'
import type { Tools } from '../tools.ts'

type Word = {
  kind: string
  label: string
  scope: string
  field: string
  field_label: string | null
  field_kind: string
  of: string | null
}

const word = (kind: string, label: string, scope: string, field: string, one: Field): Word => ({
  kind,
  label,
  scope,
  field,
  field_label: one.label ?? null,
  field_kind: one.kind,
  of: one.of ?? null,
})

/** One row for each field of each kind; a list that hangs on an object is a field of the kind `json`. */
export const words = (tools: Tools): Query =>
  computed('rollout.words', {
    may: 'rollout.site.read',
    title: 'The kinds of configuration and their fields, as people call them',
    columns: {
      kind: f.code(),
      label: f.text(),
      scope: f.choice(['enterprise', 'company']),
      field: f.text(),
      field_label: f.text({ optional: true }),
      field_kind: f.text(),
      of: f.text({ optional: true }),
    },
    rows: async () =>
      [...tools.kinds.values()].flatMap((kind) => [
        ...Object.entries(kind.fields).map(([at, field]) => word(kind.name, kind.label, kind.scope, at, field)),
        ...Object.keys(kind.lists).map((at) => word(kind.name, kind.label, kind.scope, at, f.json())),
      ]),
  })
