// The order being typed: kept in the tab's storage at every change, so that neither a reload nor a session's end loses it.
import { newKey } from '../../client/http.ts'
import { companyCode } from '../../client/session.ts'
import { type Store, store } from '../../client/store.ts'
import { isQuantity, plain } from '../../parts/typed.ts'

/** A line as typed. `item` is the id once an item was chosen, else the code; `typed` is what stands in the field. */
export type Line = {
  key: string
  item: string
  typed: string
  name: string
  quantity: string
  unit: string
  price: string
  reason: string
}

export type Customer = { id: string; code: string; name: string }
/** The order on the server once it was looked at: what of it is saved, and the key under which it is made only once. */
export type Saved = { id: string; number: string; version: number; text: string; customer: string; warehouse: string }

export type Draft = {
  customer: Customer | null
  shipTo: string
  warehouse: string
  requestedOn: string
  reference: string
  note: string
  lines: readonly Line[]
  /** The keys of requests that must not act twice, even when the page is loaded again while one is on its way. */
  keys: { draft: string; done: string }
  saved: Saved | null
}

export const newLine = (given: Partial<Line> = {}): Line => ({
  key: newKey(),
  item: '',
  typed: '',
  name: '',
  quantity: '',
  unit: '',
  price: '',
  reason: '',
  ...given,
})

export const emptyDraft = (warehouse: string): Draft => ({
  customer: null,
  shipTo: '',
  warehouse,
  requestedOn: '',
  reference: '',
  note: '',
  lines: [newLine()],
  keys: { draft: newKey(), done: newKey() },
  saved: null,
})

const STORED = 'tradewright.desk.'
const stores = new Map<string, Store<Draft>>()

const isDraft = (value: unknown): value is Draft =>
  typeof value === 'object' && value !== null && 'lines' in value && Array.isArray(value.lines) && 'keys' in value

function kept(place: string): Draft | undefined {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(place) ?? 'null')
    return isDraft(value) ? value : undefined
  } catch {
    // What cannot be read was written by another version; the desk begins empty.
    return undefined
  }
}

/** The draft of the company that one works for; made from what the tab kept. */
export function draftStore(warehouse: string): Store<Draft> {
  const company = companyCode.get() ?? ''
  const found = stores.get(company)
  if (found) return found
  const place = STORED + company
  const made = store<Draft>(kept(place) ?? emptyDraft(warehouse))
  let planned: ReturnType<typeof setTimeout> | undefined
  const keep = () => {
    clearTimeout(planned)
    planned = undefined
    sessionStorage.setItem(place, JSON.stringify(made.get()))
  }
  made.listen(() => {
    planned ??= setTimeout(keep, 60)
  })
  // What was typed in the last moment before the page goes.
  addEventListener('pagehide', keep)
  stores.set(company, made)
  return made
}

const holds = (line: Line): boolean => line.item !== '' || line.typed.trim() !== '' || line.quantity !== ''

/** Lines that hold anything. */
export const filled = (lines: readonly Line[]): readonly Line[] => lines.filter(holds)

/** The numbers of lines as the order has them and as refusals name them: empty ones are sent to nobody and not counted. */
export function numbersOf(lines: readonly Line[]): readonly number[] {
  let before = 0
  return lines.map((line) => {
    const own = before + 1
    if (holds(line)) before = own
    return own
  })
}

export const isEmpty = (draft: Draft): boolean =>
  draft.customer === null && filled(draft.lines).length === 0 && draft.reference === '' && draft.note === ''

/** What a line sends where an item belongs. */
export const codeOf = (line: Line): string => (line.item !== '' ? line.item : line.typed.trim())

/** The lines as the verbs take them. */
export const linesInput = (draft: Draft) =>
  filled(draft.lines).map((line) => ({
    item: codeOf(line),
    quantity: plain(line.quantity),
    ...(line.unit === '' ? {} : { unit: line.unit }),
    ...(line.price === '' ? {} : { price: plain(line.price), reason: line.reason }),
  }))

/** The head as the verbs take it; what is empty is left out. */
export const headInput = ({ shipTo, requestedOn, reference, note }: Draft) => ({
  ...(shipTo === '' ? {} : { shipTo }),
  ...(requestedOn === '' ? {} : { requestedOn }),
  ...(reference === '' ? {} : { reference }),
  ...(note === '' ? {} : { note }),
})

/** The first line that cannot be sent yet, and which of its fields is missing. */
export function lacking(draft: Draft): { key: string; field: 'item' | 'quantity' | 'price' | 'reason' } | undefined {
  for (const line of filled(draft.lines)) {
    if (codeOf(line) === '') return { key: line.key, field: 'item' }
    if (!isQuantity(plain(line.quantity))) return { key: line.key, field: 'quantity' }
    if (line.price !== '' && !isQuantity(plain(line.price))) return { key: line.key, field: 'price' }
    if (line.price !== '' && line.reason.trim() === '') return { key: line.key, field: 'reason' }
  }
  return undefined
}
