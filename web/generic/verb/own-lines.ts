// Verbs about lines of a document that is there: its lines stand in the form by themselves, and one types only what changes.
import type { Row } from '../../client/questions.ts'
import { t } from '../../i18n/index.ts'
import type { InputField } from './schema.ts'
import type { Subject } from './use-verb.ts'

/** The field that names a line, what to call each line, the unit of its quantities where one is told, and columns that nobody needs then. */
export type OwnLines = {
  field: string
  texts: ReadonlyMap<string, string>
  units?: ReadonlyMap<string, string>
  without?: readonly string[]
}

const linesOf = (subjects: readonly Subject[]): readonly Row[] => {
  const own: Row = subjects.length === 1 ? { ...subjects[0] } : {}
  return Array.isArray(own.lines) ? own.lines : []
}

/** By the name of each field of rows that are about lines of the document: how its rows name them. */
export function ownLines(
  document: string,
  fields: readonly InputField[],
  subjects: readonly Subject[],
): ReadonlyMap<string, OwnLines> {
  const lines = linesOf(subjects)
  if (lines.length === 0) return new Map()
  const texts = new Map(
    lines.map((line) => [
      String(line.id),
      [line.line ?? t('document.lines'), line.description].filter(Boolean).join(' · '),
    ]),
  )
  return new Map(
    fields.flatMap(({ name, input }): readonly (readonly [string, OwnLines])[] => {
      if (input.kind !== 'rows') return []
      const by = input.fields.find((one) => one.input.kind === 'ref' && one.input.of === `${document}-line`)
      return by ? [[name, { field: by.name, texts }]] : []
    }),
  )
}

/** Rows to begin with: one for each line. */
export const beginning = (own: ReadonlyMap<string, OwnLines>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    [...own].map(([name, { field, texts }]) => [name, [...texts.keys()].map((id) => ({ [field]: id }))]),
  )

/** The values without the rows in which nobody typed anything. */
export function typedOnly(
  own: ReadonlyMap<string, OwnLines>,
  values: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const told = { ...values }
  for (const [name, { field }] of own) {
    const rows = told[name]
    if (!Array.isArray(rows)) continue
    told[name] = rows.filter((row: Row) =>
      Object.entries(row).some(([key, value]) => key !== field && value !== '' && value !== undefined),
    )
  }
  return told
}
