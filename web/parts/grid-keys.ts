// Moving through a grid by keyboard: one current row, selected rows, and what the keys do with them.
import { type KeyboardEvent, useRef, useState } from 'react'
import type { GridProps } from './data-grid.tsx'

export type GridKeys = {
  /** The current row. */
  at: number
  onKeyDown(event: KeyboardEvent): void
  /** A click on a row opens it. */
  press(at: number): void
  toggle(at: number): void
  /** The same two, which stay the same objects however often the grid is drawn. */
  stable: Pick<GridKeys, 'press' | 'toggle'>
}

const PAGE = 20

/** How far a key moves; undefined when it does not. */
function stepOf(key: string, rows: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return 1
    case 'ArrowUp':
    case 'k':
      return -1
    case 'PageDown':
      return PAGE
    case 'PageUp':
      return -PAGE
    case 'Home':
      return -rows
    case 'End':
      return rows
    default:
      return undefined
  }
}

/** The keys of a grid. `show` scrolls to a row. */
export function useGridKeys<R>(grid: GridProps<R>, show: (at: number) => void): GridKeys {
  const { rows, keyOf, selected, onSelect, onOpen } = grid
  const [wished, setAt] = useState(0)
  const at = Math.max(0, Math.min(wished, rows.length - 1))
  const select = (place: number, on?: boolean) => {
    const row = rows[place]
    if (!row || !onSelect) return
    const next = new Set(selected)
    if (on ?? !next.has(keyOf(row))) next.add(keyOf(row))
    else next.delete(keyOf(row))
    onSelect(next)
  }
  const open = (place: number) => {
    const row = rows[place]
    if (row) onOpen?.(row)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // Keys that belong to something inside a row, such as a link, are left to it.
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
    const step = stepOf(event.key, rows.length)
    if (step !== undefined) {
      const next = Math.max(0, Math.min(rows.length - 1, at + step))
      setAt(next)
      show(next)
      if (event.shiftKey) {
        select(at, true)
        select(next, true)
      }
    } else if (event.key === 'Enter') open(at)
    else if (event.key === 'x' || event.key === ' ') select(at)
    else if (event.key === 'Escape' && (selected?.size ?? 0) > 0) onSelect?.(new Set())
    else return
    event.preventDefault()
  }
  const press = (place: number) => {
    setAt(place)
    open(place)
  }
  const toggle = (place: number) => {
    setAt(place)
    select(place)
  }
  const latest = useRef({ press, toggle })
  latest.current = { press, toggle }
  const stable = useRef({
    press: (place: number) => latest.current.press(place),
    toggle: (place: number) => latest.current.toggle(place),
  })
  return { at, onKeyDown, press, toggle, stable: stable.current }
}
