// What waits for the person: approvals for his roles and notices that he has not read, as a number on a bell and a list.
import { Link } from '@tanstack/react-router'
import { documentPath } from '../client/descriptions.ts'
import { bellText } from '../client/notices.ts'
import { useGet } from '../client/questions.ts'
import type { components } from '../generated/api.ts'
import { humane, t, useLanguage } from '../i18n/index.ts'
import { Icon } from '../parts/icon.tsx'
import { NoticeLine } from '../parts/notice-line.tsx'
import { Pop } from '../parts/pop.tsx'
import { Instant, Ref } from '../parts/values.tsx'
import styles from './bell.module.css'

/** Asked again by what happens in the company, and at the latest after this many milliseconds. */
const REST = 60_000

/** Named one by one; the queue and the page of notices have them all. */
const SHOWN = 8

type Waiting = components['schemas']['Approval']

const Approvals = ({ waiting, close }: { waiting: readonly Waiting[]; close: () => void }) => (
  <>
    <h2 className={styles.part}>{t('notice.waiting')}</h2>
    <ul className={styles.list}>
      {waiting.slice(0, SHOWN).map((one) => (
        <li key={one.id}>
          <Link to={documentPath(one.document, one.documentId)} onClick={close}>
            <b>{humane(one.kind.split('.').at(-1) ?? one.kind)}</b>
            <small>
              {one.requestedByName} · <Instant value={one.requestedAt} />
            </small>
          </Link>
          <Ref of={one.document} id={one.documentId} as="number" />
        </li>
      ))}
    </ul>
    <Link to="/work" search={{ queue: 'approvals' }} className={styles.all} onClick={close}>
      {t('shell.notices-all')}
    </Link>
  </>
)

/** The bell. One cannot approve what one asked for, so one's own requests are not counted. */
export function Bell() {
  useLanguage()
  const waiting = (useGet('/api/approvals', {}, { refetchInterval: REST }).data?.items ?? []).filter((one) => !one.own)
  const told = useGet('/api/notices', { unread: true, limit: SHOWN }, { refetchInterval: REST }).data
  const notices = told?.items ?? []
  const count = waiting.length + (told?.unread ?? 0)
  return (
    <Pop
      label={t('shell.notices')}
      width={340}
      target={(toggle) => (
        <button
          type="button"
          className={styles.bell}
          aria-label={`${t('shell.notices')}: ${bellText(count)}`}
          onClick={toggle}
        >
          <Icon name="bell" />
          {count > 0 ? <i aria-hidden="true">{bellText(count)}</i> : null}
        </button>
      )}
    >
      {(close) => (
        <>
          {count === 0 ? <p className="quiet">{t('shell.notices-empty')}</p> : null}
          {notices.length > 0 ? (
            <>
              <h2 className={styles.part}>{t('notice.news')}</h2>
              <ul className={styles.list}>
                {notices.map((notice) => (
                  <li key={notice.id}>
                    <NoticeLine notice={notice} onOpen={close} />
                  </li>
                ))}
              </ul>
            </>
          ) : null}
          {waiting.length > 0 ? <Approvals waiting={waiting} close={close} /> : null}
          <Link to="/notices" className={styles.all} onClick={close}>
            {t('notice.all-of-them')}
          </Link>
        </>
      )}
    </Pop>
  )
}
