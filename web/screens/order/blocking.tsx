// The one thing that stops an order: what, whose turn it is, and the button that resolves it.

import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { documentPath, useDescription } from '../../client/descriptions.ts'
import { may } from '../../client/session.ts'
import { perform, preview, type VerbAnswer } from '../../generic/verb/use-verb.ts'
import { VerbButton } from '../../generic/verb/verb-button.tsx'
import { ago, amountsIn } from '../../i18n/format.ts'
import { documentWord, humane, t, useLanguage, verbWord } from '../../i18n/index.ts'
import { ActButton } from '../../parts/act-panel.tsx'
import type { Tone } from '../../parts/button.tsx'
import { Icon } from '../../parts/icon.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import { HoldList, holdWord, reasonOf, roleWord } from '../order-desk/hold-list.tsx'
import styles from './order.module.css'
import type { ChainLine, HoldRow, Order } from './order-data.ts'

type Stop = {
  kind: string
  text: string
  role: string | null
  since?: string
  suggestion?: string | null
  verb?: string
  lines: readonly number[]
}

// Which comes first when lines wait for different things: what a person decides, then goods, then work, then papers.
const ORDER = ['not confirmed', 'stock', 'warehouse', 'invoice']

/** The first open hold, else what stops lines, the most urgent first; nothing where nothing stops the order. */
function stopsOf(order: Order, lines: readonly ChainLine[], holds: readonly HoldRow[]): readonly Stop[] {
  const [hold] = holds.filter((one) => one.state === 'open')
  // The order says whether it is held; the list of holds may be a moment older.
  if (hold && order.state === 'on_hold')
    return [
      {
        kind: hold.kind,
        text: reasonOf(hold),
        role: hold.approver ?? hold.role,
        since: hold.raised_at,
        suggestion: hold.suggestion,
        verb: hold.resolved_by,
        lines: [],
      },
    ]
  if (order.state === 'cancelled' || order.state === 'closed') return []
  return ORDER.flatMap((kind) => {
    const stopped = lines.filter((line) => line.blocking === kind)
    const [first] = stopped
    return first ? [{ kind, text: first.reason ?? '', role: first.role, lines: stopped.map((line) => line.line) }] : []
  })
}

/** Papers whose numbers have no gaps get theirs only when they are made. */
function Makes({ document, answer }: { document: string; answer: VerbAnswer | undefined }) {
  const doc = useDescription(document)
  const numbers = answer?.numbers?.filter((one) => one !== '') ?? []
  const state = Object.values(answer?.states ?? {})[0]
  return (
    <p>
      {numbers.length > 0
        ? t('order.makes', { number: numbers.join(', ') })
        : t('verb.created', { document: documentWord(document, doc?.label ?? document) })}{' '}
      {state ? <StateBadge state={state} /> : null}
    </p>
  )
}

/** A shipment or an invoice for the whole order, looked at before it is made. */
function Make({
  order,
  document,
  verb,
  to,
  tone,
}: {
  order: Order
  document: string
  verb: string
  to: string
  tone: Tone
}) {
  const navigate = useNavigate()
  const queries = useQueryClient()
  const request = { document, verb, subjects: [], input: { documents: [{ order: order.id }] } }
  return (
    <ActButton
      act={{
        text: t(to === 'shipment' ? 'order.make-shipment' : 'order.make-invoice'),
        tone,
        of: `${order.id} ${order.version}`,
        look: (_, signal) => preview(request, signal),
        perform: (_, key) => perform(request, key),
        says: (done) => <Makes document={document} answer={done[0]?.answer} />,
        done: (done) => {
          void queries.invalidateQueries()
          const id = done[0]?.answer?.ids[0]
          if (id) void navigate({ to: documentPath(document, id) })
        },
      }}
    />
  )
}

/** What the person may do about it; nothing when it is somebody else's turn. */
function Ways({ order, stop, tone }: { order: Order; stop: Stop; tone: Tone }) {
  const allowed = (verb: string) => may(`sales.order.${verb}`)
  if (stop.verb) return <VerbButton document="sales.order" verb={stop.verb} subjects={[order]} tone={tone} hint="." />
  if (stop.kind === 'not confirmed')
    return <VerbButton document="sales.order" verb="confirm" subjects={[order]} tone={tone} hint="." />
  if (stop.kind === 'stock')
    return (
      <>
        {allowed('substitute') ? (
          <VerbButton
            document="sales.order"
            verb="substitute"
            subjects={[order]}
            values={{ lines: stop.lines.map((line) => ({ line })) }}
          />
        ) : null}
        {allowed('allocate') ? (
          <VerbButton document="sales.order" verb="allocate" subjects={[order]} tone={tone} hint="." />
        ) : null}
      </>
    )
  if (stop.kind === 'warehouse' && may('warehouse.shipment.release'))
    return <Make order={order} tone={tone} document="warehouse.shipment" verb="release" to="shipment" />
  if (stop.kind === 'invoice' && may('receivables.invoice.issue'))
    return <Make order={order} tone={tone} document="receivables.invoice" verb="issue" to="invoice" />
  return null
}

const headline = (stop: Stop): string =>
  stop.verb
    ? t('order.held', { kind: holdWord(stop.kind) })
    : stop.kind === 'not confirmed'
      ? t('order.stop.not-confirmed')
      : stop.kind === 'stock'
        ? t('order.stop.stock')
        : stop.kind === 'warehouse'
          ? t('order.stop.warehouse')
          : stop.kind === 'invoice'
            ? t('order.stop.invoice')
            : humane(stop.kind)

export function Blocking({
  order,
  lines,
  holds,
}: {
  order: Order
  lines: readonly ChainLine[]
  holds: readonly HoldRow[]
}) {
  useLanguage()
  const [stop, ...later] = stopsOf(order, lines, holds)
  const others = holds.filter((one) => one.state === 'open').slice(1)
  if (!stop) return null
  const waits = stop.verb !== undefined
  const mine = stop.verb === undefined || may(`sales.order.${stop.verb}`)
  return (
    <section className={styles.stop} data-waits={waits} aria-label={t('order.blocking')}>
      <Icon name={waits ? 'stop' : 'clock'} size={18} />
      <div>
        <h2>{headline(stop)}</h2>
        <p>
          {stop.text}
          {stop.lines.length > 0 && stop.lines.length < lines.length ? (
            <span className="quiet"> · {t('order.lines-named', { lines: stop.lines.slice(0, 8).join(', ') })}</span>
          ) : null}
        </p>
        {stop.suggestion ? <p className="quiet">{amountsIn(stop.suggestion, order.currency)}.</p> : null}
        <p className="quiet">
          {stop.role ? t('order.turn', { role: roleWord(stop.role) }) : ''}
          {stop.since ? ` · ${t('order.since', { ago: ago(stop.since) })}` : ''}
          {mine ? '' : ` · ${t('order.not-you', { verb: verbWord(stop.verb ?? '') })}`}
        </p>
        {others.length > 0 ? <HoldList holds={others} /> : null}
      </div>
      <div className={styles.ways} data-resolves={stop.kind}>
        {later.map((one) => (
          <Ways key={one.kind} order={order} stop={one} tone="plain" />
        ))}
        <Ways order={order} stop={stop} tone="primary" />
      </div>
    </section>
  )
}
