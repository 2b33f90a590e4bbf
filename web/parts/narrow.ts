// Whether the window is as narrow as a telephone or a small laptop, for lists that then show only what matters most.
import { useSyncExternalStore } from 'react'

const narrow = matchMedia('(max-width: 640px)')
const small = matchMedia('(max-width: 1180px)')

const listenTo = (query: MediaQueryList) => (heard: () => void) => {
  query.addEventListener('change', heard)
  return () => query.removeEventListener('change', heard)
}
const [listenNarrow, listenSmall] = [listenTo(narrow), listenTo(small)]

/** True below 640 pixels; drawn again when that changes. */
export const useNarrow = (): boolean => useSyncExternalStore(listenNarrow, () => narrow.matches)

/** True below 1180 pixels, where a page has no room for what is told elsewhere too. */
export const useSmall = (): boolean => useSyncExternalStore(listenSmall, () => small.matches)

/** The columns that stay on a narrow screen. */
export const kept = <C extends { key: string }>(
  columns: readonly C[],
  keys: readonly string[],
  yes: boolean,
): readonly C[] => (yes ? columns.filter((column) => keys.includes(column.key)) : columns)

/** The columns without those that a small screen has no room for, or that would tell nothing. */
export const without = <C extends { key: string }>(
  columns: readonly C[],
  keys: readonly string[],
  yes: boolean,
): readonly C[] => (yes ? columns.filter((column) => !keys.includes(column.key)) : columns)
