// Amounts by week or age as bars with their numbers on them; what is late is hatched, what is held has an outline.
import { useId } from 'react'
import { t, useLanguage } from '../../i18n/index.ts'
import { drawn } from '../../parts/exact.ts'
import { AsTable } from './as-table.tsx'
import styles from './chart.module.css'
import { toldShort } from './figures.ts'

export type Bar = {
  key: string
  label: string
  worth: string
  late?: string
  held?: string
  lines: number
  heldLines?: number
}

type Props = {
  title: string
  bars: readonly Bar[]
  currency: string
  rowName: string
  onOpen?: (() => void) | undefined
}

const share = (part: string | undefined, most: number): string => `${most === 0 ? 0 : (drawn(part) / most) * 100}%`

/** The bars, and their table under them. Late and held parts are drawn inside their bar and told in words. */
export function Bars({ title, bars, currency, rowName }: Props) {
  useLanguage()
  const id = useId()
  const most = Math.max(...bars.map((one) => drawn(one.worth)), 0)
  const late = bars.some((one) => one.late !== undefined)
  const held = bars.some((one) => drawn(one.held) > 0 || (one.heldLines ?? 0) > 0)
  return (
    <figure className={styles.figure} aria-labelledby={id}>
      <figcaption id={id}>
        <b>{title}</b>
        {late ? (
          <span className={styles.key}>
            <i className={styles.lateKey} aria-hidden="true" /> {t('kpi.late')}
          </span>
        ) : null}
      </figcaption>
      <div className={styles.bars} aria-hidden="true">
        {bars.map((one) => (
          <div key={one.key} className={styles.bar}>
            <span className={styles.amount}>
              {drawn(one.worth) === 0 ? '' : toldShort(one.worth, 'money', currency)}
            </span>
            <span className={styles.column}>
              <i style={{ height: share(one.worth, most) }}>
                {one.late === undefined ? null : (
                  <i className={styles.late} style={{ height: share(one.late, drawn(one.worth)) }} />
                )}
              </i>
            </span>
            <span className={styles.under}>{one.label}</span>
          </div>
        ))}
      </div>
      <AsTable
        title={title}
        heads={[rowName, t('kpi.lines'), t('kpi.worth'), late ? t('kpi.late') : null, held ? t('kpi.held') : null]}
      >
        {bars.map((one) => (
          <tr key={one.key}>
            <th scope="row">{one.label}</th>
            <td>{one.lines}</td>
            <td>{toldShort(one.worth, 'money', currency)}</td>
            {late ? <td>{toldShort(one.late ?? '0', 'money', currency)}</td> : null}
            {held ? <td>{one.held === undefined ? one.heldLines : toldShort(one.held, 'money', currency)}</td> : null}
          </tr>
        ))}
      </AsTable>
    </figure>
  )
}
