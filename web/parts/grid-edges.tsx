// The upper and the lower edge of a grid: what the columns are and how they are sorted, and what they come to.
import { t } from '../i18n/index.ts'
import styles from './data-grid.module.css'
import type { GridProps } from './data-grid.tsx'
import { Icon } from './icon.tsx'

/** The headings; those that can be sorted are buttons. */
export function Head<R>({ grid, all }: { grid: GridProps<R>; all: boolean }) {
  const { columns, sort, onSort, selected, onSelect, rows, keyOf } = grid
  return (
    <div className={`${styles.row} ${styles.head}`} role="row" aria-rowindex={1}>
      {onSelect ? (
        <div className={styles.tick} role="columnheader">
          <input
            type="checkbox"
            aria-label={t('list.select-all')}
            checked={all}
            ref={(box) => {
              if (box) box.indeterminate = !all && (selected?.size ?? 0) > 0
            }}
            onChange={() => onSelect(all ? new Set() : new Set(rows.map(keyOf)))}
          />
        </div>
      ) : null}
      {columns.map((column) => {
        const sorted = sort?.key === column.key
        return (
          <div
            key={column.key}
            className={`${styles.cell} ${column.numeric ? styles.right : ''}`}
            role="columnheader"
            {...(sorted ? { 'aria-sort': sort.descending ? ('descending' as const) : ('ascending' as const) } : {})}
          >
            {column.sortable && onSort ? (
              <button
                type="button"
                className={styles.sort}
                data-sorted={sorted}
                onClick={() => onSort({ key: column.key, descending: sorted ? !sort.descending : false })}
              >
                {column.label}
                {sorted ? <Icon name={sort.descending ? 'down' : 'up'} size={12} /> : null}
              </button>
            ) : (
              column.label
            )}
          </div>
        )
      })}
    </div>
  )
}

/** The totals, when some column has one. */
export function Foot<R>({ grid }: { grid: GridProps<R> }) {
  if (!grid.columns.some((column) => column.foot !== undefined)) return null
  return (
    <div className={`${styles.row} ${styles.foot}`} role="row">
      {grid.onSelect ? <div className={styles.tick} role="gridcell" /> : null}
      {grid.columns.map((column) => (
        <div key={column.key} className={`${styles.cell} ${column.numeric ? styles.right : ''}`} role="gridcell">
          {column.foot}
        </div>
      ))}
    </div>
  )
}
