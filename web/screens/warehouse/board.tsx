// The warehouse board: what waits to be released and where every shipment stands, worked through by keyboard, live.
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { documentPath } from '../../client/descriptions.ts'
import { useGet } from '../../client/questions.ts'
import { day } from '../../i18n/format.ts'
import { counted, type Key, t, useLanguage } from '../../i18n/index.ts'
import { Button } from '../../parts/button.tsx'
import { Empty, Page, ProblemNote, Skeleton } from '../../parts/page.tsx'
import { useWarehouse } from '../../shell/place.ts'
import { Actions } from './actions.tsx'
import styles from './board.module.css'
import { type Card, columnsOf, keyOf, type Stage, useBoard } from './stages.ts'

function Due({ card }: { card: Card }) {
  if (card.late) return <span className={styles.late}>{counted('board.late', card.late)}</span>
  if (!card.promise) return <span>{t('board.no-promise')}</span>
  return <span>{t('board.due', { day: day(card.promise) })}</span>
}

type CardProps = { card: Card; at: boolean; selected: boolean; toggle: () => void; open: () => void; several: boolean }

function CardView({ card, at, selected, toggle, open, several }: CardProps) {
  const own = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (at) own.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [at])
  const number = card.shipment ?? card.order_number
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the board's, which moves from card to card and over the columns
    <div
      ref={own}
      role="option"
      tabIndex={-1}
      aria-selected={selected}
      data-at={at}
      data-number={number}
      className={styles.card}
      onClick={toggle}
      onDoubleClick={open}
    >
      <div className={styles.top}>
        <span className={`${styles.number} code`}>{number}</span>
        {several ? <span className="quiet code">{card.warehouse}</span> : null}
      </div>
      <div className={styles.customer} title={card.customer}>
        {card.customer}
      </div>
      <div className={styles.under}>
        {card.stage === 'shipped' ? (
          <span>{card.carrier ?? counted('board.lines', card.lines)}</span>
        ) : (
          <>
            <Due card={card} />
            <span>
              {card.stage === 'released' && card.open < card.lines
                ? t('board.open', { open: card.open, lines: card.lines })
                : counted('board.lines', card.lines)}
            </span>
          </>
        )}
        {card.short > 0 ? <span className={styles.short}>{counted('board.short', card.short)}</span> : null}
      </div>
    </div>
  )
}

type ColumnProps = {
  stage: Stage
  cards: readonly Card[]
  board: ReturnType<typeof useBoard>
  open: (card: Card) => void
  several: boolean
}

function Column({ stage, cards, board, open, several }: ColumnProps) {
  const selected = new Set(board.selected.map(keyOf))
  // The type of a key has no way to say that every stage has one.
  const title = t(`board.${stage}` as Key)
  return (
    <section className={styles.column} aria-label={title} data-stage={stage}>
      <header>
        <h2>{title}</h2>
        <span className={styles.count}>{cards.length}</span>
        {cards.length > 1 && stage !== 'shipped' ? (
          <Button tone="quiet" className={styles.all ?? ''} onClick={() => board.choose(cards)}>
            {t('board.select-column')}
          </Button>
        ) : null}
      </header>
      {cards.length === 0 ? (
        <p className={styles.nothing}>{t(stage === 'waiting' ? 'board.nothing-waiting' : 'board.nothing')}</p>
      ) : (
        <div className={styles.cards} role="listbox" aria-multiselectable="true" aria-label={title} tabIndex={0}>
          {cards.map((card) => (
            <CardView
              key={keyOf(card)}
              card={card}
              at={board.at === keyOf(card)}
              selected={selected.has(keyOf(card))}
              toggle={() => board.toggle(card)}
              open={() => open(card)}
              several={several}
            />
          ))}
        </div>
      )}
    </section>
  )
}

function Board({ cards }: { cards: readonly Card[] }) {
  const navigate = useNavigate()
  const columns = columnsOf(cards)
  const several = new Set(cards.map((card) => card.warehouse)).size > 1
  const open = (card: Card) =>
    void navigate({
      to: card.shipment_id
        ? documentPath('warehouse.shipment', card.shipment_id)
        : documentPath('sales.order', card.order_id),
    })
  const board = useBoard({ columns, onOpen: open })
  if (cards.length === 0) return <Empty title={t('board.empty')}>{t('board.empty-rest')}</Empty>
  return (
    <div className={styles.board}>
      <div className={styles.columns}>
        {columns.map(([stage, own]) => (
          <Column key={stage} stage={stage} cards={own} board={board} open={open} several={several} />
        ))}
      </div>
      {board.selected.length > 0 ? (
        <Actions cards={board.selected} onDone={() => board.choose([])} />
      ) : (
        <p className={styles.hint}>{t('board.keys')}</p>
      )}
    </div>
  )
}

/** The screen at /warehouse. */
export function Screen() {
  useLanguage()
  const warehouse = useWarehouse()
  const board = useGet('/api/warehouse/board', warehouse ? { warehouse } : {})
  return (
    <Page title={t('board.title')} body="bare">
      {board.error ? (
        <ProblemNote error={board.error} onRetry={() => void board.refetch()} />
      ) : board.data ? (
        <Board cards={board.data.items} />
      ) : (
        <Skeleton lines={12} />
      )}
    </Page>
  )
}
