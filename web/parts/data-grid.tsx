// The grid: rows of any length, drawn only where one looks, moved through by keyboard, sorted, selected and opened.
import { useVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, memo, type ReactNode, useEffect, useId, useMemo, useRef } from 'react'
import { useStore } from '../client/store.ts'
import { t, useLanguage } from '../i18n/index.ts'
import { density } from '../shell/preferences.ts'
import styles from './data-grid.module.css'
import { tellCut, Whole } from './grid-cut.tsx'
import { Foot, Head } from './grid-edges.tsx'
import { type GridKeys, useGridKeys } from './grid-keys.ts'

export type Column<R> = {
  key: string
  label: string
  /** Digits under digits. */
  numeric?: boolean
  /** A width in pixels, or the least width of a column that takes its share of the rest. */
  width: number
  /** How narrow it may become where room is short; as wide as `width` when not given. */
  least?: number
  grows?: boolean
  /** A text that may run over two lines where it is cut otherwise. */
  wraps?: boolean
  sortable?: boolean
  render(row: R): ReactNode
  /** What stands under the column: a total. */
  foot?: ReactNode
}

export type Sort = { key: string; descending: boolean }

export type GridProps<R> = {
  label: string
  columns: readonly Column<R>[]
  rows: readonly R[]
  keyOf(row: R): string
  /** 'fill' takes the height of its place; 'content' is as high as its rows, up to most of the screen. */
  height?: 'fill' | 'content'
  onOpen?: (row: R) => void
  selected?: ReadonlySet<string>
  onSelect?: (keys: ReadonlySet<string>) => void
  nameOf?: (row: R) => string
  sort?: Sort
  onSort?: (sort: Sort) => void
  /** Called when the last rows come into sight. */
  onEnd?: () => void
  /** How many rows there are in all, for screen readers; -1 when nobody knows. */
  count?: number
  /** A heading between rows, drawn before a row where it is given. */
  headingOf?: (row: R, at: number) => ReactNode
}

/** Rows drawn beyond both edges, so that fast scrolling shows no gaps. */
const OVERSCAN = 14

/** The height of a row in pixels, as the density says; asked once, because asking the page is slow. */
function useRowHeight(): number {
  const chosen = useStore(density)
  return useMemo(() => {
    const text = getComputedStyle(document.documentElement).getPropertyValue('--row')
    return Number.parseInt(text, 10) || (chosen === 'compact' ? 28 : 36)
  }, [chosen])
}

type RowProps<R> = {
  grid: GridProps<R>
  row: R
  at: number
  id: string
  current: boolean
  top: number
  keys: Pick<GridKeys, 'press' | 'toggle'>
}

function PlainRow<R>({ grid, row, at, id, current, top, keys }: RowProps<R>) {
  const { columns, keyOf, onOpen, selected, onSelect, nameOf } = grid
  const key = keyOf(row)
  const chosen = selected?.has(key) === true
  const looks = [styles.row, styles.virtual, onOpen ? styles.opens : '', current ? styles.current : '']
  return (
    <div
      className={looks.join(' ')}
      role="row"
      id={id}
      aria-rowindex={at + 2}
      style={{ transform: `translateY(${top}px)` }}
      {...(onSelect ? { 'aria-selected': chosen } : {})}
      onClick={() => keys.press(at)}
      onKeyDown={() => undefined}
      tabIndex={-1}
    >
      {onSelect ? (
        <div className={styles.tick} role="gridcell">
          <input
            type="checkbox"
            tabIndex={-1}
            aria-label={t('list.select-row', { number: nameOf?.(row) ?? key })}
            checked={chosen}
            onClick={(event) => event.stopPropagation()}
            onChange={() => keys.toggle(at)}
          />
        </div>
      ) : null}
      {columns.map((column) => (
        <div
          key={column.key}
          className={`${styles.cell} ${column.numeric ? styles.right : ''} ${column.wraps ? styles.wraps : ''}`}
          role="gridcell"
        >
          {column.render(row)}
        </div>
      ))}
    </div>
  )
}

