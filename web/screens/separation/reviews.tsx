// Access reviews: the grants that nobody has looked at yet, the longest unused first; confirm, revoke, or let them lapse.
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useDescription } from '../../client/descriptions.ts'
import type { Answer } from '../../client/http.ts'
import { post } from '../../client/http.ts'
import { touched, useGet } from '../../client/questions.ts'
import { may } from '../../client/session.ts'
import { day } from '../../i18n/format.ts'
import { choiceWord, counted, t, useLanguage, verbWord } from '../../i18n/index.ts'
import { ActButton } from '../../parts/act-panel.tsx'
import { buttonClass } from '../../parts/button.tsx'
import { SelectField } from '../../parts/field.tsx'
import { Empty, ProblemNote, Skeleton } from '../../parts/page.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import { growing, Table } from '../../parts/table.tsx'
import { Instant } from '../../parts/values.tsx'
import { useAsked } from '../finance/use-asked.ts'
import styles from './separation.module.css'

type Line = Answer<'/api/rollout/review-lines', 'get'>['items'][number]
type Review = Answer<'/api/rollout/access-review', 'get'>['items'][number]

const MOODS = { confirmed: 'good', revoked: 'bad', lapsed: 'bad', kept: 'wait', gone: 'over' } as const
const moodOf = (outcome: string) => Object.entries(MOODS).find(([key]) => key === outcome)?.[1] ?? 'idle'

/** Confirms or revokes the chosen grants together, after one look at what would happen. */
function Decide({
  verb,
  review,
  grants,
  onDone,
}: {
  verb: 'confirm' | 'revoke'
  review: string
  grants: readonly string[]
  onDone: () => void
}) {
  useLanguage()
  const send = (reason: string, extra: { dryRun?: boolean; key?: string; signal?: AbortSignal }) =>
    post(
      `/api/rollout/access-review/${verb}`,
      { ids: [review], grants: [...grants], ...(reason ? { reason } : {}) },
      extra,
    )
  return (
    <ActButton
      act={{
        text: verbWord(verb),
        tone: verb === 'confirm' ? 'primary' : 'danger',
        ...(verb === 'revoke' ? { reason: 'needed' as const } : {}),
        of: `${review} ${grants.join(' ')}`,
        look: (reason, signal) => send(reason, { dryRun: true, signal }),
        perform: (reason, key) => send(reason, { key }),
        says: () => (
          <p>{counted(verb === 'confirm' ? 'separation.would-confirm' : 'separation.would-revoke', grants.length)}</p>
        ),
        done: () => {
          touched('rollout.access-review', [review])
          onDone()
        },
      }}
    />
  )
}

function LineRow({ one, chosen, onChoose }: { one: Line; chosen: boolean; onChoose: (on: boolean) => void }) {
  useLanguage()
  return (
    <tr>
      <td>
        {one.mine ? (
          <input
            type="checkbox"
            aria-label={t('separation.choose', { name: one.name, role: one.role_name ?? one.role })}
            checked={chosen}
            onChange={(event) => onChoose(event.target.checked)}
          />
        ) : null}
      </td>
      <td className={styles.who}>
        <b>{one.name}</b>
        <small className="quiet">{one.reason}</small>
      </td>
      <td>
        {one.role_name ?? one.role}
        {one.everywhere ? <span className="quiet"> · {t('separation.everywhere')}</span> : null}
        {one.warehouse ? <span className="quiet"> · {one.warehouse}</span> : null}
      </td>
      <td>
        {one.last_used_at ? (
          <Instant value={one.last_used_at} />
        ) : (
          <span className="quiet">{t('separation.never-used')}</span>
        )}
      </td>
      <td>
        {one.outcome ? (
          <StateBadge state={one.outcome} mood={moodOf(one.outcome)}>
            {choiceWord(one.outcome)}
          </StateBadge>
        ) : (
          <StateBadge state="undecided" mood="wait">
            {t('separation.undecided')}
          </StateBadge>
        )}
      </td>
    </tr>
  )
}

function Lines({ review }: { review: Review }) {
  useLanguage()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const { data, error, isPending, refetch } = useGet('/api/rollout/review-lines', { review: review.id })
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />
  if (isPending) return <Skeleton lines={8} />
  const open = data.items.filter((one) => one.outcome === null)
  const mine = open.filter((one) => one.mine).map((one) => one.grant)
  const grants = mine.filter((one) => chosen.has(one))
  const all = mine.length > 0 && grants.length === mine.length
  return (
    <>
      <div className={styles.tools}>
        <p className="quiet">
          {review.state === 'open'
            ? counted('separation.open-lines', open.length, { day: day(review.endsOn) })
            : t('separation.review-closed')}
        </p>
        {mine.length > 0 ? (
          <label className={styles.all}>
            <input type="checkbox" checked={all} onChange={() => setChosen(all ? new Set() : new Set(mine))} />
            {t('separation.choose-all')}
          </label>
        ) : null}
        {grants.length > 0 ? (
          <span className={styles.verbs}>
            <Decide verb="confirm" review={review.id} grants={grants} onDone={() => setChosen(new Set())} />
            <Decide verb="revoke" review={review.id} grants={grants} onDone={() => setChosen(new Set())} />
          </span>
        ) : null}
      </div>
      <Table
        className={styles.lines}
        heads={[
          '',
          growing(t('separation.person')),
          t('separation.role'),
          t('separation.last-used'),
          t('separation.outcome'),
        ]}
      >
        {data.items.map((one) => (
          <LineRow
            key={one.grant}
            one={one}
            chosen={chosen.has(one.grant)}
            onChoose={(on) =>
              setChosen(
                (before) => new Set(on ? [...before, one.grant] : [...before].filter((grant) => grant !== one.grant)),
              )
            }
          />
        ))}
      </Table>
    </>
  )
}

/** The newest review, or the one of the address; opening one is a form of its own. */
export function Reviews() {
  useLanguage()
  const [asked, go] = useAsked()
  const doc = useDescription('rollout.access-review')
  const { data, error, isPending, refetch } = useGet('/api/rollout/access-review', { limit: 50, sort: '-number' })
  const roles = useGet('/api/rollout/roles', {}, { enabled: may('rollout.access-request.ask') })
  const named = new Map((roles.data?.items ?? []).map((one) => [one.role, one.name]))
  const opens = may('rollout.access-review.open') && doc !== undefined
  const opening = opens ? (
    <Link className={buttonClass} to="/rollout/access-review/new" search={{ verb: 'open' }}>
      {t('separation.open-review')}
    </Link>
  ) : null
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />
  if (isPending) return <Skeleton lines={8} />
  const review = data.items.find((one) => one.id === asked.review) ?? data.items[0]
  if (!review)
    return (
      <Empty title={t('separation.no-reviews')} action={opening}>
        {t('separation.no-reviews-rest')}
      </Empty>
    )
  return (
    <div className={styles.column}>
      <div className={styles.tools}>
        <SelectField
          label={t('separation.review')}
          value={review.id}
          options={data.items.map((one) => ({
            value: one.id,
            text: `${one.number} · ${one.role ? (named.get(one.role) ?? one.role) : t('separation.all-roles')}`,
          }))}
          onChange={(event) => go({ review: event.target.value })}
        />
        {opening}
      </div>
      <Lines key={review.id} review={review} />
    </div>
  )
}
