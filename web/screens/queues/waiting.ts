// Everything that waits for somebody, from all the questions that know of such things, in one shape and oldest first.
import { useMemo } from 'react'
import { useGet } from '../../client/questions.ts'
import { may, session } from '../../client/session.ts'
import { useStore } from '../../client/store.ts'
import type { components } from '../../generated/api.ts'
import { quantity } from '../../i18n/format.ts'
import { choiceWord, counted, t } from '../../i18n/index.ts'

import { isNegative, minus } from '../../parts/exact.ts'
import { points } from './moved.tsx'

type Schemas = components['schemas']
export type Approval = Schemas['Approval']
export type Hold = Schemas['sales.holds.row']
type Trouble = Schemas['warehouse.exceptions.row']

export type Waiting = {
  readonly key: string
  readonly title: string
  readonly why: string
  readonly role: string
  readonly amount: string | null
  readonly currency: string | null
  readonly since: string | null
  readonly overdue: boolean
  readonly what:
    | { readonly is: 'approval'; readonly approval: Approval }
    | { readonly is: 'hold'; readonly hold: Hold }
    | {
        readonly is: 'other'
        readonly document: string
        readonly id: string | null
        readonly facts: Facts
        readonly to?: string
      }
}
export type Facts = readonly { readonly label: string; readonly value: string | null }[]

/** What is asked for; an entry is more than its journal. */
export const kindOf = (approval: Approval): string =>
  approval.kind === 'journal' ? t('work.kind-journal') : choiceWord(approval.kind)

const ofApproval = (approval: Approval): Waiting => ({
  key: approval.id,
  title: kindOf(approval),
  why:
    approval.kind === 'price-override'
      ? t('work.why-price', { percent: points(approval.amount ?? '0') })
      : approval.kind === 'margin-floor'
        ? t('work.why-margin', { percent: points(approval.amount ?? '0') })
        : t('work.why-asked', { name: approval.requestedByName ?? '' }),
  role: approval.role,
  // Prices and margins are measured in percent, everything else in money.
  amount: approval.kind === 'price-override' || approval.kind === 'margin-floor' ? null : approval.amount,
  currency: null,
  since: approval.requestedAt,
  overdue: approval.dueAt !== null && Date.parse(approval.dueAt) < Date.now(),
  what: { is: 'approval', approval },
})

/** A reason is a sentence, or the code of one of the credit rules. */
export const reasonOf = (hold: Hold): string => (/\s/.test(hold.reason) ? hold.reason : choiceWord(hold.reason))

const ofHold = (hold: Hold): Waiting => ({
  key: hold.id,
  title: hold.customer_name,
  why: `${choiceWord(hold.kind)}: ${reasonOf(hold)}`,
  role: hold.role,
  amount: hold.total,
  currency: hold.currency,
  since: hold.raised_at,
  overdue: hold.overdue === true,
  what: { is: 'hold', hold },
})

const other = (
  given: Pick<Waiting, 'key' | 'title' | 'why' | 'role' | 'since'> & {
    document: string
    id: string | null
    facts?: Facts
    /** The screen where it is put right, when that is not the document's own. */
    to?: string
    amount?: string
    currency?: string
  },
): Waiting => ({
  key: given.key,
  title: given.title,
  why: given.why,
  role: given.role,
  since: given.since,
  amount: given.amount ?? null,
  currency: given.currency ?? null,
  overdue: false,
  what: {
    is: 'other',
    document: given.document,
    id: given.id,
    facts: given.facts ?? [],
    ...(given.to ? { to: given.to } : {}),
  },
})

const ofTrouble = (one: Trouble, at: number): Waiting =>
  other({
    key: `trouble-${at}-${one.shipment_id ?? ''}-${one.item ?? ''}`,
    title: one.item ? `${choiceWord(one.kind)}: ${one.item}` : `${choiceWord(one.kind)}: ${one.shipment ?? ''}`,
    why: one.reason ?? one.resolve ?? '',
    role: 'warehouse-supervisor',
    since: one.since,
    document: 'warehouse.shipment',
    id: one.shipment_id,
    facts: [
      { label: t('work.resolve'), value: one.resolve },
      { label: t('stock.place'), value: one.location && `${one.warehouse} ${one.location}` },
      { label: t('stock.quantity'), value: one.quantity && quantity(one.quantity) },
    ],
  })

