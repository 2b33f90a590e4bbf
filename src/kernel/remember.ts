// Reading a text is work that need not be done twice: the same text gives the same value, frozen, because it is shared.

/**
 * `read`, which remembers what it made of the last `most` texts. The value is frozen through and through (members of maps
 * and sets excepted), so that nobody who is given it changes it for the others. What throws is not remembered.
 */
export function remembered<T>(most: number, read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    const value = known.get(text) ?? frozen(read(text))
    // The one asked for last stands last, and the first goes when there are too many.
    known.delete(text)
    known.set(text, value)
    for (const oldest of known.keys()) {
      if (known.size <= most) break
      known.delete(oldest)
    }
    return value
  }
}

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  Object.freeze(value)
  for (const one of Object.values(value)) frozen(one)
  return value
}
