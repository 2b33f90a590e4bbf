// The checks before: who asked for each, and how it ended; one of them can be looked at again.
import { session } from '../../client/session.ts'
import { instant } from '../../i18n/format.ts'
import { t, useLanguage } from '../../i18n/index.ts'
import { Section } from '../../parts/page.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import styles from './consistency.module.css'
import type { Check } from './progress.tsx'

const SYSTEM = '00000000-0000-7000-8000-000000000001'

/** Who asked: nobody, the reader, or somebody else, whose name stands in the history of the check. */
function whoOf({ started_by: by }: Check): string {
  if (by === null || by === SYSTEM) return t('proof.system')
  const own = session.get()?.account
  return own?.id === by ? own.name : t('proof.person')
}

/** The list, newest first. */
export function Earlier({
  checks,
  shown,
  onChoose,
}: {
  checks: readonly Check[]
  shown: string | undefined
  onChoose: (id: string) => void
}) {
  useLanguage()
  return (
    <Section title={t('proof.earlier')}>
      <div className={styles.scrolls}>
        <table className={styles.earlier}>
          <thead>
            <tr>
              <th scope="col">{t('proof.number')}</th>
              <th scope="col">{t('proof.when')}</th>
              <th scope="col">{t('proof.who')}</th>
              <th scope="col">{t('proof.result')}</th>
            </tr>
          </thead>
          <tbody>
            {checks.map((one) => (
              <tr key={one.id} aria-current={one.id === shown}>
                <td>
                  <button type="button" onClick={() => onChoose(one.id)}>
                    {one.number}
                  </button>
                </td>
                <td>{instant(one.finished_at ?? one.started_at)}</td>
                <td>{whoOf(one)}</td>
                <td>
                  <StateBadge state={one.holds ? 'holds' : 'broken'} mood={one.holds ? 'good' : 'bad'}>
                    {one.given_up
                      ? t('proof.gave-up')
                      : one.holds
                        ? t('proof.holds')
                        : one.breaches > 0
                          ? t('proof.breaks', { n: one.breaches })
                          : t('proof.breaks-head')}
                  </StateBadge>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}
