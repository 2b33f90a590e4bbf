// The numbers of a chart for whoever reads rather than looks, and for copying: a table that opens under it.
import type { ReactNode } from 'react'
import { t } from '../../i18n/index.ts'
import styles from './chart.module.css'

type AsTableProps = {
  /** What the chart shows. */
  title: string
  /** Headings; what is null is left out. */
  heads: readonly (string | null)[]
  /** Rows. */
  children: ReactNode
}

export const AsTable = ({ title, heads, children }: AsTableProps) => (
  <details className={styles.asTable}>
    <summary>{t('kpi.as-table')}</summary>
    <div className={styles.scrolls}>
      <table>
        <caption className="only-heard">{title}</caption>
        <thead>
          <tr>
            {heads.flatMap((head) =>
              head === null
                ? []
                : [
                    <th key={head} scope="col">
                      {head}
                    </th>,
                  ],
            )}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  </details>
)
