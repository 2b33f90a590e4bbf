// The lines of an order with how far each is: ordered, reserved, shipped, invoiced, returned, and what stops it.
import { useState } from 'react'
import { may } from '../../client/session.ts'
import { day, money, percent, price, quantity } from '../../i18n/format.ts'
import { counted, stateWord, t, useLanguage } from '../../i18n/index.ts'
import { Button } from '../../parts/button.tsx'
import { type Column, DataGrid } from '../../parts/data-grid.tsx'
import { isZero, minus, percentOf, sum, times } from '../../parts/exact.ts'
import { Section } from '../../parts/page.tsx'
import { WhyPrice } from '../../parts/waterfall.tsx'
import { reasonOf, roleWord } from '../order-desk/hold-list.tsx'
import { ChangeLines } from './change-lines.tsx'
import styles from './order.module.css'
import type { ChainLine, Order, OrderLine } from './order-data.ts'
import { WhyLine } from './why-line.tsx'

type Row = { line: OrderLine; chain: ChainLine | undefined }

/** The margin of a line in percent of its net, to a tenth; undefined for whoever may not see costs. */
function marginOf(line: OrderLine): string | undefined {
  if (!line.unitCost || !may('sales.order.see-margin')) return undefined
  return percentOf(sum([line.net, minus(times(line.unitCost, line.ordered))]), line.net)
}

/** Whether the clerk ordered in another unit than the goods are counted in, as 2 packs that are 24 pairs. */
const inOtherUnit = ({ line }: Row): boolean => !isZero(sum([line.ordered, minus(line.quantity)]))

const QUANTITIES = ['ordered', 'allocated', 'shipped', 'invoiced', 'returned'] as const

/** What stands in a cell of a quantity: in the unit of the order and, where that is another, in the base unit. */
function orderedText(row: Row): string {
  const value = row.chain?.ordered ?? row.line.ordered
  return inOtherUnit(row) ? `${quantity(row.line.quantity)} ${row.line.unit} = ${quantity(value)}` : quantity(value)
}

/** Pixels that a letter takes, one of a code, which are capitals, and a cell around its text. */
const [LETTER, CAPITAL, AROUND] = [7, 8, 22]

/** As wide as the longest of these texts, so that neither a code nor an amount nor its unit is cut; no less than `least`. */
const widthOf = (least: number, texts: readonly string[], letter = LETTER): number =>
  Math.max(least, ...texts.map((one) => one.length * letter + AROUND))

/** A quantity of the line; zero is quiet, and what is complete is said by weight. */
function Part({ row, field }: { row: Row; field: (typeof QUANTITIES)[number] }) {
  const value = row.chain?.[field] ?? (field === 'ordered' ? row.line.ordered : '0')
  const none = isZero(value)
  if (field === 'ordered' && inOtherUnit(row))
    return (
      <span data-unit={row.line.unit}>
        {quantity(row.line.quantity)} {row.line.unit} <span className="quiet">= {quantity(value)}</span>
      </span>
    )
  return (
    <span
      className={none ? 'quiet' : undefined}
      data-full={!none && field !== 'ordered' && value === row.chain?.ordered}
    >
      {none ? '–' : quantity(value)}
    </span>
  )
}

function Status({ chain }: { chain: ChainLine | undefined }) {
  if (!chain?.blocking) return <span className="quiet">{chain ? stateWord(chain.status) : ''}</span>
  const why = reasonOf({ kind: chain.blocking, reason: chain.reason ?? '' })
  return (
    <span className={styles.blocked} data-kind={chain.blocking} title={why}>
      {why}
      {chain.role ? <span className="quiet"> · {roleWord(chain.role)}</span> : null}
    </span>
  )
}

const part = (field: (typeof QUANTITIES)[number], width: number): Column<Row> => ({
  key: field,
  label: t(`order.q.${field}`),
  width,
  numeric: true,
  render: (row) => <Part row={row} field={field} />,
})

