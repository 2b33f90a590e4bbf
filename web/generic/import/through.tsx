// How far an import is, and the one whose window was closed.
import { t } from '../../i18n/index.ts'
import { Button } from '../../parts/button.tsx'
import { WorkProgress } from '../../parts/work-progress.tsx'
import styles from './import.module.css'

type ThroughProps = { done: number; total: number }

/** One that is at work; a trial loses nothing when it is left. */
export const Through = ({ trial, ...through }: ThroughProps & { trial: boolean }) => (
  <WorkProgress text={t(trial ? 'import.trying' : 'import.doing', through)} {...through}>
    {trial ? null : <p className="quiet">{t('import.stays')}</p>}
  </WorkProgress>
)

/** One that stopped, with what may be done about the rest of it. */
export const Halted = ({ onGoOn, onAway, ...through }: ThroughProps & { onGoOn: () => void; onAway: () => void }) => (
  <WorkProgress text={t('import.halted', through)} {...through}>
    <p className="quiet">{t('import.halted-text')}</p>
    <div className={styles.next}>
      <Button tone="primary" onClick={onGoOn}>
        {t('import.go-on')}
      </Button>
      <Button onClick={onAway}>{t('import.leave')}</Button>
    </div>
  </WorkProgress>
)
