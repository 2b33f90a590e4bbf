// Columns out of descriptions: how wide a field is, whether it stands right, and how it is drawn.
import type { FieldText, HeadField } from '../client/descriptions.ts'
import type { Row } from '../client/questions.ts'
import { fieldWord } from '../i18n/index.ts'
import type { Column } from '../parts/data-grid.tsx'
import { isNumeric, Value } from '../parts/values.tsx'

// Widths in pixels by kind, from looking at real values at the comfortable size.
const WIDTH: Readonly<Record<FieldText['kind'], number>> = {
  text: 160,
  code: 132,
  integer: 84,
  quantity: 96,
  money: 118,
  price: 104,
  percent: 86,
  date: 116,
  instant: 124,
  boolean: 84,
  choice: 122,
  ref: 190,
  json: 170,
}

// Short codes that people know by heart need less.
const NARROW: Readonly<Record<string, number>> = {
  currency: 84,
  unit: 72,
  line: 60,
  version: 76,
  country: 84,
  class: 76,
  baseUnit: 92,
}

/** The columns of described fields, for any rows that hold them by name. */
export function columnsOf(fields: readonly (FieldText | HeadField)[], titled?: string | null): readonly Column<Row>[] {
  return fields.map((field) => ({
    key: field.name,
    label: fieldWord(field.name, field.label),
    numeric: isNumeric(field.kind),
    width: NARROW[field.name] ?? WIDTH[field.kind],
    grows: field.kind === 'ref' || field.kind === 'text' || field.name === titled,
    sortable: 'sortable' in field && field.sortable,
    render: (row) => <Value field={field} value={row[field.name]} row={row} />,
  }))
}
