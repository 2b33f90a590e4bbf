// A quantity that is typed, and behind it what it is counted in.
import type { ReactNode } from 'react'
import styles from './verb.module.css'

/** The input as it is, or with its unit where one is told. */
export const InUnit = ({ unit, children }: { unit: string | undefined; children: ReactNode }) =>
  unit === undefined ? (
    children
  ) : (
    <span className={styles.inUnit}>
      {children}
      <span className="quiet">{unit}</span>
    </span>
  )
