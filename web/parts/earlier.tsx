// Earlier runs of something, newest first: one of them is shown, another can be chosen by its number.
import type { ReactNode } from 'react'
import styles from './earlier.module.css'
import { cell, growing, Table } from './table.tsx'

type EarlierProps<Row> = {
  rows: readonly Row[]
  /** The heading above the numbers. */
  number: string
  /** Behind the number, in small letters. */
  kind?: (row: Row) => string
  /** The other columns; the last one takes the room that is left. */
  columns: readonly { head: string; of: (row: Row) => ReactNode }[]
  shown: string | undefined
  onChoose: (id: string) => void
}

export function Earlier<Row extends { id: string; number: string }>(props: EarlierProps<Row>) {
  const { rows, number, kind, columns, shown, onChoose } = props
  const last = columns.length - 1
  return (
    <Table
      className={styles.earlier}
      heads={[number, ...columns.map(({ head }, at) => (at === last ? growing(head) : head))]}
    >
      {rows.map((row) => (
        <tr key={row.id} aria-current={row.id === shown}>
          <td>
            <button type="button" onClick={() => onChoose(row.id)}>
              {row.number}
            </button>
            {kind ? <small className="quiet"> {kind(row)}</small> : null}
          </td>
          {columns.map(({ head, of }, at) => (
            <td key={head} className={at === last ? cell.grow : undefined}>
              {of(row)}
            </td>
          ))}
        </tr>
      ))}
    </Table>
  )
}
