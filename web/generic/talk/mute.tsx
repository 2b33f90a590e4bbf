// Whoever talked about a document hears of answers to it, until he has enough; then he may hear of them again.
import { useState } from 'react'
import type { DocumentText } from '../../client/descriptions.ts'
import { post } from '../../client/http.ts'
import { client, type One } from '../../client/questions.ts'
import { t } from '../../i18n/index.ts'
import { Button } from '../../parts/button.tsx'
import { ProblemNote } from '../../parts/page.tsx'
import styles from './talk.module.css'

type MuteProps = { doc: DocumentText; one: One; muted: boolean; commentsKey: readonly unknown[] }

/** The button, and what it means once it was pressed. */
export function Mute({ doc, one, muted, commentsKey }: MuteProps) {
  const [error, setError] = useState<unknown>()
  const turn = async () => {
    try {
      await post(muted ? '/api/notices/unmute' : '/api/notices/mute', { document: doc.name, id: one.id })
      setError(undefined)
    } catch (problem) {
      setError(problem)
    }
    await client.invalidateQueries({ queryKey: commentsKey })
  }
  return (
    <div className={styles.mute}>
      {muted ? <span className="quiet">{t('talk.muted')}</span> : null}
      <Button tone="quiet" icon="bell" aria-description={t('talk.mute-text')} onClick={() => void turn()}>
        {t(muted ? 'talk.unmute' : 'talk.mute')}
      </Button>
      {error ? <ProblemNote error={error} onRetry={() => void turn()} /> : null}
    </div>
  )
}
