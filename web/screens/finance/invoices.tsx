// Open invoices, the longest due first, each with what it would be paid: marked with Space, typed in part, or dropped on.
import { type DragEvent, type KeyboardEvent, useRef, useState } from 'react'
import { money } from '../../i18n/format.ts'
import { counted, t, useLanguage } from '../../i18n/index.ts'
import { isZero, minus, sum } from '../../parts/exact.ts'
import { inputClass } from '../../parts/field.tsx'
import { cell, tableClass } from '../../parts/table.tsx'
import { Day, Ref } from '../../parts/values.tsx'
import styles from './apply.module.css'
import type { Item, Plan, Taken } from './apply.tsx'

type InvoicesProps = {
  invoices: readonly Item[]
  plan: Plan
  taken: Taken
  /** Whether there is money and the right to apply it. */
  applying: boolean
  /** Only invoices of the money's currency can take it. */
  currency: string | null
  onPut: (invoice: string, amount: string | undefined) => void
}

function Late({ days }: { days: number | null }) {
  if (!days) return <span className="quiet">{t('finance.not-due')}</span>
  return <span className={days > 30 ? styles.late : styles.soon}>{counted('finance.days-late', days)}</span>
}

/** What stays open after it, while something is planned. */
function After({ one, taken }: { one: Item; taken: Taken }) {
  const part = taken.get(one.id)
  if (!part) return null
  const rest = sum([one.open, minus(part.amount), minus(part.discount), minus(part.writeOff)])
  return (
    <span className={isZero(rest) ? styles.paid : styles.part}>
      {isZero(rest) ? t('finance.paid-in-full') : t('finance.stays-open', { amount: money(rest, one.currency) })}
    </span>
  )
}

/** The table. */
export function Invoices({ invoices, plan, taken, applying, currency, onPut }: InvoicesProps) {
  useLanguage()
  const [at, setAt] = useState(0)
  const [over, setOver] = useState<string>()
  const box = useRef<HTMLTableElement>(null)
  const fits = (one: Item) => applying && one.currency === currency
  const toggle = (one: Item) => fits(one) && onPut(one.id, plan.has(one.id) ? undefined : '')
  const input = (place: number) =>
    box.current?.querySelector<HTMLInputElement>(`tr[data-at="${place}"] input[type=text]`)
  const move = (to: number) => setAt(Math.max(0, Math.min(invoices.length - 1, to)))
  const onKeyDown = (event: KeyboardEvent) => {
    const one = invoices[at]
    if (event.target !== event.currentTarget || !one || event.ctrlKey || event.metaKey) return
    if (event.key === 'j' || event.key === 'ArrowDown') move(at + 1)
    else if (event.key === 'k' || event.key === 'ArrowUp') move(at - 1)
    else if (event.key === ' ' || event.key === 'x') toggle(one)
    else if (event.key === 'Enter') {
      if (fits(one) && !plan.has(one.id)) onPut(one.id, '')
      setTimeout(() => input(at)?.select())
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  const onTyping = (place: number) => (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    if (event.ctrlKey || event.metaKey) return
    event.preventDefault()
    const next = place + (event.key === 'ArrowUp' ? -1 : 1)
    move(next)
    const target = input(next)
    if (target && event.key !== 'Enter') target.select()
    else box.current?.focus()
  }
  const onDrop = (one: Item) => (event: DragEvent) => {
    event.preventDefault()
    setOver(undefined)
    if (fits(one)) onPut(one.id, plan.get(one.id) ?? '')
  }
  return (
    <div className={`${tableClass} ${styles.table}`}>
      <table
        ref={box}
        role="grid"
        aria-label={t('finance.open-invoices')}
        tabIndex={0}
        onKeyDown={onKeyDown}
        aria-activedescendant={`invoice-${at}`}
      >
        <thead>
          <tr>
            {applying ? (
              <th scope="col" className={styles.mark}>
                <span className="only-heard">{t('finance.apply')}</span>
              </th>
            ) : null}
            <th scope="col">{t('finance.invoice')}</th>
            <th scope="col">{t('finance.dated')}</th>
            <th scope="col">{t('finance.due')}</th>
            <th scope="col" className={cell.grow} />
            <th scope="col" className={cell.right}>
              {t('finance.open')}
            </th>
            {applying ? (
              <th scope="col" className={cell.right}>
                {t('finance.apply')}
              </th>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {invoices.map((one, place) => (
            <tr
              key={one.id}
              id={`invoice-${place}`}
              data-at={place}
              data-current={place === at}
              data-planned={plan.has(one.id)}
              data-over={over === one.id && fits(one)}
              onPointerDown={() => setAt(place)}
              onDragOver={(event) => {
                if (!fits(one)) return
                event.preventDefault()
                setOver(one.id)
              }}
              onDragLeave={() => setOver(undefined)}
              onDrop={onDrop(one)}
            >
              {applying ? (
                <td className={styles.mark}>
                  <input
                    type="checkbox"
                    aria-label={t('finance.apply-to', { number: one.number ?? '' })}
                    checked={plan.has(one.id)}
                    disabled={!fits(one)}
                    onChange={() => toggle(one)}
                  />
                </td>
              ) : null}
              <td>
                <Ref of="receivables.invoice" id={one.id} as="number" />
              </td>
              <td>
                <Day value={one.dated} />
              </td>
              <td>
                <Day value={one.due_on} />
              </td>
              <td className={cell.grow}>
                {taken.has(one.id) ? <After one={one} taken={taken} /> : <Late days={one.days_overdue} />}
              </td>
              <td className={cell.right}>
                <b className="number">{money(one.open, one.currency)}</b>
              </td>
              {applying ? (
                <td className={cell.right}>
                  <input
                    type="text"
                    inputMode="decimal"
                    className={`${inputClass} ${styles.amount}`}
                    aria-label={t('finance.amount-for', { number: one.number ?? '' })}
                    placeholder={taken.get(one.id)?.amount ? money(taken.get(one.id)?.amount ?? '') : ''}
                    value={plan.get(one.id) ?? ''}
                    disabled={!fits(one)}
                    onChange={(event) => onPut(one.id, event.target.value)}
                    onKeyDown={onTyping(place)}
                  />
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
