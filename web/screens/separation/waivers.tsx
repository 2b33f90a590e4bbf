// Waivers with the days they have left: what watches in the rule's place, who agreed, and which wait for me.
import { Link } from '@tanstack/react-router'
import { documentPath } from '../../client/descriptions.ts'
import type { Answer } from '../../client/http.ts'
import { useGet } from '../../client/questions.ts'
import { VerbButton } from '../../generic/verb/verb-button.tsx'
import { day } from '../../i18n/format.ts'
import { counted, t, useLanguage } from '../../i18n/index.ts'
import { Empty, ProblemNote, Skeleton } from '../../parts/page.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import styles from './separation.module.css'

type Waiver = Answer<'/api/rollout/waivers', 'get'>['items'][number]

/** From here on the days left are marked. */
const SOON = 14

function Left({ one }: { one: Waiver }) {
  useLanguage()
  if (one.state === 'refused' || one.state === 'ended') return <StateBadge state={one.state} mood="over" />
  if (one.days_left < 0)
    return (
      <StateBadge state="run-out" mood="bad">
        {t('separation.run-out')}
      </StateBadge>
    )
  if (one.state === 'asked') return <StateBadge state="asked" mood="wait" />
  return (
    <StateBadge state="agreed" mood={one.days_left <= SOON ? 'wait' : 'good'}>
      {counted('separation.days-left', one.days_left)}
    </StateBadge>
  )
}

function Card({ one }: { one: Waiver }) {
  useLanguage()
  const subject = [{ id: one.id, number: one.number, state: one.state }]
  const over = one.state === 'refused' || one.state === 'ended'
  return (
    <li className={styles.card} data-over={over} data-waiver={one.number}>
      <header>
        <b>{t('separation.waiver-of', { name: one.name, rule: one.separation })}</b>
        <Left one={one} />
        <Link to={documentPath('rollout.access-waiver', one.id)} className="quiet">
          {one.number}
        </Link>
      </header>
      <p>{one.risk}</p>
      <p className="quiet">{t('separation.control', { control: one.control })}</p>
      <p className="quiet">
        {one.reason} · {t('separation.until-day', { day: day(one.expires_on) })} ·{' '}
        {t('separation.asked-by', { name: one.requested_by_name })}
        {one.decided_by_name ? ` · ${t('separation.decided-by', { name: one.decided_by_name })}` : ''}
        {one.same_document ? ` · ${t('separation.same-document')}` : ''}
      </p>
      {over ? null : (
        <div className={styles.verbs}>
          {one.mine ? (
            <>
              <VerbButton document="rollout.access-waiver" verb="agree" subjects={subject} tone="primary" />
              <VerbButton document="rollout.access-waiver" verb="refuse" subjects={subject} />
            </>
          ) : null}
          {one.state === 'agreed' ? (
            <VerbButton document="rollout.access-waiver" verb="end" subjects={subject} />
          ) : null}
        </div>
      )}
    </li>
  )
}

/** Those that wait first, then those in force, the first to run out on top. */
export function Waivers() {
  useLanguage()
  const { data, error, isPending, refetch } = useGet('/api/rollout/waivers', {})
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />
  if (isPending) return <Skeleton lines={8} />
  if (data.items.length === 0)
    return <Empty title={t('separation.no-waivers')}>{t('separation.no-waivers-rest')}</Empty>
  return (
    <div className={styles.column}>
      <ul className={styles.cards}>
        {data.items.map((one) => (
          <Card key={one.id} one={one} />
        ))}
      </ul>
    </div>
  )
}
