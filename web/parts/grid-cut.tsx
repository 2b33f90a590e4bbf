// What a cell has no room for is told all the same: on hover as its title, and beneath the row that the keyboard stands on.
import { type PointerEvent, type RefObject, useLayoutEffect, useState } from 'react'
import styles from './data-grid.module.css'

const isCut = (cell: Element): boolean =>
  cell.scrollWidth > cell.clientWidth + 1 || cell.scrollHeight > cell.clientHeight + 1

/** Gives the cell under the pointer its whole text as a title, where it is cut. */
export function tellCut({ target }: PointerEvent): void {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[role=gridcell], [role=columnheader]') : null
  if (!cell) return
  if (isCut(cell)) cell.title = cell.textContent ?? ''
  else cell.removeAttribute('title')
}

type WholeProps = { of: RefObject<HTMLDivElement | null>; at: number; rows: readonly unknown[] }

/** The cut texts of the current row, for whoever moves by keyboard; a screen reader hears them in their cells. */
export function Whole({ of, at, rows }: WholeProps) {
  const [told, setTold] = useState<{ text: string; top: number }>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: another row under the keyboard, or other rows, are another text
  useLayoutEffect(() => {
    const grid = of.current
    const inner = grid?.firstElementChild
    const row = document.getElementById(grid?.getAttribute('aria-activedescendant') ?? '')
    if (!grid?.matches(':focus-visible') || !row || !inner) return setTold(undefined)
    const cut = [...row.querySelectorAll('[role=gridcell]')].filter(isCut).map((cell) => cell.textContent)
    const top = row.getBoundingClientRect().bottom - inner.getBoundingClientRect().top
    setTold(cut.length > 0 ? { text: cut.join(' · '), top } : undefined)
  }, [of, at, rows])
  return told ? (
    <div className={styles.whole} style={{ top: told.top }} aria-hidden="true">
      {told.text}
    </div>
  ) : null
}