function columnsFor(rows: readonly Row[]): readonly Column<Row>[] {
  const promised = rows.some((row) => row.line.promise)
  const has = (field: (typeof QUANTITIES)[number]) => rows.some((row) => !isZero(row.chain?.[field]))
  const margins = rows.some((row) => marginOf(row.line) !== undefined)
  return [
    { key: 'line', label: '#', width: 36, numeric: true, render: (row) => row.line.line },
    {
      key: 'item',
      label: t('desk.item'),
      width: widthOf(
        96,
        rows.map((row) => row.chain?.item ?? ''),
        CAPITAL,
      ),
      render: (row) => <span className="code">{row.chain?.item ?? ''}</span>,
    },
    {
      key: 'description',
      label: t('desk.name'),
      width: 136,
      least: 100,
      grows: true,
      wraps: true,
      render: (row) => row.line.description,
    },
    part('ordered', widthOf(70, rows.map(orderedText))),
    {
      key: 'price',
      label: t('desk.price'),
      width: widthOf(
        96,
        rows.map(({ line }) => `${price(line.price)} / ${line.unit}`),
      ),
      numeric: true,
      render: (row) => (
        <WhyPrice trace={row.line.priceTrace} unit={row.line.unit}>
          {(bound) => (
            <span {...bound} className={styles.price}>
              {price(row.line.price)}
              <span className="quiet"> / {row.line.unit}</span>
            </span>
          )}
        </WhyPrice>
      ),
    },
    {
      key: 'net',
      label: t('desk.net'),
      width: widthOf(
        80,
        rows.map(({ line }) => money(line.net)),
      ),
      numeric: true,
      render: (row) => money(row.line.net),
    },
    // What was agreed stands together; how far it is comes behind.
    ...QUANTITIES.filter((field) => field !== 'ordered' && has(field)).map((field) => part(field, 70)),
    ...(margins
      ? [
          {
            key: 'margin',
            label: t('desk.margin'),
            width: 64,
            numeric: true,
            render: ({ line }: Row) => {
              const margin = marginOf(line)
              return margin ? percent(margin) : ''
            },
          },
        ]
      : []),
    ...(promised
      ? [
          {
            key: 'promise',
            label: t('desk.promise'),
            width: 110,
            render: (row: Row) => (row.line.promise ? day(row.line.promise) : <span className="quiet">–</span>),
          },
        ]
      : []),
    {
      key: 'status',
      label: t('order.stands'),
      width: 170,
      least: 120,
      wraps: true,
      render: (row) => <Status chain={row.chain} />,
    },
  ]
}

export function Lines({ order, chain }: { order: Order; chain: readonly ChainLine[] }) {
  useLanguage()
  const [asked, setAsked] = useState<string>()
  const [changing, setChanging] = useState(false)
  const byId = new Map(chain.map((one) => [one.id, one]))
  const rows = order.lines.map((line) => ({ line, chain: byId.get(line.id) }))
  const explained = rows.find((row) => row.line.id === asked)
  const changeable = may('sales.order.change') && (order.state === 'confirmed' || order.state === 'on_hold')
  return (
    <Section
      title={t('document.lines')}
      beside={
        <>
          <span className="quiet">{counted('list.count', rows.length)}</span>
          {changeable && !changing ? (
            <Button tone="quiet" onClick={() => setChanging(true)} data-verb="change-lines">
              {t('order.change-lines')}
            </Button>
          ) : null}
        </>
      }
    >
      {changing ? (
        <ChangeLines order={order} chain={byId} onClose={() => setChanging(false)} />
      ) : (
        <DataGrid
          label={t('document.lines')}
          height="content"
          columns={columnsFor(rows)}
          rows={rows}
          keyOf={(row) => row.line.id}
          onOpen={(row) => setAsked(row.line.id === asked ? undefined : row.line.id)}
        />
      )}
      {explained ? (
        <WhyLine
          key={explained.line.id}
          line={explained.line}
          chain={explained.chain}
          margin={marginOf(explained.line)}
          onClose={() => setAsked(undefined)}
        />
      ) : changing ? null : (
        <p className={styles.hint}>{t('order.why-hint')}</p>
      )}
    </Section>
  )
}
