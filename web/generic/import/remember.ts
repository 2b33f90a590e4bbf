// What a person chose the last time for the same kind of import: which heading is which field, and what holds rows together.
import type { Mapping } from './columns.ts'
import type { Grouping } from './documents.ts'

export type Remembered = { columns: Readonly<Record<string, string>>; together: string | null }

const place = (document: string, verb: string): string => `tradewright.import.${document}.${verb}`

/** What was chosen the last time, or nothing. */
export function recall(document: string, verb: string): Remembered {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(place(document, verb)) ?? '')
    if (typeof kept !== 'object' || kept === null || !('columns' in kept)) return { columns: {}, together: null }
    const texts = Object.entries(kept.columns ?? {}).filter(
      (one): one is [string, string] => typeof one[1] === 'string',
    )
    const together = 'together' in kept && typeof kept.together === 'string' ? kept.together : null
    return { columns: Object.fromEntries(texts), together }
  } catch {
    // Nothing was kept, or what was kept is no JSON of ours.
    return { columns: {}, together: null }
  }
}

/** Keeps what was chosen, by the headings, since the next file may have its columns in another order. */
export function remember(
  document: string,
  verb: string,
  headings: readonly string[],
  mapping: Mapping,
  grouping: Grouping,
): void {
  const columns = Object.entries(mapping).flatMap(([key, at]) => {
    const heading = at === undefined ? undefined : headings[at]
    return heading === undefined ? [] : [[key, heading]]
  })
  const together = grouping === 'equal' ? null : (headings[grouping] ?? null)
  localStorage.setItem(place(document, verb), JSON.stringify({ columns: Object.fromEntries(columns), together }))
}
