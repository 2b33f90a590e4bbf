// What happened to a document: who did what, when, from where to where, and why. The newest stands on top.
import type { DocumentText } from '../../client/descriptions.ts'
import { type HistoryLine, type One, useHistory } from '../../client/questions.ts'
import { t, verbWord } from '../../i18n/index.ts'
import { ProblemNote, Section, Skeleton } from '../../parts/page.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import { Instant } from '../../parts/values.tsx'
import { ResultView } from '../verb/result-view.tsx'
import styles from './timeline.module.css'

function Line({ line, label }: { line: HistoryLine; label: string }) {
  const detail =
    line.changes ??
    (line.input && typeof line.input === 'object' && Object.keys(line.input).length > 0 ? line.input : undefined)
  return (
    <li className={styles.line}>
      <div className={styles.head}>
        <b>{label}</b>
        {line.to === line.from ? null : <StateBadge state={line.to} />}
      </div>
      <div className="quiet">
        {line.by.name ?? t('common.system')} · <Instant value={line.at} />
      </div>
      {line.reason ? <p className={styles.reason}>{line.reason}</p> : null}
      {detail === undefined ? null : (
        <details>
          <summary>{t(line.changes === undefined ? 'document.given' : 'document.what-changed')}</summary>
          <ResultView value={detail} />
        </details>
      )}
    </li>
  )
}

/** The history of a document. */
export function Timeline({ doc, one }: { doc: DocumentText; one: One }) {
  const { data, error } = useHistory(doc.name, one.id)
  const labelOf = (verb: string) => verbWord(verb, doc.verbs.find((known) => known.verb === verb)?.label)
  return (
    <Section title={t('document.history')}>
      {error ? (
        <ProblemNote error={error} />
      ) : !data ? (
        <Skeleton lines={4} />
      ) : (
        <ol className={styles.timeline}>
          {[...data].reverse().map((line) => (
            <Line key={`${line.at} ${line.verb} ${line.to}`} line={line} label={labelOf(line.verb)} />
          ))}
        </ol>
      )}
    </Section>
  )
}
