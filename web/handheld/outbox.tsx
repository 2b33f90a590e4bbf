// What has yet to be sent, and what the server refused, each with its sentence and what to do about it.

import { useStore } from '../client/store.ts'
import { ago } from '../i18n/format.ts'
import { t, useLanguage } from '../i18n/index.ts'
import styles from './handheld.module.css'
import { refresh } from './lists.ts'
import { Big } from './parts.tsx'
import { type Entry, giveUp, queue, tryAgain } from './queue.ts'

function Refused({ entry }: { entry: Entry }) {
  const after = () => void refresh()
  return (
    <li className={styles.refused} data-refused={entry.refused?.code}>
      <b>{entry.told}</b>
      <small>{ago(entry.at)}</small>
      <p>{entry.refused?.message}</p>
      <div className={styles.pair}>
        <Big onClick={() => void tryAgain(entry).then(after)}>{t('hand.again')}</Big>
        <Big tone="danger" onClick={() => void giveUp(entry).then(after)}>
          {t('hand.give-up')}
        </Big>
      </div>
    </li>
  )
}

/** The list of both. */
export function Outbox() {
  useLanguage()
  const entries = useStore(queue)
  const refused = entries.filter((one) => one.refused)
  const waiting = entries.filter((one) => !one.refused)
  return (
    <>
      {refused.length > 0 ? (
        <>
          <h2>{t('hand.trouble-title')}</h2>
          <p className="quiet">{t('hand.trouble-rest')}</p>
          <ul className={styles.list}>
            {refused.map((one) => (
              <Refused key={one.key} entry={one} />
            ))}
          </ul>
        </>
      ) : null}
      <h2>{t('hand.queue-title')}</h2>
      {waiting.length === 0 ? <p className="quiet">{t('hand.queue-none')}</p> : null}
      <ul className={styles.list}>
        {waiting.map((one) => (
          <li key={one.key} className={styles.came}>
            <b>{one.told}</b> <small>{ago(one.at)}</small>
          </li>
        ))}
      </ul>
    </>
  )
}
