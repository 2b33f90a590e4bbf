// Headings between rows of a grid: a row of its own wherever what rows are grouped by changes.

export type Lined<R> = R & { readonly heading?: { readonly text: string; readonly count: number } }

/** The rows with a heading before each run of the same `textOf`; `named` gives the heading's row a key of its own. */
export function headed<R extends object>(
  rows: readonly R[],
  textOf: (row: R) => string,
  named: (row: R, text: string) => R,
): readonly Lined<R>[] {
  const counts = new Map<string, number>()
  for (const row of rows) counts.set(textOf(row), (counts.get(textOf(row)) ?? 0) + 1)
  let before: string | undefined
  return rows.flatMap((row): readonly Lined<R>[] => {
    const text = textOf(row)
    if (text === before) return [row]
    before = text
    return [{ ...named(row, text), heading: { text, count: counts.get(text) ?? 0 } }, row]
  })
}

/** What a part that scrolls by itself needs, so that the keyboard reaches it although there is nothing to press in it. */
export const scrolls = (label: string) => ({ role: 'region', tabIndex: 0, 'aria-label': label }) as const