/** Scrolling draws rows that come into sight, and not again those that are there. */
const GridRow = memo(PlainRow) as typeof PlainRow

/** What the outermost columns have at the edge beyond a cell's own padding, as the style sheet says. */
const EDGE = 14
const TICK = 40

/** The widths of all columns as one grid template, and what they need at the least. */
function templateOf<R>({ columns, onSelect }: GridProps<R>): { template: string; least: number } {
  const grows = columns.some((column) => column.grows)
  const last = columns.at(-1)
  const tracks = columns.map((column, at) => {
    const edge = (column === last ? EDGE : 0) + (at === 0 && !onSelect ? EDGE : 0)
    const width = column.width + edge
    const least = Math.min(width, (column.least ?? column.width) + edge)
    // Without a column that grows, the last one takes the rest, so that rows reach the edge; digits stay where they are.
    const takesRest = column.grows || (!grows && column === last && !column.numeric)
    return {
      least,
      text: takesRest ? `minmax(${least}px, 1fr)` : least < width ? `minmax(${least}px, ${width}px)` : `${width}px`,
    }
  })
  const filler = !grows && last?.numeric ? ['minmax(0, 1fr)'] : []
  return {
    template: [...(onSelect ? [`${TICK}px`] : []), ...tracks.map((track) => track.text), ...filler].join(' '),
    least: tracks.reduce((sum, track) => sum + track.least, onSelect ? TICK : 0),
  }
}

/** The grid. Arrow keys or j and k move, Enter opens, x or Space selects, Shift with an arrow selects on the way. */
export function DataGrid<R>(grid: GridProps<R>) {
  useLanguage()
  const { rows, height = 'fill', onEnd, count, label, selected, onSelect, headingOf } = grid
  const scroll = useRef<HTMLDivElement>(null)
  const id = useId()
  const pixels = useRowHeight()
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => pixels,
    overscan: OVERSCAN,
  })
  const keys = useGridKeys(grid, (at) => virtual.scrollToIndex(at))
  useEffect(() => {
    if (pixels > 0) virtual.measure()
  }, [virtual, pixels])
  const shown = virtual.getVirtualItems()
  const last = shown.at(-1)?.index ?? 0
  useEffect(() => {
    if (last >= rows.length - OVERSCAN * 2) onEnd?.()
  }, [last, rows.length, onEnd])
  const all = onSelect !== undefined && rows.length > 0 && selected?.size === rows.length
  const { template, least } = templateOf(grid)
  return (
    <div
      ref={scroll}
      className={height === 'content' ? `${styles.scroll} ${styles.content}` : styles.scroll}
      role="grid"
      aria-label={label}
      aria-rowcount={(count ?? rows.length) + 1}
      aria-multiselectable={onSelect !== undefined}
      aria-activedescendant={shown.some((one) => one.index === keys.at) ? `${id}-${keys.at}` : undefined}
      tabIndex={0}
      onKeyDown={keys.onKeyDown}
      onPointerOver={tellCut}
      style={{ '--grid-columns': template, '--grid-least': `${least}px` } as CSSProperties}
    >
      <div className={styles.inner} role="presentation">
        <Head grid={grid} all={all} />
        <div className={styles.body} role="rowgroup" style={{ height: virtual.getTotalSize() }}>
          {shown.map(({ index, start }) => {
            const row = rows[index]
            if (row === undefined) return null
            const heading = headingOf?.(row, index)
            return heading === undefined ? (
              <GridRow
                key={grid.keyOf(row)}
                grid={grid}
                row={row}
                at={index}
                id={`${id}-${index}`}
                current={keys.at === index}
                keys={keys.stable}
                top={start}
              />
            ) : (
              <div
                key={grid.keyOf(row)}
                id={`${id}-${index}`}
                className={`${styles.row} ${styles.group} ${styles.virtual}`}
                role="row"
                style={{ transform: `translateY(${start}px)` }}
              >
                <div className={styles.cell} role="gridcell">
                  {heading}
                </div>
              </div>
            )
          })}
        </div>
        <Foot grid={grid} />
        <Whole of={scroll} at={keys.at} rows={rows} />
      </div>
    </div>
  )
}
