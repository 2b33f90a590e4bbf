// What waits for the person: approvals for his roles, as a number on a bell and a list beneath it.
import { Link } from '@tanstack/react-router'
import { documentPath } from '../client/descriptions.ts'
import { useGet } from '../client/questions.ts'
import { humane, t, useLanguage } from '../i18n/index.ts'
import { Icon } from '../parts/icon.tsx'
import { Pop } from '../parts/pop.tsx'
import { Instant, Ref } from '../parts/values.tsx'
import styles from './bell.module.css'

/** Asked again by what happens in the company, and at the latest after this many milliseconds. */
const REST = 60_000

/** Named one by one; the queue has them all. */
const SHOWN = 8

/** The bell. One cannot approve what one asked for, so one's own requests are not counted. */
export function Bell() {
  useLanguage()
  const waiting = (useGet('/api/approvals', {}, { refetchInterval: REST }).data?.items ?? []).filter((one) => !one.own)
  return (
    <Pop
      label={t('shell.notices')}
      width={340}
      target={(toggle) => (
        <button
          type="button"
          className={styles.bell}
          aria-label={`${t('shell.notices')}: ${waiting.length}`}
          onClick={toggle}
        >
          <Icon name="bell" />
          {waiting.length > 0 ? <i aria-hidden="true">{waiting.length > 99 ? '99' : waiting.length}</i> : null}
        </button>
      )}
    >
      {(close) => (
        <>
          {waiting.length === 0 ? <p className="quiet">{t('shell.notices-empty')}</p> : null}
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
          {waiting.length > 0 ? (
            <Link to="/work" search={{ queue: 'approvals' }} className={styles.all} onClick={close}>
              {t('shell.notices-all')}
            </Link>
          ) : null}
        </>
      )}
    </Pop>
  )
}
