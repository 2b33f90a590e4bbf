// A share before and after, in words and as two marks on one short line.
import { locale, t } from '../../i18n/index.ts'
import { drawn } from '../../parts/exact.ts'
import styles from './queues.module.css'

const WIDTH = 64

/** A share to one place, as one reads it at a glance: '8.0419' as '8 %'. */
export const points = (text: string): string =>
  `${new Intl.NumberFormat(locale(), { maximumFractionDigits: 1 }).format(drawn(text))} %`

/** Percentages as texts; the line is as long as half of all, which is more than goods of trade bear. */
export function Moved({ before, after }: { before: string | null; after: string | null }) {
  if (after === null) return null
  const at = (value: string) => Math.max(2, Math.min(WIDTH - 2, (drawn(value) / 50) * WIDTH))
  return (
    <span className={styles.moved}>
      <svg width={WIDTH} height="12" aria-hidden="true">
        <path d={`M0 6H${WIDTH}`} className={styles.track} />
        {before === null ? null : (
          <>
            <path d={`M${at(before)} 6H${at(after)}`} className={styles.lost} />
            <path d={`M${at(before)} 2V10`} className={styles.was} />
          </>
        )}
        <circle cx={at(after)} cy="6" r="3.5" className={styles.is} />
      </svg>
      <span>
        {before === null ? null : (
          <>
            <span className="quiet">{points(before)}</span>
            <span className="only-heard">{t('work.becomes')}</span>
            <span aria-hidden="true"> → </span>
          </>
        )}
        <b className="number">{points(after)}</b>
      </span>
    </span>
  )
}
