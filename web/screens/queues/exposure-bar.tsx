// What a customer owes as one bar of stages against his limit; what is owed is filled, what the order would add is an outline.
import { money } from '../../i18n/format.ts'
import { t } from '../../i18n/index.ts'
import { drawn, isZero } from '../../parts/exact.ts'
import styles from './queues.module.css'

type Figures = { receivable: string; unbilled: string; open_orders: string; this: string; limit: string }

/** The whole bar is the larger of limit and debt, with some air. */
export function ExposureBar({ figures, currency }: { figures: Figures; currency: string }) {
  const parts = [
    { key: 'receivable', label: t('work.receivable'), value: figures.receivable, look: styles.stage1 },
    { key: 'unbilled', label: t('work.unbilled'), value: figures.unbilled, look: styles.stage2 },
    { key: 'open-orders', label: t('work.open-orders'), value: figures.open_orders, look: styles.stage3 },
    { key: 'this', label: t('work.this-order'), value: figures.this, look: styles.stage4 },
  ].filter((part) => !isZero(part.value))
  const reached = parts.reduce((so, part) => so + drawn(part.value), 0)
  const whole = Math.max(reached, drawn(figures.limit), 1) * 1.04
  const share = (value: number) => (value / whole) * 100
  let from = 0
  const limit = share(drawn(figures.limit))
  return (
    <figure className={styles.bar}>
      <svg
        viewBox="0 0 100 20"
        preserveAspectRatio="none"
        role="img"
        aria-label={`${t('work.exposure')}: ${parts.map((part) => `${part.label} ${money(part.value, currency)}`).join(', ')}; ${t('work.limit')} ${money(figures.limit, currency)}`}
      >
        <path d="M0 10H100" className={styles.track} />
        {parts.map((part) => {
          const x = share(from)
          from += drawn(part.value)
          const width = Math.max(0.4, share(drawn(part.value)) - 0.2)
          return (
            <g key={part.key}>
              <rect x={x} y="4" width={width} height="12" className={part.look} />
            </g>
          )
        })}
        <path d={`M${limit} 0V20`} className={styles.limit} />
      </svg>
      <figcaption>
        {parts.map((part) => (
          <span key={part.key}>
            <i className={part.look} aria-hidden="true" />
            {part.label}
          </span>
        ))}
        <span>
          <i className={styles.limitMark} aria-hidden="true" />
          {t('work.limit')} {money(figures.limit, currency)}
        </span>
      </figcaption>
    </figure>
  )
}
