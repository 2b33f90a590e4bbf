// The decision log: what waits for a decision with the day by which it is due, and what was decided, by which seat, until when.
import { Link, useNavigate } from '@tanstack/react-router'
import { documentPath, useDescription } from '../../client/descriptions.ts'
import { useGet } from '../../client/questions.ts'
import type { components } from '../../generated/api.ts'
import { VerbButton } from '../../generic/verb/verb-button.tsx'
import { choiceWord, t, useLanguage } from '../../i18n/index.ts'
import { Button } from '../../parts/button.tsx'
import { Empty, ProblemNote, Section, Skeleton } from '../../parts/page.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import { growing, Table } from '../../parts/table.tsx'
import { Day } from '../../parts/values.tsx'
import styles from './governance.module.css'
import { useSeatWord } from './seats.tsx'

type Decision = components['schemas']['rollout.decisions.row']

function Row({ one }: { one: Decision }) {
  useLanguage()
  const seatWord = useSeatWord()
  const waits = one.state === 'open' || one.state === 'escalated'
  const subjects = [{ id: one.id, number: one.number, state: one.state, version: one.version }]
  return (
    <tr data-decision={one.number}>
      <td>
        <StateBadge
          state={one.state}
          mood={one.overdue ? 'bad' : waits ? 'wait' : one.state === 'decided' ? 'good' : 'over'}
        />
      </td>
      <td className={styles.wraps}>
        <Link to={documentPath('rollout.decision', one.id)}>{one.title}</Link>
        <small className={styles.below}>{one.decision ?? choiceWord(one.kind)}</small>
      </td>
      <td className="code">{one.site}</td>
      <td>
        {seatWord(one.seat, one.seat_name)}
        {one.decided_by ? <small className={styles.below}>{one.decided_by}</small> : null}
      </td>
      <td data-label={t('governance.due')}>
        {waits ? <Day value={one.due_on} /> : one.expires_on ? <Day value={one.expires_on} /> : null}
      </td>
      <td>
        {waits ? (
          <span className={styles.verbs}>
            <VerbButton document="rollout.decision" verb="decide" subjects={subjects} />
            {one.state === 'open' ? (
              <VerbButton document="rollout.decision" verb="escalate" subjects={subjects} />
            ) : null}
          </span>
        ) : null}
      </td>
    </tr>
  )
}

export function Decisions() {
  useLanguage()
  const navigate = useNavigate()
  const proposes = useDescription('rollout.decision')?.verbs.some((verb) => verb.verb === 'propose')
  const { data, error, isPending, refetch } = useGet('/api/rollout/decisions', {})
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />
  if (isPending) return <Skeleton lines={8} />
  const propose = proposes ? (
    <Button icon="plus" onClick={() => void navigate({ to: '/rollout/decision/new' })}>
      {t('governance.propose')}
    </Button>
  ) : null
  if (data.items.length === 0) return <Empty title={t('governance.no-decisions')} action={propose} />
  return (
    <Section title={t('governance.decisions')} beside={propose}>
      <Table
        className={styles.stacked}
        heads={[
          '',
          growing(t('governance.matter')),
          t('rollout.site'),
          t('governance.decides'),
          t('governance.due'),
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
