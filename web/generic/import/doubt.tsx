// A file that is not UTF-8: how it would read in the encoding of older programs, and the question whether that is right.
import { t } from '../../i18n/index.ts'
import { Button } from '../../parts/button.tsx'
import { Section } from '../../parts/page.tsx'
import styles from './import.module.css'
import type { Doubtful } from './text.ts'

type DoubtProps = { name: string; doubt: Doubtful; onRead: () => void; onAway: () => void }

export const Doubt = ({ name, doubt, onRead, onAway }: DoubtProps) => (
  <Section title={t('import.doubt', { name })}>
    <p>{t('import.doubt-text')}</p>
    <ul className={styles.samples}>
      {doubt.samples.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
    <p>{t('import.doubt-ask')}</p>
    <div className={styles.next}>
      <Button tone="primary" onClick={onRead}>
        {t('import.doubt-read')}
      </Button>
      <Button onClick={onAway}>{t('import.doubt-away')}</Button>
    </div>
  </Section>
)