/** Questions of the warehouse, the books and the stewards, each only for whoever can do something about its answers. */
function useTroubles(): readonly Waiting[] {
  const shipments = useGet('/api/warehouse/exceptions', {}, { enabled: may('warehouse.shipment.put-back') })
  const returns = useGet('/api/returns/to-inspect', {}, { enabled: may('returns.rma.inspect') })
  const twins = useGet('/api/party/duplicate-queue', {}, { enabled: may('party.duplicate.same') })
  const suspense = useGet(
    '/api/ledger/unmapped',
    {},
    { enabled: may('ledger.entry.post') && may('ledger.balance.read') },
  )
  const negative = useGet('/api/inventory/negative', {}, { enabled: may('inventory.adjustment.draft') })
  const balances = useGet(
    '/api/receivables/aged',
    {},
    { enabled: may('receivables.payment.apply') && may('receivables.balance.read') },
  )
  return [
    ...(balances.data?.items ?? [])
      .filter((one) => isNegative(one.on_account))
      .map((one) =>
        other({
          key: `money-${one.customer_id}-${one.currency}`,
          title: one.name,
          why: t('work.money-left'),
          role: 'accounts-receivable-clerk',
          since: null,
          amount: minus(one.on_account),
          currency: one.currency,
          document: 'party.customer',
          id: one.customer_id,
          to: `/finance/customer/${one.customer_id}`,
        }),
      ),
    ...(shipments.data?.items ?? []).map(ofTrouble),
    ...(returns.data?.items ?? []).map((one) =>
      other({
        key: one.id,
        title: `${t('work.inspect')} ${one.number}`,
        why: `${one.customer} · ${counted('work.days', one.days)}`,
        role: 'warehouse-supervisor',
        since: null,
        document: 'returns.rma',
        id: one.id,
      }),
    ),
    ...(twins.data?.items ?? []).map((one) =>
      other({
        key: one.id,
        title: one.proposed_name,
        why: t('work.twin', { name: one.known_name, code: one.known_code }),
        role: 'data-steward',
        since: one.created_at,
        document: 'party.duplicate',
        id: one.id,
      }),
    ),
    ...(suspense.data?.items ?? []).map((one, at) =>
      other({
        key: `suspense-${at}-${one.number ?? ''}`,
        title: `${t('work.suspense')} ${one.number ?? ''}`,
        why: one.cause,
        role: 'accountant',
        since: one.posting_date,
        document: one.source ?? 'ledger.entry',
        id: one.source_id,
      }),
    ),
    ...(negative.data?.items ?? []).map((one) =>
      other({
        key: `negative-${one.location}-${one.item}`,
        title: `${t('work.negative')}: ${one.item}`,
        why: `${one.warehouse} ${one.location}: ${quantity(one.on_hand)}`,
        role: 'stock-controller',
        since: one.since,
        document: 'catalog.item',
        id: null,
        to: `/stock/item/${one.item}`,
      }),
    ),
  ]
}

const oldestFirst = (a: Waiting, b: Waiting): number => (a.since ?? '').localeCompare(b.since ?? '')

export type Queues = {
  readonly mine: readonly Waiting[]
  readonly approvals: readonly Waiting[]
  readonly credit: readonly Waiting[]
  readonly pending: boolean
  readonly error: unknown
  again(): void
}

/** The queues. `mine` holds what my roles own or what was escalated to them, and approvals that wait for me. */
export function useWaiting(): Queues {
  const roles = useStore(session)?.roles
  const asked = useGet('/api/approvals', {}, { refetchInterval: 60_000 })
  const held = useGet('/api/sales/holds', {}, { enabled: may('sales.order.read'), refetchInterval: 60_000 })
  const troubles = useTroubles()
  const approvals = useMemo(() => (asked.data?.items ?? []).map(ofApproval), [asked.data])
  const holds = useMemo(() => (held.data?.items ?? []).map(ofHold), [held.data])
  const own = new Set((roles ?? []).map((one) => one.role))
  const decided = new Set((asked.data?.items ?? []).map((one) => one.documentId))
  const mine = holds.filter(
    ({ what }) =>
      what.is === 'hold' &&
      (own.has(what.hold.role) || (what.hold.escalated_to !== null && own.has(what.hold.escalated_to))) &&
      // What the matrix decides stands there as an approval already.
      !((what.hold.kind === 'price' || what.hold.kind === 'margin') && decided.has(what.hold.order_id)),
  )
  const foreign = approvals.filter(({ what }) => what.is === 'approval' && !what.approval.own)
  return {
    mine: [...foreign, ...mine, ...troubles].sort(oldestFirst),
    approvals,
    credit: holds.filter(({ what }) => what.is === 'hold' && what.hold.kind === 'credit').sort(oldestFirst),
    pending: asked.isPending || (may('sales.order.read') && held.isPending),
    error: asked.error ?? held.error,
    again: () => {
      void asked.refetch()
      void held.refetch()
    },
  }
}
