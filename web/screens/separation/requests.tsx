// Requests for access: those that wait for me, with what stands against them, and my own with what became of them.
import { Link } from '@tanstack/react-router'
import { documentPath } from '../../client/descriptions.ts'
import { type Answer, post } from '../../client/http.ts'
import { touched, useGet } from '../../client/questions.ts'
import { may } from '../../client/session.ts'
import { VerbButton } from '../../generic/verb/verb-button.tsx'
import { day } from '../../i18n/format.ts'
import { t, useLanguage, verbWord } from '../../i18n/index.ts'
import { ActButton } from '../../parts/act-panel.tsx'
import { Empty, ProblemNote, Section, Skeleton } from '../../parts/page.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import { Instant } from '../../parts/values.tsx'
import styles from './separation.module.css'
import { openRules } from './words.ts'

type Request = Answer<'/api/rollout/my-access-requests', 'get'>['items'][number]

const subjectOf = ({ id, number, state }: Request) => [{ id, number, state }]
const MOODS = { asked: 'wait', 'needs-waiver': 'bad', granted: 'good', refused: 'over', withdrawn: 'over' } as const
const moodOf = (state: string) => Object.entries(MOODS).find(([key]) => key === state)?.[1] ?? 'idle'

/** A button that needs no right to read all requests: it is one's own. */
function Withdraw({ one }: { one: Request }) {
  useLanguage()
  const send = (extra: { dryRun?: boolean; key?: string; signal?: AbortSignal }) =>
    post('/api/rollout/access-request/withdraw', { ids: [one.id] }, extra)
  return (
    <ActButton
      act={{
        text: verbWord('withdraw'),
        of: one.id,
        look: (_, signal) => send({ dryRun: true, signal }),
        perform: (_, key) => send({ key }),
        says: () => <p>{t('separation.would-withdraw', { number: one.number })}</p>,
        done: () => touched('rollout.access-request', [one.id]),
      }}
    />
  )
}

function Card({ one, mine }: { one: Request; mine: boolean }) {
  useLanguage()
  const rules = openRules(one.clashes)
  const waits = one.state === 'asked' || one.state === 'needs-waiver'
  const where = one.everywhere ? t('separation.everywhere') : (one.warehouse ?? '')
  return (
    <li className={styles.card} data-request={one.number}>
      <header>
        <b>{mine ? one.role_name : t('separation.wants', { name: one.name, role: one.role_name })}</b>
        <StateBadge state={one.state} mood={moodOf(one.state)} />
        {may('rollout.access-request.read') ? (
          <Link to={documentPath('rollout.access-request', one.id)} className="quiet">
            {one.number}
          </Link>
        ) : (
          <span className="quiet">{one.number}</span>
        )}
      </header>
      <p>{one.reason}</p>
      <p className="quiet">
        {t('separation.until-day', { day: day(one.granted_until ?? one.ends_on) })}
        {where ? ` · ${where}` : ''} · {t('separation.asked-by', { name: one.requested_by_name })}{' '}
        <Instant value={one.created_at} />
      </p>
      {rules.length > 0 && waits ? (
        <p className={styles.against}>{t('separation.against', { rules: rules.join(', ') })}</p>
      ) : null}
      {one.decision_reason ? <p className="quiet">{one.decision_reason}</p> : null}
      {waits ? (
        <div className={styles.verbs}>
          {mine ? (
            <Withdraw one={one} />
          ) : (
            <>
              <VerbButton document="rollout.access-request" verb="approve" subjects={subjectOf(one)} tone="primary" />
              <VerbButton document="rollout.access-request" verb="refuse" subjects={subjectOf(one)} />
              <Link
                className="quiet"
                to="/separation"
                search={{ part: 'simulate', account: one.account, role: one.role }}
              >
                {t('separation.see-simulation')}
              </Link>
            </>
          )}
        </div>
      ) : null}
    </li>
  )
}

function Waiting() {
  useLanguage()
  const { data, error, isPending, refetch } = useGet('/api/rollout/access-inbox', {})
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />
  if (isPending) return <Skeleton lines={5} />
  if (data.items.length === 0)
    return <Empty title={t('separation.nothing-waits')}>{t('separation.nothing-waits-rest')}</Empty>
  return (
    <ul className={styles.cards}>
      {data.items.map((one) => (
        <Card key={one.id} one={one} mine={false} />
      ))}
    </ul>
  )
}

function Mine() {
  useLanguage()
  const { data, error, isPending, refetch } = useGet('/api/rollout/my-access-requests', {})
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />
  if (isPending) return <Skeleton lines={5} />
  if (data.items.length === 0) return <p className="quiet">{t('separation.none-of-mine')}</p>
  return (
    <ul className={styles.cards}>
      {data.items.map((one) => (
        <Card key={one.id} one={one} mine />
      ))}
    </ul>
  )
}

/** What I decide first, then what I asked for. */
export function Requests() {
  useLanguage()
  return (
    <div className={styles.column}>
      {may('rollout.access-request.approve') ? (
        <Section title={t('separation.to-decide')}>
          <Waiting />
        </Section>
      ) : null}
      {may('rollout.access-request.ask') ? (
        <Section title={t('separation.mine')}>
          <Mine />
        </Section>
      ) : null}
    </div>
  )
}
