// The lists as this device knows them: the server's last word, and over it what was done here and is not sent yet.
import { read } from '../client/http.ts'
import { onHappening } from '../client/live.ts'
import { companyCode } from '../client/session.ts'
import { store, useStore } from '../client/store.ts'
import type { components } from '../generated/api.ts'
import { compare, isNegative, isZero, minus, sum } from '../parts/exact.ts'
import { readOne, write } from './kept.ts'
import { type Effect, onSent, queue, sending, sent } from './queue.ts'

export type Line = components['schemas']['warehouse.scan-lines.row']

export type List = {
  readonly id: string
  readonly number: string
  readonly state: 'released' | 'picked' | 'packed'
  readonly steps: number
  readonly warehouse: string
  readonly order: string
  readonly customer: string
  readonly lines: readonly Line[]
}

/** Undefined until they were read from the device or the server. */
const known = store<readonly Line[] | undefined>(undefined)

/** What is still to be taken of a line. */
export function openOf(line: Line): string {
  const open = sum([line.quantity, minus(line.picked), minus(line.short)])
  return isNegative(open) ? '0' : open
}

function applied(lines: readonly Line[], effect: Effect): readonly Line[] {
  if (effect.kind === 'receive') return lines
  if (effect.kind === 'ship') return lines.filter((line) => line.shipment_id !== effect.shipment)
  if (effect.kind === 'pack')
    return lines.map((line) => (line.shipment_id === effect.shipment ? { ...line, state: 'packed' } : line))
  const next = lines.map((line) =>
    line.shipment_id === effect.shipment && line.line === effect.line
      ? { ...line, picked: sum([line.picked, effect.picked]), short: sum([line.short, effect.short]) }
      : line,
  )
  const own = next.filter((line) => line.shipment_id === effect.shipment)
  if (own.some((line) => !isZero(openOf(line)))) return next
  // Nothing found at all: the server cancels such a list.
  if (own.every((line) => isZero(line.picked))) return next.filter((line) => line.shipment_id !== effect.shipment)
  return next.map((line) => (line.shipment_id === effect.shipment ? { ...line, state: 'picked' } : line))
}

const kept = (): string => `lines ${companyCode.get() ?? ''}`

onSent((effect) => {
  const next = applied(known.get() ?? [], effect)
  known.set(next)
  void write('lists', next, kept())
})

/** When to look again after something was sent, in milliseconds. */
const SOON = 250

/** Reads the lists. An answer that was on its way while something was sent may be older than that, and is asked for again. */
export async function refresh(): Promise<void> {
  const before = sent
  const quiet = !sending
  try {
    const { items } = (await read('/api/warehouse/scan-lines')) as { items: readonly Line[] }
    if (!quiet || sending || before !== sent) {
      await new Promise((resolve) => setTimeout(resolve, SOON))
      return await refresh()
    }
    known.set(items)
    await write('lists', items, kept())
  } catch {
    // Without a line the last known lists stay.
    if (known.get() === undefined) known.set((await readOne<readonly Line[]>('lists', kept())) ?? undefined)
  }
}

/** Reads what the device keeps, then what the server says, and again whenever a shipment changes. */
export function followLists(): () => void {
  void readOne<readonly Line[]>('lists', kept()).then((lines) => {
    if (lines && known.get() === undefined) known.set(lines)
    return refresh()
  })
  let planned: ReturnType<typeof setTimeout> | undefined
  const stop = onHappening(({ document }) => {
    if (document !== 'warehouse.shipment' && document !== 'sales.order') return
    clearTimeout(planned)
    planned = setTimeout(() => void refresh(), 800)
  })
  return () => {
    stop()
    clearTimeout(planned)
    known.set(undefined)
  }
}

const STATES: ReadonlySet<string> = new Set(['released', 'picked', 'packed'])

function listsOf(lines: readonly Line[]): readonly List[] {
  const byId = new Map<string, Line[]>()
  for (const line of lines) {
    const own = byId.get(line.shipment_id)
    if (own) own.push(line)
    else byId.set(line.shipment_id, [line])
  }
  return [...byId].flatMap(([id, own]) => {
    const [first] = own
    if (!first || !STATES.has(first.state)) return []
    return [
      {
        id,
        number: first.shipment,
        // The set above holds exactly these.
        state: first.state as List['state'],
        steps: first.steps,
        warehouse: first.warehouse,
        order: first.order_number,
        customer: first.customer,
        lines: own,
      },
    ]
  })
}

/** The lists with everything that was done on this device; undefined while nobody knows any. */
export function useLists(): readonly List[] | undefined {
  const lines = useStore(known)
  const entries = useStore(queue)
  if (lines === undefined) return undefined
  return listsOf(entries.filter((one) => !one.refused).reduce((now, one) => applied(now, one.effect), lines))
}

/** What a list needs next. One that leaves in one step is picked and shipped all the same. */
export function nextOf(list: List): 'pick' | 'pack' | 'ship' {
  if (list.state === 'released') return 'pick'
  return list.state === 'picked' && list.steps === 3 ? 'pack' : 'ship'
}

/** Whether a scanned code means the goods of a line: item, barcode, or the lot that is to be taken. GTINs are padded. */
export function means(line: Line, code: string): boolean {
  const plain = (text: string) => (/^\d{8,14}$/.test(text) ? text.padStart(14, '0') : text.toUpperCase())
  const codes = Array.isArray(line.codes) ? line.codes.map(String) : []
  return [line.item, ...codes, ...(line.lot ? [line.lot] : [])].some((one) => plain(one) === plain(code))
}

/** Whether `text` is a quantity from nothing up to `most`. */
export const isQuantity = (text: string, most: string): boolean =>
  /^\d{1,12}(\.\d{1,6})?$/.test(text) && compare(text, most) <= 0
