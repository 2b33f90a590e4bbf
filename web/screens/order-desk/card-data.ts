// The customer at a glance, as the server tells it: what its JSON columns hold, read once and kept for the screen.

import { asProblem } from '../../client/problem.ts'
import { useGet } from '../../client/questions.ts'
import { may } from '../../client/session.ts'
import type { components } from '../../generated/api.ts'

export type Bought = {
  id: string
  code: string
  name: string
  unit: string
  quantity: string
  price: string
  on: string
  times: number
}
export type Address = { id: string; code: string; name: string; city: string | null; transit_days: number }
export type LastOrder = {
  id: string
  number: string
  state: string
  on: string
  total: string
  currency: string
  reference: string | null
}
export type Card = Omit<components['schemas']['sales.customer-card.row'], 'addresses' | 'orders' | 'items'> & {
  addresses: readonly Address[]
  orders: readonly LastOrder[]
  items: readonly Bought[]
}
export type Credit = components['schemas']['credit.exposure.row']
export type OpenItem = { id: string; number: string; dueOn: string; open: string; currency: string }

const NOBODY = '00000000-0000-0000-0000-000000000000'

/** The card; undefined until it is there. */
export function useCard(customer: string | null): { card: Card | undefined; error: unknown } {
  const { data, error } = useGet(
    '/api/sales/customer-card',
    { customer: customer ?? NOBODY },
    { enabled: customer !== null },
  )
  // The columns are JSON to the API's description; the question's own words say what is in them.
  const row = data?.items[0] as Card | undefined
  return { card: customer === null ? undefined : row, error: error ? asProblem(error) : undefined }
}

/** What he owes and may owe; undefined for whoever may not see it. */
export function useCredit(customer: string | null): Credit | undefined {
  const asked = customer !== null && may('credit.account.read')
  const { data } = useGet('/api/credit/exposure', { customer: customer ?? NOBODY }, { enabled: asked })
  return asked ? data?.items[0] : undefined
}

/** Invoices that are not paid, the oldest first; undefined for whoever may not see invoices. */
export function useOpenItems(customer: string | null): readonly OpenItem[] | undefined {
  const asked = customer !== null && may('receivables.invoice.read')
  const { data } = useGet(
    '/api/receivables/invoice',
    { 'filter[customer]': customer ?? NOBODY, 'filter[open][from]': '0.01', sort: 'issuedOn', limit: 6 },
    { enabled: asked },
  )
  return asked ? (data?.items as readonly OpenItem[] | undefined) : undefined
}
