// Why a line is as it is: its price, its promise, who holds which stock for it and what would free it.
import { useGet } from '../../client/questions.ts'
import { instant, percent } from '../../i18n/format.ts'
import { humane, t, useLanguage } from '../../i18n/index.ts'
import { Button } from '../../parts/button.tsx'
import { ProblemNote, Skeleton } from '../../parts/page.tsx'
import { Waterfall } from '../../parts/waterfall.tsx'
import { useKeys } from '../../shell/keys.ts'
import styles from './order.module.css'
import type { ChainLine, OrderLine } from './order-data.ts'

type Terms = Readonly<Record<string, unknown>>
const termsOf = (detail: unknown): Terms =>
  typeof detail === 'object' && detail !== null && !Array.isArray(detail) ? (detail as Terms) : {}

/** What a promise or a reservation hangs on, as pairs that people read; ids and what is empty are left out. */
const pairs = (detail: unknown): readonly (readonly [string, string])[] =>
  Object.entries(termsOf(detail)).flatMap(([key, value]) =>
    value === null || value === false || typeof value === 'object' || /^[0-9a-f-]{36}$/.test(String(value))
      ? []
      : [[humane(key), value === true ? t('common.yes') : String(value)] as const],
  )

const ABOUT = ['reservation', 'promise', 'hold', 'credit'] as const

type Props = { line: OrderLine; chain: ChainLine | undefined; margin: string | undefined; onClose: () => void }

export function WhyLine({ line, chain, margin, onClose }: Props) {
  useLanguage()
  const { data, error } = useGet('/api/sales/why', { line: line.id })
  useKeys({ Escape: onClose })
  const rows = data?.items ?? []
  return (
    <section className={styles.whyLine} aria-label={t('order.why', { n: line.line })} aria-live="polite">
      <header>
        <h2>
          {t('order.why', { n: line.line })} <span className="code quiet">{chain?.item}</span>
        </h2>
        <Button tone="quiet" hint="Esc" onClick={onClose}>
          {t('common.close')}
        </Button>
      </header>
      {error ? <ProblemNote error={error} /> : null}
      <div className={styles.answers}>
        <div>
          <h3>{t('desk.price')}</h3>
          <Waterfall trace={line.priceTrace} unit={line.unit} />
          {line.priceReason ? <p>{line.priceReason}</p> : null}
          {margin ? <p className="quiet">{t('order.margin', { margin: percent(margin) })}</p> : null}
        </div>
        {!data ? (
          <Skeleton lines={3} />
        ) : (
          ABOUT.map((about) => {
            const own = rows.filter((row) => row.about === about)
            if (own.length === 0) return null
            return (
              <div key={about}>
                <h3>{t(`order.why.${about}`)}</h3>
                <ul>
                  {own.slice(0, 6).map((row) => (
                    <li key={`${row.at ?? ''} ${row.says}`}>
                      {row.says}
                      <small>
                        {[row.at ? instant(row.at) : '', ...pairs(row.detail).map(([key, value]) => `${key}: ${value}`)]
                          .filter(Boolean)
                          .join(' · ')}
                      </small>
                    </li>
                  ))}
                </ul>
              </div>
            )
          })
        )}
      </div>
    </section>
  )
}
