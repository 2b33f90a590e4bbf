// The runs of a site, newest first; one of them can be looked at.
import { instant } from '../../i18n/format.ts'
import { t, useLanguage } from '../../i18n/index.ts'
import { Earlier } from '../../parts/earlier.tsx'
import { Section } from '../../parts/page.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import type { Run } from './parts.ts'

type RunsProps = { runs: readonly Run[]; shown: string | undefined; onChoose: (id: string) => void }

/** The list. */
export function Runs({ runs, shown, onChoose }: RunsProps) {
  useLanguage()
  return (
    <Section title={t('uat.runs')}>
      <Earlier
        rows={runs}
        number={t('uat.number')}
        kind={(one) => t(one.kind === 'manual' ? 'uat.kind-manual' : 'uat.kind-automatic')}
        columns={[
          { head: t('uat.when'), of: (one) => instant(one.finished_at ?? one.started_at) },
          { head: t('uat.result'), of: (one) => <Outcome run={one} /> },
        ]}
        shown={shown}
        onChoose={onChoose}
      />
    </Section>
  )
}

function Outcome({ run: { state, passed, failed, total } }: { run: Run }) {
  if (state === 'running')
    return (
      <StateBadge state="running" mood="info">
        {t('uat.running')}
      </StateBadge>
    )
  if (state === 'cancelled') return <StateBadge state="cancelled">{t('uat.cancelled')}</StateBadge>
  return (
    <StateBadge state={failed > 0 ? 'failed' : 'passed'} mood={failed > 0 ? 'bad' : 'good'}>
      {t('uat.of', { n: passed, all: total })}
    </StateBadge>
  )
}
