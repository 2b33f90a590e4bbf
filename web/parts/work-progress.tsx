// Long work that goes on without the reader: what it is at, a bar, and what may be done about it.
import type { ReactNode } from 'react'
import styles from './work-progress.module.css'

type WorkProgressProps = {
  /** What the bar shows, in words. */
  text: string
  done: number
  total: number
  /** Behind the text: what is at work just now. */
  beside?: ReactNode
  /** Beneath the bar. */
  children?: ReactNode
}

/** A screen reader is told as it moves. */
export const WorkProgress = ({ text, done, total, beside, children }: WorkProgressProps) => (
  <section className={styles.work} aria-live="polite">
    <p>
      <b>{text}</b> {beside}
    </p>
    <progress value={done} max={Math.max(total, 1)} aria-label={text} />
    {children}
  </section>
)
