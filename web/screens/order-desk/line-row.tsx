// One line of the order being typed, with what the server says about it as it stands.
import { type KeyboardEvent, memo } from 'react'
import { may } from '../../client/session.ts'
import { day, money, percent, price, quantity } from '../../i18n/format.ts'
import { t, useLanguage } from '../../i18n/index.ts'
import { Icon } from '../../parts/icon.tsx'
import { WhyPrice } from '../../parts/waterfall.tsx'
import type { Answer } from './ask-lines.ts'
import type { Bought } from './card-data.ts'
import styles from './desk.module.css'
import type { Line } from './draft.ts'
import { type Chosen, ItemCell } from './item-cell.tsx'
import { hasNote, holdsOf, isNoQuantity, isShort, LineNote, type Substitute, substitutesOf } from './line-note.tsx'

/** What a row can ask of the grid; the functions stay the same, so that a row is drawn only when its own line changes. */
export type RowActs = {
  change(key: string, given: Partial<Line>): void
  choose(at: number, key: string, chosen: Chosen): void
  substitute(key: string, one: Substitute): void
  remove(at: number, key: string): void
  go(at: number, field: Field): void
  paste(key: string, text: string): boolean
}
export type Field = 'item' | 'quantity' | 'unit' | 'price' | 'reason'

type Props = {
  line: Line
  at: number
  /** Its number in the order, as refusals name it. */
  n: number
  /** Nothing stands in it, so it has no number yet. */
  empty: boolean
  /** It is the empty one that waits below the others. */
  last: boolean
  answer: Answer | undefined
  fresh: boolean
  customer: string | null
  warehouse: string
  bought: readonly Bought[]
  acts: RowActs
  margin: boolean
}

/** The keys that every field of a line has: up and down, next line, away with it, the substitutes. */
function keysOf({ line, at, acts, answer }: Props, field: Field) {
  return (event: KeyboardEvent<HTMLInputElement | HTMLSelectElement>) => {
    const mod = event.ctrlKey || event.metaKey
    if (mod && (event.key === 'Delete' || event.key === 'Backspace')) acts.remove(at, line.key)
    else if (mod) return
    else if (event.altKey && /^[1-3]$/.test(event.key)) {
      const one = substitutesOf(answer)[Number(event.key) - 1]
      if (!one) return
      acts.substitute(line.key, one)
    } else if (event.key === 'Enter')
      field === 'item'
        ? acts.go(at, 'quantity')
        : field === 'price' && line.price !== ''
          ? acts.go(at, 'reason')
          : acts.go(at + 1, 'item')
    else if (event.key === 'ArrowDown' && field !== 'unit') acts.go(at + 1, field)
    else if (event.key === 'ArrowUp' && field !== 'unit') acts.go(at - 1, field)
    else return
    event.preventDefault()
  }
}

function Units({ props }: { props: Props }) {
  const { line, n, answer, acts } = props
  const known = (answer?.units as readonly string[] | null | undefined) ?? []
  const chosen = line.unit === '' ? (answer?.unit ?? '') : line.unit
  const all = chosen !== '' && !known.includes(chosen) ? [chosen, ...known] : known
  return (
    <select
      className={styles.input}
      data-field="unit"
      aria-label={t('desk.unit-of', { n })}
      aria-invalid={answer?.problem === 'UNIT_UNKNOWN' || undefined}
      value={chosen}
      disabled={all.length === 0}
      onChange={(event) => acts.change(line.key, { unit: event.target.value })}
      onKeyDown={keysOf(props, 'unit')}
    >
      {all.length === 0 ? <option value="" /> : null}
      {all.map((unit) => (
        <option key={unit}>{unit}</option>
      ))}
    </select>
  )
}

function Price({ props }: { props: Props }) {
  const { line, n, answer, acts } = props
  const found = answer?.resolved ?? ''
  return (
    <WhyPrice
      trace={answer?.trace}
      unit={answer?.unit ?? null}
      className={styles.why}
      more={
        answer?.margin_percent ? (
          <p className={styles.margin}>
            {t('desk.margin-is', { margin: percent(answer.margin_percent), cost: price(answer.unit_cost ?? '') })}
          </p>
        ) : null
      }
    >
      {(bound) => (
        <input
          {...bound}
          className={`${styles.input} ${styles.right}`}
          data-field="price"
          inputMode="decimal"
          autoComplete="off"
          aria-label={t('desk.price-of', { n })}
          aria-invalid={answer?.problem === 'PRICE_MISSING' || undefined}
          placeholder={found === '' ? '' : price(found)}
          value={line.price}
          onChange={(event) => acts.change(line.key, { price: event.target.value })}
          onFocus={(event) => event.target.select()}
          onKeyDown={keysOf(props, 'price')}
        />
      )}
    </WhyPrice>
  )
}

