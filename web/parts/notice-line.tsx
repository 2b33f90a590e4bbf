// One notice as people read it: who did what, on which document, and when; it leads there and is read from then on.
import { Link } from '@tanstack/react-router'
import { documentPath, useDescription } from '../client/descriptions.ts'
import { markRead, type Notice } from '../client/notices.ts'
import { documentWord, t } from '../i18n/index.ts'
import styles from './notice-line.module.css'
import { Instant } from './values.tsx'

/** What a notice says. Of what may no longer be read it says nothing but that. */
export const said = ({ kind, hidden, by }: Notice): string =>
  hidden ? t('notice.hidden') : t(`notice.${kind}`, { who: by?.name ?? t('common.system') })

/** The line. `onOpen` hears that the person goes to the document. */
export function NoticeLine({ notice, onOpen }: { notice: Notice; onOpen?: () => void }) {
  const { document, documentId, number, title, text, readAt } = notice
  const label = useDescription(document ?? '')?.label ?? document ?? ''
  const told = (
    <>
      <span className={styles.said}>
        {readAt === null ? <i className={styles.dot} aria-hidden="true" /> : null}
        <b>{said(notice)}</b>
        {readAt === null ? <span className="only-heard">({t('notice.unread')})</span> : null}
      </span>
      {text ? <q className={styles.text}>{text}</q> : null}
      <small>
        {number ? (
          <>
            {documentWord(document ?? '', label)} <span className="code">{number}</span>
            {title ? ` · ${title}` : ''} ·{' '}
          </>
        ) : null}
        <Instant value={notice.at} />
      </small>
    </>
  )
  if (!document || !documentId) return <span className={styles.notice}>{told}</span>
  const open = () => {
    void markRead(notice)
    onOpen?.()
  }
  return (
    <Link to={documentPath(document, documentId)} className={styles.notice} onClick={open}>
      {told}
    </Link>
  )
}
