// Items that orders wait for: who waits, who would be served if it were released now, and who holds what there is.

import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useDescription } from '../../client/descriptions.ts'
import { useGet } from '../../client/questions.ts'
import { companyCode, may } from '../../client/session.ts'
import { useStore } from '../../client/store.ts'
import type { components } from '../../generated/api.ts'
import { preview, type VerbAnswer } from '../../generic/verb/use-verb.ts'
import { VerbButton } from '../../generic/verb/verb-button.tsx'
import { day } from '../../i18n/format.ts'
import { choiceWord, counted, t, useLanguage } from '../../i18n/index.ts'
import { isZero } from '../../parts/exact.ts'
import { Inbox, InboxRow, Mark } from '../../parts/inbox.tsx'
import { Empty, Figures, ProblemNote, Section, Skeleton } from '../../parts/page.tsx'
import { cell, growing, right, Table } from '../../parts/table.tsx'
import { Day, Quantity, Ref } from '../../parts/values.tsx'
import { useKeys } from '../../shell/keys.ts'
import { HeldBy } from '../stock/held-by.tsx'
import { Head } from './head.tsx'
import styles from './queues.module.css'

type Short = components['schemas']['warehouse.backorders.row']
type WaitingLine = components['schemas']['warehouse.waiting-lines.row']

/** Whole days since the oldest order that waits. */
const daysSince = (text: string): number => Math.max(0, Math.floor((Date.now() - Date.parse(text)) / 86_400_000))

const keyOf = (one: Short) => `${one.item_id}-${one.warehouse_id}`

/** What each line would get, as the verb itself says in a dry run over all orders that wait. */
function got(answers: readonly { answer?: VerbAnswer }[]): ReadonlyMap<string, string> {
  const lines = answers.flatMap(({ answer }) => {
    const result = answer?.result
    const reserved = typeof result === 'object' && result !== null && 'reserved' in result ? result.reserved : []
    return Array.isArray(reserved) ? reserved : []
  })
  return new Map(lines.map((one) => [String(one.source_line), String(one.reserved)]))
}

function useSimulation(lines: readonly WaitingLine[]) {
  const company = useStore(companyCode)
  const orders = [...new Map(lines.map((one) => [one.order_id, one])).values()]
  const subjects = orders.map((one) => ({ id: one.order_id, number: one.number, state: 'confirmed' }))
  const allowed = useDescription('sales.order')?.verbs.some((verb) => verb.verb === 'allocate') === true
  const looked = useQuery({
    queryKey: ['act', company, 'allocate', subjects.map((one) => one.id).join()],
    queryFn: ({ signal }) => preview({ document: 'sales.order', verb: 'allocate', subjects, input: {} }, signal),
    enabled: allowed && subjects.length > 0,
    retry: false,
    staleTime: 5_000,
  })
  return { subjects, allowed, looked, gets: got(looked.data ?? []) }
}

function Lines({
  lines,
  gets,
  told,
}: {
  lines: readonly WaitingLine[]
  gets: ReadonlyMap<string, string>
  told: boolean
}) {
  const promised = lines.some((line) => line.promise)
  return (
    <Table
      className={styles.table}
      heads={[
        t('work.order'),
        growing(t('work.customer')),
        t('work.ordered'),
        promised ? t('work.promise') : null,
        right(t('work.wanted')),
        told ? right(t('work.would-get')) : null,
      ]}
    >
      {lines.map((line) => (
        <tr key={line.id}>
          <td>
            <Ref of="sales.order" id={line.order_id} as="number" />
          </td>
          <td className={cell.grow}>
            {line.customer_name}
            <small>{line.class ? choiceWord(line.class) : null}</small>
          </td>
          <td>
            <Day value={line.requested_on ?? line.ordered_on} />
          </td>
          {promised ? (
            <td>
              {line.promise ? <Day value={line.promise} /> : <span className="quiet">{t('work.no-promise')}</span>}
            </td>
          ) : null}
          <td className={cell.right}>
            <Quantity value={line.wanted} />
          </td>
          {told ? (
            <td className={cell.right}>
              {gets.has(line.id) ? (
                <b>
                  <Quantity value={gets.get(line.id)} />
                </b>
              ) : (
                <span className="quiet">{line.by_hand ? t('work.by-hand') : '0'}</span>
              )}
            </td>
          ) : null}
        </tr>
      ))}
    </Table>
  )
}

