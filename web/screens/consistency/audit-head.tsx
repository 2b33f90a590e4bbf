// The signed head of the audit log as a check found it: how much is sealed, since when, and whether its root was found again.
import { instant, integer } from '../../i18n/format.ts'
import { t, useLanguage } from '../../i18n/index.ts'
import { Facts, Section } from '../../parts/page.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import styles from './consistency.module.css'

type Head = {
  size: number
  at: string
  root: string
  signature: string
  checkpoints: number
  waiting: number
  rootFits: boolean
}

/** The head out of a check's answer, or undefined when nothing was sealed. */
export function headOf(value: unknown): Head | undefined {
  if (typeof value !== 'object' || value === null || !('root' in value) || !('rootFits' in value)) return undefined
  // The job writes these members together or none of them.
  return value as Head
}

/** The section. */
export function AuditHead({ head }: { head: Head | undefined }) {
  useLanguage()
  if (!head)
    return (
      <Section title={t('proof.audit')}>
        <p className="quiet">{t('proof.no-head')}</p>
      </Section>
    )
  return (
    <Section title={t('proof.audit')}>
      <div className={styles.head}>
        <Facts
          facts={[
            { label: t('proof.sealed'), value: integer(head.size) },
            { label: t('proof.sealed-at'), value: instant(head.at) },
            { label: t('proof.waiting-rows'), value: integer(head.waiting) },
            { label: t('proof.checkpoints'), value: integer(head.checkpoints) },
          ]}
        />
        <dl className={styles.signed}>
          <div>
            <dt>{t('proof.root')}</dt>
            <dd>
              <code>{head.root}</code>{' '}
              <StateBadge state={head.rootFits ? 'fits' : 'differs'} mood={head.rootFits ? 'good' : 'bad'}>
                {t(head.rootFits ? 'proof.root-fits' : 'proof.root-differs')}
              </StateBadge>
            </dd>
          </div>
          <div>
            <dt>{t('proof.signature')}</dt>
            <dd>
              <code>{head.signature}</code>
              <small>{t('proof.signature-hint')}</small>
            </dd>
          </div>
        </dl>
      </div>
    </Section>
  )
}
