// What the order page knows: the order, how far each line is, its holds, and the documents that came of it.
import { useQueries, useQuery } from '@tanstack/react-query'
import { useDescriptions } from '../../client/descriptions.ts'
import { get, read } from '../../client/http.ts'
import { type One, type Row, useGet } from '../../client/questions.ts'
import { companyCode } from '../../client/session.ts'
import { useStore } from '../../client/store.ts'
import type { components } from '../../generated/api.ts'

/** A sales order, whose members its description names. */
export type Order = Row & {
  id: string
  number: string
  state: string
  version: number
  customer: string
  shipTo: string | null
  warehouse: string
  channel: string
  currency: string
  orderedOn: string
  requestedOn: string | null
  validUntil: string | null
  reference: string | null
  backorderRule: string
  net: string
  tax: string
  total: string
  note: string
  closedReason: string | null
  lines: readonly OrderLine[]
}
export type OrderLine = {
  id: string
  line: number
  item: string
  description: string
  kind: string
  unit: string
  quantity: string
  ordered: string
  price: string
  priceTrace: unknown
  priceReason: string | null
  unitCost?: string | null
  net: string
  promise: string | null
  firstPromise: string | null
  shipped: string
  invoiced: string
  cancelled: string
}
export type ChainLine = components['schemas']['sales.order-chain.row']
export type HoldRow = components['schemas']['sales.order-holds.row']

/** A document that came of the order, with the figure that tells it. */
export type Offspring = { document: string; id: string; number: string; state: string; amount?: string; note?: string }

export const useChain = (order: string) => useGet('/api/sales/order-chain', { order })
export const useOrderHolds = (order: string) => useGet('/api/sales/order-holds', { order })

const readable = (names: ReadonlyMap<string, unknown>, name: string) => names.has(name)

function useShipments(order: string, asked: boolean) {
  const { data } = useGet('/api/warehouse/shipment', { 'filter[order]': order, limit: 50 }, { enabled: asked })
  return asked ? (data?.items ?? []) : []
}

function useInvoices(order: string, asked: boolean) {
  const { data } = useGet('/api/receivables/invoice', { 'filter[order]': order, limit: 50 }, { enabled: asked })
  return asked ? (data?.items ?? []) : []
}

/** Returns name no order, only its lines: those of the customer are looked through. */
function useReturns(order: Order, asked: boolean) {
  const company = useStore(companyCode)
  const ids = useQuery({
    queryKey: ['ask', company, 'returns of', order.customer],
    queryFn: async ({ signal }) =>
      (await get('/api/returns/rma', { query: { 'filter[customer]': order.customer, limit: 20 }, signal })).items.map(
        (one) => one.id,
      ),
    enabled: asked,
  })
  const own = new Set(order.lines.map((line) => line.id))
  const found = useQueries({
    queries: (ids.data ?? []).map((id) => ({
      queryKey: ['one', company, 'returns.rma', id],
      queryFn: async ({ signal }: { signal: AbortSignal }) =>
        (await read('/api/returns/rma/{id}', { params: { id }, signal })) as One,
    })),
  })
  return found.flatMap(({ data }) => (data?.lines?.some((line) => own.has(String(line.orderLine))) ? [data] : []))
}

export type Family = {
  shipments: readonly (Offspring & { shippedOn: string | null })[]
  invoices: readonly (Offspring & { total: string; open: string; kind: string })[]
  returns: readonly Offspring[]
}

/** The documents that came of the order, as far as the person may see them. */
export function useFamily(order: Order): Family {
  const { byName } = useDescriptions()
  const shipments = useShipments(order.id, readable(byName, 'warehouse.shipment'))
  const invoices = useInvoices(order.id, readable(byName, 'receivables.invoice'))
  // Nothing comes back of what never left.
  const left = order.lines.some((line) => line.shipped !== '0')
  const returns = useReturns(order, left && readable(byName, 'returns.rma'))
  return {
    shipments: shipments.map((one) => ({
      document: 'warehouse.shipment',
      id: one.id,
      number: one.number,
      state: one.state,
      shippedOn: one.shippedOn,
    })),
    invoices: invoices.map((one) => ({
      document: 'receivables.invoice',
      id: one.id,
      number: one.number ?? '',
      state: one.state,
      kind: one.kind,
      total: one.total,
      open: one.open,
    })),
    returns: returns.map((one) => ({ document: 'returns.rma', id: one.id, number: one.number, state: one.state })),
  }
}
