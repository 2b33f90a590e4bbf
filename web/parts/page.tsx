// The parts that every screen is laid out with: head, sections, facts, figures, and what stands there when nothing does.
import { Link } from '@tanstack/react-router'
import { type ReactNode, useEffect } from 'react'
import { asProblem } from '../client/problem.ts'
import { t, useLanguage } from '../i18n/index.ts'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'
import styles from './page.module.css'

type PageProps = {
  title: string
  /** Where one came from, in front of the title. */
  crumb?: { to: string; text: string }
  /** Beside the title: a state, a count. */
  beside?: ReactNode
  actions?: ReactNode
  /** 'padded' for text and panels; 'bare' for a screen that fills its place itself, such as a list. */
  body?: 'padded' | 'bare'
  /** A screen to be read, with little to press in it: its body takes the focus, so that the keyboard scrolls it. */
  reads?: boolean
  children: ReactNode
}

/** A screen: its title, which is the window's too, its actions, and its body, which alone scrolls. */
export function Page({ title, crumb, beside, actions, body = 'padded', reads = false, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Tradewright`
  }, [title])
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <div className={styles.titles}>
          {crumb ? (
            <>
              <Link to={crumb.to} className={styles.crumb}>
                {crumb.text}
              </Link>
              <span className="quiet" aria-hidden="true">
                /
              </span>
            </>
          ) : null}
          <h1>{title}</h1>
          {beside}
        </div>
        {actions ? <div className={styles.actions}>{actions}</div> : null}
      </header>
      <div
        className={body === 'padded' ? `${styles.body} ${styles.padded}` : styles.body}
        tabIndex={reads ? 0 : -1}
        {...(reads ? { role: 'region', 'aria-label': title } : {})}
      >
        {children}
      </div>
    </div>
  )
}

/** A part of a screen with a heading. */
export function Section({ title, beside, children }: { title: string; beside?: ReactNode; children: ReactNode }) {
  return (
    <section className={styles.section} aria-label={title}>
      <header>
        <h2>{title}</h2>
        {beside}
      </header>
      {children}
    </section>
  )
}

/** A sheet with a border. */
export const Panel = ({ children }: { children: ReactNode }) => <div className={styles.panel}>{children}</div>

/** Main part and side part, side by side where there is room. */
export const Split = ({ children, aside }: { children: ReactNode; aside: ReactNode }) => (
  <div className={styles.split}>
    <div>{children}</div>
    <aside>{aside}</aside>
  </div>
)

/** Labels with values, in columns; a wide one has a row of its own. */
export function Facts({ facts }: { facts: readonly { label: string; value: ReactNode; wide?: boolean }[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map(({ label, value, wide }) => (
        <div key={label} className={wide ? styles.wide : undefined}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Large figures in a row: totals, counts. */
export function Figures({ figures }: { figures: readonly { label: string; value: ReactNode }[] }) {
  return (
    <dl className={styles.figures}>
      {figures.map(({ label, value }) => (
        <div key={label} className={styles.figure}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** What stands where there is nothing: why, and what to do next. */
export function Empty({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className={styles.empty}>
      <h2>{title}</h2>
      {children ? <p>{children}</p> : null}
      {action ? <div>{action}</div> : null}
    </div>
  )
}

/** A refusal or a fault in its own sentence, what became of it, and the retry where one helps. */
export function ProblemNote({ error, onRetry, after }: { error: unknown; onRetry?: () => void; after?: string }) {
  useLanguage()
  const problem = asProblem(error)
  const waits = problem.code === 'APPROVAL_NEEDED' || problem.retry === 'yes'
  return (
    <div
      className={waits ? `${styles.problem} ${styles.waiting}` : styles.problem}
      role="alert"
      data-code={problem.code}
    >
      <Icon name={waits ? 'clock' : 'stop'} />
      <div>
        <p>{problem.message}</p>
        {problem.misfits.length > 1 ? (
          <ul>
            {problem.misfits.map((one) => (
              <li key={one.pointer}>
                <code>{one.pointer}</code> {one.detail}
              </li>
            ))}
          </ul>
        ) : null}
        <small>
          {after ? `${after} ` : ''}
          {problem.code}
        </small>
      </div>
      {onRetry && problem.retry !== 'no' && problem.code !== 'NOT_ALLOWED' ? (
        <Button onClick={onRetry}>{t('common.retry')}</Button>
      ) : null}
    </div>
  )
}

// Uneven, as text is; each once, so that it is its own key.
const WIDTHS = ['92%', '78%', '85%', '64%', '88%', '71%', '90%', '76%', '83%', '66%', '87%', '73%', '91%', '69%']

/** Grey lines where content is on its way; they appear only when it takes longer than a blink. */
export function Skeleton({ lines = 6 }: { lines?: number }) {
  useLanguage()
  return (
    <output className={styles.skeleton} aria-label={t('list.loading')}>
      {WIDTHS.slice(0, lines).map((width) => (
        <span key={width} style={{ width }} />
      ))}
    </output>
  )
}
