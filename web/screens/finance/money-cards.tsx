// What came and is not applied: payments, deposits and credit notes, one of them chosen, each to be dragged onto an invoice.
import { money } from '../../i18n/format.ts'
import { documentWord, t, useLanguage } from '../../i18n/index.ts'
import { minus } from '../../parts/exact.ts'
import { Day } from '../../parts/values.tsx'
import styles from './apply.module.css'
import type { Item } from './apply.tsx'

const word = (kind: string): string =>
  kind === 'credit-note'
    ? documentWord('receivables.credit-note', t('finance.kind-credit-note'))
    : kind === 'deposit'
      ? t('finance.kind-deposit')
      : documentWord('receivables.payment', t('finance.kind-payment'))

type CardsProps = {
  sources: readonly Item[]
  chosen: string | undefined
  onChoose: (id: string) => void
  draggable: boolean
}

/** The cards, as one choice among several. */
export function MoneyCards({ sources, chosen, onChoose, draggable }: CardsProps) {
  useLanguage()
  return (
    <div className={styles.cards} role="radiogroup" aria-label={t('finance.money-left')}>
      {sources.map((one) => (
        <label
          key={one.id}
          className={styles.card}
          data-chosen={one.id === chosen}
          draggable={draggable}
          onDragStart={(event) => {
            event.dataTransfer.setData('text/plain', one.number ?? '')
            event.dataTransfer.effectAllowed = 'link'
            onChoose(one.id)
          }}
        >
          <input
            type="radio"
            name="money"
            className="only-heard"
            checked={one.id === chosen}
            onChange={() => onChoose(one.id)}
          />
          <span className={styles.cardHead}>
            <span className="code">{one.number}</span>
            <b className="number">{money(minus(one.open), one.currency)}</b>
          </span>
          <span className={styles.cardFoot}>
            {word(one.kind)} · <Day value={one.dated} />
          </span>
        </label>
      ))}
    </div>
  )
}
