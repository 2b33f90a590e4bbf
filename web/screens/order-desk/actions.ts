// What a person does to the draft, as functions from one draft to the next.
import { type Customer, codeOf, type Draft, emptyDraft, filled, type Line, newLine } from './draft.ts'

export type Change = (draft: Draft) => Draft

/** An empty line waits below the last, so that one only types on. */
function withTail(lines: readonly Line[]): readonly Line[] {
  const last = lines.at(-1)
  return last && codeOf(last) === '' && last.quantity === '' ? lines : [...lines, newLine()]
}

export const setHead =
  (given: Partial<Pick<Draft, 'shipTo' | 'warehouse' | 'requestedOn' | 'reference' | 'note'>>): Change =>
  (draft) => ({ ...draft, ...given })

/** Another customer keeps the lines: their prices are asked for again. His addresses are his own. */
export const setCustomer =
  (customer: Customer): Change =>
  (draft) => ({ ...draft, customer, shipTo: draft.customer?.id === customer.id ? draft.shipTo : '' })

export const setLine =
  (key: string, given: Partial<Line>): Change =>
  (draft) => ({
    ...draft,
    lines: withTail(draft.lines.map((line) => (line.key === key ? { ...line, ...given } : line))),
  })

export const removeLine =
  (key: string): Change =>
  (draft) => ({ ...draft, lines: withTail(draft.lines.filter((line) => line.key !== key)) })

/** Adds a line before the empty one at the end. */
export const addLine =
  (line: Line): Change =>
  (draft) => ({ ...draft, lines: withTail([...filled(draft.lines), line]) })

/** Rows of a spreadsheet take the place of the line they are pasted into when it is empty, else they go below it. */
export const pasteRows =
  (key: string, rows: readonly Line[]): Change =>
  (draft) => {
    const at = draft.lines.findIndex((line) => line.key === key)
    const here = draft.lines[at]
    const keeps = here !== undefined && codeOf(here) !== '' ? 1 : 0
    return {
      ...draft,
      lines: withTail([
        ...draft.lines.slice(0, at + keeps),
        ...rows,
        ...draft.lines.slice(at + 1).filter((line) => codeOf(line) !== '' || line.quantity !== ''),
      ]),
    }
  }

/** Begins anew in the same warehouse. */
export const startOver: Change = (draft) => emptyDraft(draft.warehouse)

const NUMBER = /^[\d.,'’ ]+$/

/** What is on the clipboard as lines: code, quantity, unit; undefined for a single value. A row of headings is left out. */
export function linesFrom(text: string): readonly Line[] | undefined {
  const clean = text.replaceAll('\r', '').replace(/\n+$/, '')
  if (!clean.includes('\t') && !clean.includes('\n')) return undefined
  return clean
    .split('\n')
    .map((row) => row.split(/\t|;/).map((cell) => cell.trim()))
    .filter(([code = '']) => code !== '')
    .filter(([, quantity = ''], at) => at > 0 || quantity === '' || NUMBER.test(quantity))
    .map(([code = '', quantity = '', unit = '']) => newLine({ typed: code, quantity, unit: unit.toUpperCase() }))
}
