// Groups and totals of a list: headings where the value of a field changes, and exact sums of what is loaded.
import type { DocumentText, HeadField } from '../../client/descriptions.ts'
import type { One } from '../../client/questions.ts'
import { counted, fieldWord, t } from '../../i18n/index.ts'
import { Button } from '../../parts/button.tsx'
import type { Column } from '../../parts/data-grid.tsx'
import { isDecimal, sum } from '../../parts/exact.ts'
import { Menu } from '../../parts/pop.tsx'
import { Value } from '../../parts/values.tsx'
import { fieldOf, type ListState } from './state.ts'

/** A row of the grid: a document, or the heading of a group, whose documents follow it; no field is called '@group'. */
export type Entry = One & { '@group'?: { field: HeadField; value: unknown; count: number } }

/** Puts a heading before each run of equal values. The list is sorted by the field, so each value has one run. */
export function grouped(doc: DocumentText, state: ListState, rows: readonly One[]): readonly Entry[] {
  const field = state.group ? fieldOf(doc, state.group) : undefined
  if (!field) return rows
  const counts = new Map<unknown, number>()
  for (const row of rows) counts.set(row[field.name], (counts.get(row[field.name]) ?? 0) + 1)
  let before: unknown = rows
  return rows.flatMap((row): readonly Entry[] => {
    const value = row[field.name]
    if (value === before) return [row]
    before = value
    return [{ ...row, id: `group ${row.id}`, '@group': { field, value, count: counts.get(value) ?? 0 } }, row]
  })
}

/** The heading of a group. */
export function GroupHeading({ entry }: { entry: Entry }) {
  const group = entry['@group']
  if (!group) return null
  return (
    <>
      <Value field={group.field} value={group.value} row={entry} />
      {group.value === null ? <span className="quiet">{t('common.empty')}</span> : null}{' '}
      <span className="quiet">{counted('list.count', group.count)}</span>
    </>
  )
}

/** Choosing what to group by; only fields by which the server can sort, for a group must be whole. */
export function GroupMenu({ doc, state, go }: { doc: DocumentText; state: ListState; go: (next: ListState) => void }) {
  const possible = doc.fields.filter(
    (field) => field.sortable && field.name !== 'id' && field.name !== doc.numbered && field.name !== 'number',
  )
  if (possible.length === 0) return null
  const choose = (group: string) => go({ ...state, group, sort: group === '' ? doc.list.sort : group })
  return (
    <Menu
      target={<Button tone="quiet" icon="group" aria-label={t('list.group')} />}
      items={[
        {
          key: '',
          text: t('list.group.none'),
          heading: t('list.group'),
          chosen: state.group === '',
          onChoose: () => choose(''),
        },
        ...possible.map((field) => ({
          key: field.name,
          text: fieldWord(field.name, field.label, field.kind),
          chosen: state.group === field.name,
          onChoose: () => choose(field.name),
        })),
      ]}
    />
  )
}

/** Sums under the columns of money, when all rows have one currency, and of quantities. */
export function withTotals<C extends Column<One>>(
  doc: DocumentText,
  columns: readonly C[],
  rows: readonly One[],
): readonly C[] {
  const currencies = new Set(rows.map((row) => row.currency))
  const row = rows[0]
  if (!row || rows.length < 2) return columns
  return columns.map((column) => {
    const field = fieldOf(doc, column.key)
    if (field?.kind !== 'money' || currencies.size > 1) return column
    const amounts = rows.map((one) => String(one[column.key] ?? '0'))
    if (!amounts.every(isDecimal)) return column
    return {
      ...column,
      foot: (
        <span title={t('list.totals')}>
          <Value field={field} value={sum(amounts)} row={row} />
        </span>
      ),
    }
  })
}