function Detail({ one }: { one: Short }) {
  useLanguage()
  const [opened, setOpened] = useState(false)
  const { data, error } = useGet('/api/warehouse/waiting-lines', { item: one.item_id, warehouse: one.warehouse_id })
  const lines = data?.items ?? []
  const { subjects, allowed, looked, gets } = useSimulation(lines)
  // Only orders that would get something are served; where nobody would, there is nothing to press.
  const served = subjects.filter((one) => lines.some((line) => line.order_id === one.id && gets.has(line.id)))
  useKeys({ a: () => setOpened(true) }, allowed && served.length > 0)
  return (
    <>
      <Head
        title={
          <Link to={`/stock/item/${one.item_id}`} search={{ warehouse: one.warehouse }}>
            <span className="code">{one.item}</span> {one.name}
          </Link>
        }
        actions={
          served.length > 0 ? (
            <VerbButton
              document="sales.order"
              verb="allocate"
              subjects={served}
              tone="primary"
              hint="a"
              opened={opened}
              onOpened={setOpened}
            />
          ) : null
        }
      />
      <Figures
        figures={[
          { label: t('work.wanted'), value: <Quantity value={one.wanted} unit={one.unit} /> },
          { label: t('stock.free'), value: <Quantity value={one.free} unit={one.unit} /> },
          { label: t('stock.held'), value: <Quantity value={one.held} unit={one.unit} /> },
          {
            label: one.next_due ? `${t('stock.expected')} · ${day(one.next_due)}` : t('stock.expected'),
            value: <Quantity value={one.expected} unit={one.unit} />,
          },
        ]}
      />
      <div className={styles.gap} />
      {error ? <ProblemNote error={error} /> : null}
      <Section title={t('work.who-waits')} beside={<span className="quiet">{counted('work.lines', one.lines)}</span>}>
        {data ? <Lines lines={lines} gets={gets} told={looked.isSuccess} /> : <Skeleton lines={4} />}
        {looked.isError ? (
          <p className={styles.note}>{looked.error.message}</p>
        ) : looked.isSuccess ? (
          <p className={styles.note}>{t(gets.size > 0 ? 'work.would-be-served' : 'work.nobody-served')}</p>
        ) : null}
      </Section>
      {may('inventory.reservation.read') ? (
        <HeldBy item={one.item_id} warehouse={one.warehouse_id} code={one.item} unit={one.unit} />
      ) : null}
    </>
  )
}

type BackordersProps = {
  rows: readonly Short[] | undefined
  error: unknown
  chosen: string | undefined
  onChoose(key: string | undefined): void
}

/** The queue of items; the pane of one of them. */
export function Backorders({ rows, error, chosen, onChoose }: BackordersProps) {
  useLanguage()
  if (error) return <ProblemNote error={error} />
  if (!rows) return <Skeleton lines={10} />
  return (
    <Inbox
      label={t('work.backorders')}
      rows={rows}
      keyOf={keyOf}
      chosen={chosen}
      onChoose={onChoose}
      row={(one) => (
        <InboxRow
          mark={
            <Mark mood={!isZero(one.free) ? 'good' : !isZero(one.expected) ? 'info' : one.late > 0 ? 'bad' : 'wait'}>
              {t('stock.short')}
            </Mark>
          }
          title={
            <>
              <span className="code">{one.item}</span> {one.name}
            </>
          }
          end={<Quantity value={one.wanted} unit={one.unit} />}
          below={
            !isZero(one.free)
              ? t('work.short-free')
              : one.next_due
                ? t('work.short-due', { day: day(one.next_due) })
                : t('work.short-nothing')
          }
          belowEnd={
            <>
              {one.warehouse} · {counted('work.orders-n', one.orders)} · {counted('work.days', daysSince(one.oldest))}
            </>
          }
        />
      )}
      detail={(one) => <Detail one={one} />}
      nothing={<Empty title={t('work.none-backorders')}>{t('work.none-rest')}</Empty>}
    />
  )
}
