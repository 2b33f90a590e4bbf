// The head of a pane: what it is about, a link to the document itself, and what can be done.
import type { ReactNode } from 'react'
import { DocRef } from '../../parts/doc-ref.tsx'
import styles from './queues.module.css'

type HeadProps = { title: ReactNode; of?: string; id?: string | null; beside?: ReactNode; actions?: ReactNode }

/** The head; its actions stay in sight while the pane scrolls. */
export const Head = ({ title, of, id, beside, actions }: HeadProps) => (
  <header className={styles.head}>
    <div className={styles.heading}>
      <h2>{title}</h2>
      {of && id ? <DocRef of={of} id={id} /> : null}
      {beside}
    </div>
    <div className={styles.actions}>{actions}</div>
  </header>
)
