// The smallest store that React can listen to: one value, and who wants to know when it changes.
import { useSyncExternalStore } from 'react'

export type Store<T> = { get(): T; set(next: T): void; listen(heard: () => void): () => void }

export function store<T>(first: T): Store<T> {
  let value = first
  const listeners = new Set<() => void>()
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return
      value = next
      for (const heard of [...listeners]) heard()
    },
    listen(heard) {
      listeners.add(heard)
      return () => listeners.delete(heard)
    },
  }
}

/** The value of a store, in a component. */
export const useStore = <T>(from: Store<T>): T => useSyncExternalStore(from.listen, from.get)
