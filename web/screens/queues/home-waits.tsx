// What waits for the person, as the first screen shows it: the oldest few with their way to the queue, and how many more.
import { Link } from '@tanstack/react-router'
import { COUNTED_MOST } from '../../client/notices.ts'
import { useGet } from '../../client/questions.ts'
import { counted, t, useLanguage } from '../../i18n/index.ts'
import { Section } from '../../parts/page.tsx'
import { Instant } from '../../parts/values.tsx'
import styles from './queues.module.css'
import { useWaiting, type Waiting } from './waiting.ts'

/** As many as one takes in at a glance. */
const SHOWN = 4

const One = ({ one }: { one: Waiting }) => (
  <li>
    <Link to="/work" search={{ at: one.key }}>
      <b>{one.title}</b>
      <span>{one.why}</span>
      {one.since ? (
        <small data-late={one.overdue}>
          {one.overdue ? `${t('work.late')} · ` : ''}
          <Instant value={one.since} />
        </small>
      ) : null}
    </Link>
  </li>
)

/** Nothing is drawn before it is known, so that nothing jumps away under a finger. */
export default function HomeWaits() {
  useLanguage()
  const { mine, pending, error } = useWaiting()
  const unread = useGet('/api/notices', { unread: true, limit: 1 }).data?.unread ?? 0
  if (pending || error) return null
  const beside = (
    <span className={styles.further}>
      {unread > 0 ? (
        <Link to="/notices">
          {unread > COUNTED_MOST ? t('home.unread-more', { n: COUNTED_MOST }) : counted('home.unread', unread)}
        </Link>
      ) : null}
      {mine.length > SHOWN ? <Link to="/work">{t('home.waits-all', { n: mine.length })}</Link> : null}
    </span>
  )
  return (
    <Section title={t('home.waits')} beside={beside}>
      {mine.length === 0 ? (
        <p className="quiet">{t('work.none-mine')}.</p>
      ) : (
        <ul className={styles.waits}>
          {mine.slice(0, SHOWN).map((one) => (
            <One key={one.key} one={one} />
          ))}
        </ul>
      )}
    </Section>
  )
}
