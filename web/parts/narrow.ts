// Whether the window is as narrow as a telephone, for lists that then show only what matters most.
import { useSyncExternalStore } from 'react'

const narrow = matchMedia('(max-width: 640px)')

const listen = (heard: () => void) => {
  narrow.addEventListener('change', heard)
  return () => narrow.removeEventListener('change', heard)
}

/** True below 640 pixels; drawn again when that changes. */
export const useNarrow = (): boolean => useSyncExternalStore(listen, () => narrow.matches)

/** The columns that stay on a narrow screen. */
export const kept = <C extends { key: string }>(
  columns: readonly C[],
  keys: readonly string[],
  yes: boolean,
): readonly C[] => (yes ? columns.filter((column) => keys.includes(column.key)) : columns)
