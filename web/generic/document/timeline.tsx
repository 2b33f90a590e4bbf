// What happened to a document and what was said about it: who, when, from where to where, and why. The newest on top.
import { useQuery } from '@tanstack/react-query'
import { apiPath, type DocumentText } from '../../client/descriptions.ts'
import { read } from '../../client/http.ts'
import { type HistoryLine, type One, useHistory } from '../../client/questions.ts'
import { companyCode, session } from '../../client/session.ts'
import { useStore } from '../../client/store.ts'
import { t, verbWord } from '../../i18n/index.ts'
import { ProblemNote, Section, Skeleton } from '../../parts/page.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import { Instant } from '../../parts/values.tsx'
import { KeptFile, TakesFiles } from '../talk/files.tsx'
import { type Person, piecesOf } from '../talk/mention.ts'
import { Mute } from '../talk/mute.tsx'
import { Say } from '../talk/say.tsx'
import talk from '../talk/talk.module.css'
import { type Kept, useKept } from '../talk/use-files.ts'
import { ResultView } from '../verb/result-view.tsx'
import styles from './timeline.module.css'

type Comment = {
  id: string
  at: string
  by: { id: string; name: string | null }
  text: string
  mentions: readonly Person[]
}
type Entry = { at: string; key: string; line?: HistoryLine; comment?: Comment; file?: Kept }

const commentsKey = (doc: DocumentText, id: string) => ['history', companyCode.get(), doc.name, id, 'comments']

const useComments = (doc: DocumentText, id: string) =>
  useQuery({
    queryKey: commentsKey(doc, id),
    // The server answers comments of every document in this shape.
    queryFn: async ({ signal }) =>
      (await read(`${apiPath(doc.name)}/{id}/comments`, { params: { id }, signal })) as {
        items: readonly Comment[]
        muted: boolean
      },
  })

function Done({ line, label }: { line: HistoryLine; label: string }) {
  const given = line.input && typeof line.input === 'object' && Object.keys(line.input).length > 0
  const detail = line.changes ?? (given ? line.input : undefined)
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

function Said({ comment }: { comment: Comment }) {
  const { pieces, rest } = piecesOf(comment.text, comment.mentions)
  return (
    <li className={styles.line}>
      <div className="quiet">
        {comment.by.name} · <Instant value={comment.at} />
      </div>
      <p className={`${styles.reason} ${styles.said}`}>
        {pieces.map(({ text, of }, at) =>
          of ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: a comment never changes
            <mark key={at} className={talk.mention}>
              {text}
            </mark>
          ) : (
            text
          ),
        )}
      </p>
      {rest.length > 0 ? (
        <small className="quiet">{t('talk.mentioned', { names: rest.map(({ name }) => name).join(', ') })}</small>
      ) : null}
    </li>
  )
}

/** Recorded like a verb, and told by what was said itself. */
const TOLD: ReadonlySet<string> = new Set(['comment', 'attach', 'take-back'])

/** The history of a document, what was said about it, and the files beside it. */
export function Timeline({ doc, one }: { doc: DocumentText; one: One }) {
  const { data, error } = useHistory(doc.name, one.id)
  const { items: comments = [], muted = false } = useComments(doc, one.id).data ?? {}
  const who = useStore(session)?.account.id
  // Only whoever said something himself is told of answers.
  const talks = muted || comments.some(({ by }) => by.id === who)
  const files = useKept(doc, one)
  const labelOf = (verb: string) => verbWord(verb, doc.verbs.find((known) => known.verb === verb)?.label)
  const entries: readonly Entry[] = [
    ...[...(data ?? [])]
      .filter((line) => !TOLD.has(line.verb))
      .reverse()
      .map((line, at) => ({ at: line.at, key: `${line.at} ${at}`, line })),
    ...comments.map((comment) => ({ at: comment.at, key: comment.id, comment })),
    ...files.map((file) => ({ at: file.at, key: file.id, file })),
  ].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
  return (
    <Section title={t('document.history')}>
      <TakesFiles doc={doc} one={one}>
        <Say doc={doc} one={one} />
      </TakesFiles>
      {talks ? <Mute doc={doc} one={one} muted={muted} commentsKey={commentsKey(doc, one.id)} /> : null}
      {error ? (
        <ProblemNote error={error} />
      ) : !data ? (
        <Skeleton lines={4} />
      ) : (
        <ol className={styles.timeline}>
          {entries.map(({ key, line, comment, file }) =>
            line ? (
              <Done key={key} line={line} label={labelOf(line.verb)} />
            ) : comment ? (
              <Said key={key} comment={comment} />
            ) : file ? (
              <li key={key} className={styles.line}>
                <KeptFile doc={doc} one={one} file={file} />
              </li>
            ) : null,
          )}
        </ol>
      )}
    </Section>
  )
}
