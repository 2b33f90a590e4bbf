// A table inside a page or a pane: headings, rows, totals. A wide one is scrolled by itself; the page stays where it is.
import type { ReactNode } from 'react'
import styles from './table.module.css'

type Head = string | { text: string; className: string | undefined }

/** The heading of the column that takes the room that is left, and whose text may wrap. */
export const growing = (text: string): Head => ({ text, className: styles.grow })

/** The heading of a column of numbers. */
export const right = (text: string): Head => ({ text, className: styles.right })

/** For the cells under such headings. */
export const cell = { grow: styles.grow, right: styles.right } as const

/** For a table that needs more than rows under headings. */
export const tableClass = styles.table ?? ''

type TableProps = {
  /** What is null is left out; an empty text is a column without a heading. */
  heads?: readonly (Head | null)[]
  /** Classes of the screen beside those of every table. */
  className?: string | undefined
  foot?: ReactNode
  /** Rows. */
  children: ReactNode
}

export function Table({ heads = [], className, foot, children }: TableProps) {
  const shown = heads.flatMap((head) =>
    head === null ? [] : [typeof head === 'string' ? { text: head, className: undefined } : head],
  )
  return (
    <div className={className ? `${tableClass} ${className}` : tableClass}>
      <table>
        {shown.length > 0 ? (
          <thead>
            <tr>
              {shown.map((head) =>
                head.text === '' ? (
                  <td key="" />
                ) : (
                  <th key={head.text} scope="col" className={head.className}>
                    {head.text}
                  </th>
                ),
              )}
            </tr>
          </thead>
        ) : null}
        <tbody>{children}</tbody>
        {foot ? <tfoot>{foot}</tfoot> : null}
      </table>
    </div>
  )
}
