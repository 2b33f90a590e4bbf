// The risks with what each one's figure says now: those that are called stand first.
import { Link } from '@tanstack/react-router'
import { documentPath } from '../../client/descriptions.ts'
import { useGet } from '../../client/questions.ts'
import { may } from '../../client/session.ts'
import type { components } from '../../generated/api.ts'
import { perform, preview, type Request } from '../../generic/verb/use-verb.ts'
import { VerbButton } from '../../generic/verb/verb-button.tsx'
import { choiceWord, counted, t, useLanguage } from '../../i18n/index.ts'
import { ActButton } from '../../parts/act-panel.tsx'
import { Empty, ProblemNote, Section, Skeleton } from '../../parts/page.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import { growing, right, Table } from '../../parts/table.tsx'
import { valueText } from './criteria.ts'
import styles from './governance.module.css'
import { useSeatWord } from './seats.tsx'

type Risk = components['schemas']['rollout.risks.row']

const SEED: Request = { document: 'rollout.risk', verb: 'seed', subjects: [], input: { documents: [{}] } }

function Seed({ again }: { again: () => void }) {
  useLanguage()
  if (!may('rollout.risk.seed')) return null
  return (
    <ActButton
      act={{
        text: t('governance.seed'),
        tone: 'primary',
        of: 'seed',
        look: (_reason, signal) => preview(SEED, signal),
        perform: (_reason, key) => perform(SEED, key),
        says: () => <p>{t('governance.seed-says')}</p>,
        done: again,
      }}
    />
  )
}

function Called({ one }: { one: Risk }) {
  useLanguage()
  if (one.state === 'closed') return <StateBadge state="closed" />
  if (one.called === null)
    return (
      <StateBadge state="unknown" mood="idle">
        {t(one.metric ? 'governance.not-known' : 'governance.no-metric')}
      </StateBadge>
    )
  return (
    <StateBadge state={one.called ? 'called' : 'quiet'} mood={one.called ? 'bad' : 'good'}>
      {t(one.called ? 'governance.called' : 'governance.quiet')}
    </StateBadge>
  )
}

function Row({ one }: { one: Risk }) {
  const language = useLanguage()
  const seatWord = useSeatWord()
  const unit = one.unit ?? 'count'
  const subjects = [{ id: one.id, number: one.number, state: one.state, version: one.version }]
  return (
    <tr data-risk={one.number} data-called={one.called}>
      <td>
        <Called one={one} />
      </td>
      <td className={styles.wraps}>
        <Link to={documentPath('rollout.risk', one.id)}>{choiceOr(one, language)}</Link>
        <small className={styles.below}>{one.response}</small>
        {one.metric ? (
          <small className={styles.below}>{language === 'en' ? one.metric_title : choiceWord(one.metric)}</small>
        ) : null}
      </td>
      <td>{seatWord(one.seat, one.seat_name)}</td>
      <td
        className={styles.number}
        data-label={t('governance.score')}
        title={t('governance.score-why', { p: one.probability, i: one.impact })}
      >
        {one.score}
      </td>
      <td className={styles.number} data-label={t('governance.value')}>
        {one.value === null ? '–' : valueText(one.value, unit)}
      </td>
      <td className={styles.number} data-label={t('governance.trigger')}>
        {one.trigger_at === null ? '' : valueText(one.trigger_at, unit)}
      </td>
      <td>
        <span className={styles.verbs}>
          <VerbButton document="rollout.risk" verb="assess" subjects={subjects} />
        </span>
      </td>
    </tr>
  )
}

/** The standard risks have words of the reader's language; one's own are called as they were raised. */
const choiceOr = (one: Risk, language: string): string =>
  language === 'en' || !/^R\d\d$/.test(one.number) ? one.title : choiceWord(`risk-${one.number.toLowerCase()}`)

export function Risks() {
  useLanguage()
  const { data, error, isPending, refetch } = useGet('/api/rollout/risks', {})
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />
  if (isPending) return <Skeleton lines={10} />
  const again = () => void refetch()
  if (data.items.length === 0)
    return (
      <Empty title={t('governance.no-risks')} action={<Seed again={again} />}>
        {t('governance.no-risks-rest')}
      </Empty>
    )
  const called = data.items.filter((one) => one.called && one.state === 'open').length
  return (
    <Section
      title={t('governance.risks')}
      beside={called > 0 ? <span className={styles.vacant}>{counted('governance.called-count', called)}</span> : null}
    >
      <Table
        className={styles.stacked}
        heads={[
          '',
          growing(t('governance.risk')),
          t('rollout.owner'),
          right(t('governance.score')),
          right(t('governance.value')),
          right(t('governance.trigger')),
          t('governance.acts'),
        ]}
      >
        {data.items.map((one) => (
          <Row key={one.id} one={one} />
        ))}
      </Table>
    </Section>
  )
}
