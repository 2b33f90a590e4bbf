// The seats of governance, those that are vacant first; and the decision rights, by which verbs let people decide.
import { Link } from '@tanstack/react-router'
import { useGet } from '../../client/questions.ts'
import { may } from '../../client/session.ts'
import { VerbButton } from '../../generic/verb/verb-button.tsx'
import { choiceWord, counted, humane, t, useLanguage } from '../../i18n/index.ts'
import { ProblemNote, Section, Skeleton } from '../../parts/page.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import { growing, right, Table } from '../../parts/table.tsx'
import { Day } from '../../parts/values.tsx'
import styles from './governance.module.css'

/** What a seat is called in the reader's language. */
export const useSeatWord = (): ((seat: string, name?: string) => string) => {
  const language = useLanguage()
  return (seat, name) => (language === 'en' ? (name ?? humane(seat)) : choiceWord(seat))
}

export function Seats() {
  useLanguage()
  const seatWord = useSeatWord()
  const { data, error, isPending, refetch } = useGet('/api/rollout/seats', {})
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />
  if (isPending) return <Skeleton lines={10} />
  // Columns of nothing take the room of those that tell something.
  const ends = data.items.some((one) => one.until)
  const delegated = data.items.some((one) => one.delegate)
  const vacant = data.items.filter((one) => one.vacant && one.mandatory).length
  return (
    <Section
      title={t('governance.seats')}
      beside={
        vacant > 0 ? (
          <span className={styles.vacant}>{counted('governance.vacant', vacant)}</span>
        ) : (
          <span className="quiet">{t('governance.all-held')}</span>
        )
      }
    >
      <Table
        className={styles.stacked}
        heads={[
          growing(t('governance.seat')),
          t('governance.council'),
          t('governance.held-by'),
          ends ? t('governance.until') : null,
          delegated ? t('governance.delegate') : null,
          '',
        ]}
      >
        {data.items.map((one) => (
          <tr key={`${one.seat} ${one.appointment}`} data-seat={one.seat}>
            <td className={styles.wraps}>
              {seatWord(one.seat, one.name)}
              {one.mandatory ? null : <small className="quiet"> {t('governance.may-be-vacant')}</small>}
            </td>
            <td>{choiceWord(one.council)}</td>
            <td>
              {one.vacant ? (
                <StateBadge state="vacant" mood={one.mandatory ? 'bad' : 'idle'}>
                  {t('governance.is-vacant')}
                </StateBadge>
              ) : (
                one.holder
              )}
            </td>
            {ends ? <td data-label={t('governance.until')}>{one.until ? <Day value={one.until} /> : null}</td> : null}
            {delegated ? (
              <td>
                {one.delegate}
                {one.delegate_until ? (
                  <small className="quiet">
                    {' '}
                    <Day value={one.delegate_until} />
                  </small>
                ) : null}
              </td>
            ) : null}
            <td>
              {one.appointment ? (
                <span className={styles.verbs}>
                  <VerbButton
                    document="rollout.seat"
                    verb="delegate"
                    subjects={[{ id: one.appointment, number: one.seat, state: 'held' }]}
                  />
                  <VerbButton
                    document="rollout.seat"
                    verb="end"
                    subjects={[{ id: one.appointment, number: one.seat, state: 'held' }]}
                  />
                </span>
              ) : may('rollout.seat.appoint') ? (
                <Link to="/rollout/seat/new" search={{ seat: one.seat }} className={styles.link}>
                  {t('governance.appoint')}
                </Link>
              ) : null}
            </td>
          </tr>
        ))}
      </Table>
    </Section>
  )
}

export function Rights() {
  useLanguage()
  const { data, error, isPending, refetch } = useGet('/api/rollout/rights', {})
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />
  if (isPending) return <Skeleton lines={8} />
  const words = (list: string) =>
    list
      .split(', ')
      .map((one) => choiceWord(one))
      .join(', ')
  return (
    <Section title={t('governance.rights')}>
      <p className="quiet">{t('governance.rights-lead')}</p>
      <Table
        className={styles.stacked}
        heads={[
          growing(t('governance.matter')),
          t('governance.decides'),
          t('governance.consulted'),
          t('governance.informed'),
          right(t('governance.answer-days')),
        ]}
      >
        {data.items.map((one) => (
          <tr key={one.decision}>
            <td className={styles.wraps}>{choiceWord(one.decision)}</td>
            <td>
              <b>{choiceWord(one.decides)}</b>
            </td>
            <td className={styles.wraps}>{words(one.consulted)}</td>
            <td className={styles.wraps}>{words(one.informed)}</td>
            <td className={styles.number}>{one.answer_days}</td>
          </tr>
        ))}
      </Table>
    </Section>
  )
}
