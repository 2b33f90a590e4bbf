// Somebody else changed the document that one looks at: who and what, and the new state when one wants it.
import { useEffect, useState } from 'react'
import type { DocumentText } from '../../client/descriptions.ts'
import { type Happening, onHappening, takeOver } from '../../client/live.ts'
import type { One } from '../../client/questions.ts'
import { session } from '../../client/session.ts'
import { t, verbWord } from '../../i18n/index.ts'
import { Button } from '../../parts/button.tsx'
import { Icon } from '../../parts/icon.tsx'
import styles from './timeline.module.css'

/** What people say and keep beside a document. */
const TALK: ReadonlySet<string> = new Set(['comment', 'attach', 'take-back'])

/** The notice above a document. Without an open panel the new state is simply taken over; typing is never disturbed. */
export function ChangedNotice({ doc, one }: { doc: DocumentText; one: One }) {
  const [news, setNews] = useState<Happening>()
  useEffect(
    () =>
      onHappening((happening) => {
        if (happening.document !== doc.name || happening.id !== one.id) return
        // Talk changes nothing about the document, and the timeline shows it.
        if (TALK.has(happening.verb ?? '')) return
        const own = happening.by?.id === session.get()?.account.id
        const working = document.querySelector('[data-verb][aria-expanded="true"]') !== null
        if (own || !working) takeOver(doc.name, one.id)
        if (!own) setNews(happening)
      }),
    [doc.name, one.id],
  )
  if (!news) return null
  const verb = verbWord(news.verb ?? '', doc.verbs.find((known) => known.verb === news.verb)?.label)
  return (
    <div className={styles.changed} role="status">
      <Icon name="person" />
      <span>{t('document.changed', { who: news.by?.name ?? t('common.system'), verb })}</span>
      <Button
        onClick={() => {
          setNews(undefined)
          takeOver(doc.name, one.id)
        }}
      >
        {t('document.show-changes')}
      </Button>
    </div>
  )
}
