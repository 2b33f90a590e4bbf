// What would happen: where each document would go, what the verb says about it, and what would be refused and why.
import type { UseQueryResult } from '@tanstack/react-query'
import type { FieldText, VerbText } from '../../client/descriptions.ts'
import { counted, t } from '../../i18n/index.ts'
import { Icon } from '../../parts/icon.tsx'
import { ProblemNote } from '../../parts/page.tsx'
import panel from '../../parts/panel.module.css'
import { StateBadge } from '../../parts/state-badge.tsx'
import { Value } from '../../parts/values.tsx'
import { ResultView } from './result-view.tsx'
import type { Each, Subject } from './use-verb.ts'
import styles from './verb.module.css'

/** Documents named one by one; beyond this only their number is said. */
const NAMED = 12

/** Where a document goes: what the answer says, else the one state that the verb leads to. */
const goesTo = (verb: VerbText, looked: readonly Each[] | undefined, subject: Subject): string | undefined => {
  const own = looked?.find((one) => one.id === subject.id) ?? (looked?.length === 1 ? looked[0] : undefined)
  return own?.answer?.states?.[subject.id] ?? (verb.to.length === 1 ? verb.to[0] : undefined)
}

function One({ verb, subject, looked }: { verb: VerbText; subject: Subject; looked: readonly Each[] | undefined }) {
  const refusal = looked?.find((one) => one.id === subject.id)?.refusal
  const to = goesTo(verb, looked, subject)
  return (
    <li>
      <span className="code">{subject.number}</span>
      {refusal ? (
        <span className={styles.refused}>{refusal.message}</span>
      ) : to && to !== subject.state ? (
        <>
          <StateBadge state={subject.state} />
          <Icon name="right" size={12} />
          <StateBadge state={to} />
        </>
      ) : (
        <StateBadge state={to ?? subject.state} />
      )}
    </li>
  )
}

/** Verbs whose document stays as it is while what they made waits for an approval; the preview says so. */
const MAY_WAIT: ReadonlySet<string> = new Set(['returns.rma credit'])

/** The documents that will not have moved, because an approval comes first. */
const waiting = (document: string, verb: VerbText, looked: readonly Each[] | undefined, fitting: readonly Subject[]) =>
  MAY_WAIT.has(`${document} ${verb.verb}`)
    ? fitting.filter((one) => !isRefused(looked, one) && goesTo(verb, looked, one) === one.state)
    : []

/** What a field says now, and what it would say. */
export type Changed = { field: FieldText; label: string; before: unknown; after: unknown }

const Changes = ({ changes }: { changes: readonly Changed[] }) => (
  <dl className={styles.changes}>
    {changes.map(({ field, label, before, after }) => (
      <div key={field.name}>
        <dt>{label}</dt>
        <dd>
          <s>
            <Value field={field} value={before} />
          </s>
          <Icon name="right" size={12} />
          <Value field={field} value={after} />
        </dd>
      </div>
    ))}
  </dl>
)

type PreviewProps = {
  document: string
  verb: VerbText
  subjects: readonly Subject[]
  fitting: readonly Subject[]
  looked: UseQueryResult<readonly Each[]>
  ready: boolean
  /** What was typed over, where one document is changed. */
  changes: readonly Changed[]
}

/** The preview of a verb on documents that exist. */
export function Preview({ document, verb, subjects, fitting, looked, ready, changes }: PreviewProps) {
  const left = subjects.length - fitting.length
  const refusedFirst = [...fitting].sort(
    (a, b) => Number(isRefused(looked.data, b)) - Number(isRefused(looked.data, a)),
  )
  const result = looked.data?.length === 1 ? looked.data[0]?.answer?.result : undefined
  return (
    <div className={panel.preview} aria-live="polite" aria-busy={looked.isFetching}>
      <h3>{t('verb.preview')}</h3>
      {left > 0 ? <p className="quiet">{counted('verb.from-other-state', left)}</p> : null}
      {!ready ? (
        <p className="quiet">{t('verb.nothing-yet')}</p>
      ) : looked.isError ? (
        <ProblemNote error={looked.error} />
      ) : looked.isPending ? (
        <p className="quiet">{t('verb.checking')}</p>
      ) : (
        <>
          <ul className={styles.subjects}>
            {refusedFirst.slice(0, NAMED).map((subject) => (
              <One key={subject.id} verb={verb} subject={subject} looked={looked.data} />
            ))}
          </ul>
          {changes.length > 0 ? <Changes changes={changes} /> : null}
          {fitting.length > NAMED ? <p className="quiet">{t('verb.and-more', { n: fitting.length - NAMED })}</p> : null}
          {waiting(document, verb, looked.data, fitting).map((one) => (
            <p key={one.id} className={styles.waits} role="note">
              <Icon name="clock" size={14} /> {t('verb.waits-then', { number: one.number })}
            </p>
          ))}
          {result === undefined ? null : <ResultView value={result} />}
        </>
      )}
    </div>
  )
}

const isRefused = (looked: readonly Each[] | undefined, subject: Subject): boolean =>
  looked?.some((one) => one.id === subject.id && !one.ok) === true