function Supply({ answer }: { answer: Answer | undefined }) {
  if (answer?.kind !== 'stock') return <span />
  const state = answer.base === null ? 'unasked' : isShort(answer) ? 'short' : 'there'
  return (
    <span className={styles.free} data-state={state}>
      <i aria-hidden="true" />
      {answer.free === null || answer.free === undefined
        ? t(state === 'short' ? 'desk.is-short' : 'desk.is-there')
        : t('desk.free-unit', { quantity: quantity(answer.free), unit: answer.base_unit ?? '' })}
    </span>
  )
}

/** The fields and figures of a line. */
function Cells(props: Props) {
  const { line, at, n, empty, last, answer, acts, customer, warehouse, bought, margin } = props
  const noteId = `note-${line.key}`
  return (
    <div className={styles.cells} data-fresh={props.fresh}>
      <span className={styles.at}>{empty ? '' : n}</span>
      <ItemCell
        line={line}
        n={n}
        customer={customer}
        warehouse={warehouse}
        bought={bought}
        invalid={answer?.problem?.startsWith('ITEM') === true}
        describedBy={hasNote(line, answer) ? noteId : undefined}
        onChoose={(chosen) => acts.choose(at, line.key, chosen)}
        onText={(typed) => acts.change(line.key, { typed, item: '', name: '', unit: '' })}
        onKey={keysOf(props, 'item')}
        onPaste={(event) => {
          if (acts.paste(line.key, event.clipboardData.getData('text/plain'))) event.preventDefault()
        }}
      />
      <span className={styles.name} title={answer?.description ?? line.name}>
        {answer?.description ?? line.name}
        {answer?.item && answer.item !== line.typed ? <span className="quiet code"> {answer.item}</span> : null}
      </span>
      <input
        className={`${styles.input} ${styles.right}`}
        data-field="quantity"
        inputMode="decimal"
        autoComplete="off"
        aria-label={t('desk.quantity-of', { n })}
        aria-invalid={isNoQuantity(line) || answer?.problem?.startsWith('QUANTITY') || undefined}
        value={line.quantity}
        onChange={(event) => acts.change(line.key, { quantity: event.target.value })}
        onFocus={(event) => event.target.select()}
        onKeyDown={keysOf(props, 'quantity')}
      />
      <Units props={props} />
      <Price props={props} />
      <span className={`${styles.right} ${styles.net}`}>{answer?.net ? money(answer.net) : ''}</span>
      {margin ? (
        <span className={styles.right} data-low={holdsOf(answer).includes('margin')}>
          {answer?.margin_percent && may('sales.order.see-margin') ? percent(answer.margin_percent) : ''}
        </span>
      ) : null}
      <Supply answer={answer} />
      <span className={styles.promise}>
        {answer?.promise ? day(answer.promise) : answer?.base && isShort(answer) ? t('desk.no-date') : ''}
      </span>
      {last ? (
        <span />
      ) : (
        <button
          type="button"
          className={styles.away}
          aria-label={t('desk.remove', { n })}
          tabIndex={-1}
          onClick={() => acts.remove(at, line.key)}
        >
          <Icon name="close" size={13} />
        </button>
      )}
    </div>
  )
}

/** The line and what is said below it. */
export const LineRow = memo(function LineRow(props: Props) {
  useLanguage()
  const { line, at, n, answer, acts } = props
  return (
    <>
      <Cells {...props} />
      {hasNote(line, answer) ? (
        <LineNote
          id={`note-${line.key}`}
          line={line}
          n={n}
          answer={answer}
          onReason={(reason) => acts.change(line.key, { reason })}
          onSubstitute={(one) => acts.substitute(line.key, one)}
          onEnter={() => acts.go(at + 1, 'item')}
        />
      ) : null}
    </>
  )
})
