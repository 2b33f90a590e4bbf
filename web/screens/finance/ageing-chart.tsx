// Receivables by age as one row of bars, each with its amount; pressing one narrows the list below to it.

import type { components } from '../../generated/api.ts'
import { integer, money, percent } from '../../i18n/format.ts'
import { counted, t, useLanguage } from '../../i18n/index.ts'
import { drawn, isZero } from '../../parts/exact.ts'
import styles from './finance.module.css'

type Bucket = components['schemas']['receivables.ageing.row']
export type BucketKey = 'current' | 'days_30' | 'days_60' | 'days_90' | 'older' | 'on_account'

export const BUCKETS: readonly BucketKey[] = ['current', 'days_30', 'days_60', 'days_90', 'older', 'on_account']

export const bucketText = (key: BucketKey): string => t(`finance.bucket-${key}`)

/** How far a bar fills its place, in percent. */
const fill = (amount: string, most: number): number =>
  most === 0 ? 0 : Math.max(0.8, (Math.abs(drawn(amount)) / most) * 100)

type ChartProps = {
  buckets: readonly Bucket[]
  currency: string
  chosen: string | undefined
  onChoose: (key: string) => void
}

/** The chart. Late money is told by the hatching of its bar and by its words, not only by its tone. */
export function AgeingChart({ buckets, currency, chosen, onChoose }: ChartProps) {
  useLanguage()
  const most = Math.max(...buckets.map((one) => Math.abs(drawn(one.amount))))
  return (
    <div className={styles.ageing} role="group" aria-label={t('finance.by-age')}>
      {BUCKETS.map((key) => {
        const one = buckets.find((each) => each.bucket === key)
        if (!one) return null
        return (
          <button
            key={key}
            type="button"
            className={styles.bucket}
            aria-pressed={chosen === key}
            disabled={isZero(one.amount)}
            onClick={() => onChoose(chosen === key ? '' : key)}
          >
            <span className={styles.column} aria-hidden="true">
              <i className={styles[key]} style={{ height: `${isZero(one.amount) ? 0 : fill(one.amount, most)}%` }} />
            </span>
            <span className={styles.label}>{bucketText(key)}</span>
            <b>{money(one.amount, currency)}</b>
            <small>
              {key === 'on_account'
                ? counted('finance.items', one.items)
                : `${percent(one.share)} · ${integer(one.customers)} ${t('finance.customers')}`}
            </small>
          </button>
        )
      })}
    </div>
  )
}
