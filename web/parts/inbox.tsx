// Two panes: what waits, and everything needed to decide on the one that is chosen; moved through with j and k.
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { t, useLanguage } from '../i18n/index.ts'
import { useKeys } from '../shell/keys.ts'
import { Button } from './button.tsx'
import styles from './inbox.module.css'

type InboxProps<R> = {
  label: string
  rows: readonly R[]
  keyOf(row: R): string
  /** The key of the chosen row, from the address; without one, the first row is shown where there is room for both panes. */
  chosen: string | undefined
  onChoose(key: string | undefined): void
  row(row: R): ReactNode
  detail(row: R): ReactNode
  /** What stands there when nothing waits. */
  nothing: ReactNode
}

/** The panes. On a narrow screen one of them is seen: the list until something is chosen. */
export function Inbox<R>({ label, rows, keyOf, chosen, onChoose, row, detail, nothing }: InboxProps<R>) {
  useLanguage()
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const wished = rows.findIndex((one) => keyOf(one) === chosen)
  // What was just decided is gone; the eye stays at the same place.
  const last = useRef(0)
  const at = wished >= 0 ? wished : Math.min(last.current, rows.length - 1)
  useEffect(() => {
    if (at >= 0) last.current = at
    list.current?.querySelector(`[data-at="${at}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [at])
  const go = (to: number) => {
    const next = rows[Math.max(0, Math.min(rows.length - 1, to))]
    if (next !== undefined) onChoose(keyOf(next))
  }
  useKeys({
    j: () => go(at + 1),
    k: () => go(at - 1),
    ArrowDown: () => go(at + 1),
    ArrowUp: () => go(at - 1),
    ...(chosen === undefined ? {} : { Escape: () => onChoose(undefined) }),
  })
  const one = rows[at]
  if (one === undefined) return <>{nothing}</>
  return (
    <div className={styles.inbox} data-open={wished >= 0}>
      <div
        ref={list}
        className={styles.list}
        role="listbox"
        aria-label={label}
        aria-activedescendant={`${id}-${at}`}
        tabIndex={0}
      >
        {rows.map((each, place) => (
          // Keys are the list's, as a list box wants it.
          // biome-ignore lint/a11y/useKeyWithClickEvents: the list box above takes the keys
          <div
            key={keyOf(each)}
            id={`${id}-${place}`}
            role="option"
            aria-selected={place === at}
            data-at={place}
            className={styles.row}
            onClick={() => onChoose(keyOf(each))}
          >
            {row(each)}
          </div>
        ))}
      </div>
      <section className={styles.detail} aria-label={t('inbox.detail')} tabIndex={-1}>
        <div className={styles.back}>
          <Button tone="quiet" icon="left" onClick={() => onChoose(undefined)}>
            {label}
          </Button>
        </div>
        <div key={keyOf(one)} className={styles.inner}>
          {detail(one)}
        </div>
      </section>
    </div>
  )
}

type InboxRowProps = { title: ReactNode; end?: ReactNode; below: ReactNode; belowEnd?: ReactNode; mark?: ReactNode }

/** A row of two lines: who and how much, then why and since when. */
export const InboxRow = ({ title, end, below, belowEnd, mark }: InboxRowProps) => (
  <>
    <span className={styles.line}>
      <span className={styles.title}>
        {mark}
        <b>{title}</b>
      </span>
      <span className={styles.end}>{end}</span>
    </span>
    <span className={`${styles.line} ${styles.under}`}>
      <span className={styles.below}>{below}</span>
      <span className={styles.end}>{belowEnd}</span>
    </span>
  </>
)

/** The state of a row as a shape, with its word for whoever hears the page. */
export const Mark = ({ mood, children }: { mood: 'wait' | 'bad' | 'info' | 'good' | 'over'; children: string }) => (
  <span className={styles.mark} title={children}>
    <i className={styles[mood]} aria-hidden="true" />
    <span className="only-heard">{children}:</span>
  </span>
)
