// The item of a line: our code, the customer's own number, a GTIN or words; what he bought before stands first.
import type { ClipboardEvent, KeyboardEvent } from 'react'
import { get } from '../../client/http.ts'
import type { components } from '../../generated/api.ts'
import { price, quantity } from '../../i18n/format.ts'
import { t, useLanguage } from '../../i18n/index.ts'
import type { Bought } from './card-data.ts'
import { Combo } from './combo.tsx'
import styles from './desk.module.css'
import type { Line } from './draft.ts'

type Hit = components['schemas']['sales.find-items.row']
export type Chosen = { id: string; code: string; name: string; unit: string }

/** Bought items that are offered before the first letter. */
const OFFERED = 8

type Props = {
  line: Line
  n: number
  customer: string | null
  warehouse: string
  bought: readonly Bought[]
  invalid: boolean
  describedBy: string | undefined
  onChoose: (chosen: Chosen) => void
  onText: (text: string) => void
  onKey: (event: KeyboardEvent<HTMLInputElement>) => void
  onPaste: (event: ClipboardEvent<HTMLInputElement>) => void
}

const offered = (bought: readonly Bought[]): readonly Hit[] =>
  bought.slice(0, OFFERED).map((one) => ({
    id: one.id,
    code: one.code,
    name: one.name,
    kind: 'stock',
    state: 'active',
    unit: one.unit,
    base_unit: one.unit,
    through: null,
  }))

export function ItemCell({ line, n, customer, warehouse, bought, ...rest }: Props) {
  useLanguage()
  const before = new Map(bought.map((one) => [one.id, one]))
  const find = async (q: string, signal: AbortSignal): Promise<readonly Hit[]> => {
    if (q === '' || customer === null) return offered(bought)
    const { items } = await get('/api/sales/find-items', { query: { q, customer, warehouse }, signal })
    const exact = items.filter((hit) => hit.through !== null || hit.code.toLowerCase() === q.toLowerCase())
    const known = items.filter((hit) => !exact.includes(hit) && before.has(hit.id))
    return [...exact, ...known, ...items.filter((hit) => !exact.includes(hit) && !known.includes(hit))]
  }
  return (
    <Combo<Hit>
      className={styles.input ?? ''}
      label={t('desk.item-of', { n })}
      value={line.typed}
      about={['item', customer, warehouse]}
      find={find}
      offers
      onChoose={(hit) => rest.onChoose({ id: hit.id, code: hit.code, name: hit.name, unit: hit.unit })}
      onText={rest.onText}
      onKey={rest.onKey}
      onPaste={rest.onPaste}
      invalid={rest.invalid}
      describedBy={rest.describedBy}
      width={640}
      row={(hit) => {
        const own = before.get(hit.id)
        return (
          <>
            <b className="code">{hit.code}</b>
            <span>
              {hit.name}
              {hit.through && hit.through !== hit.code ? <span className="quiet"> · {hit.through}</span> : null}
            </span>
            <span className={styles.beside}>
              {own ? (
                <span className={styles.again}>
                  {t('desk.last-price', { price: price(own.price), unit: own.unit })}
                </span>
              ) : null}
              {hit.free === null || hit.free === undefined ? null : (
                <span data-none={hit.free === '0'}>
                  {t('desk.free-unit', { quantity: quantity(hit.free), unit: hit.base_unit })}
                </span>
              )}
            </span>
          </>
        )
      }}
    />
  )
}
