// The checks before: who asked for each, and how it ended; one of them can be looked at again.
import { session } from '../../client/session.ts'
import { instant } from '../../i18n/format.ts'
import { t, useLanguage } from '../../i18n/index.ts'
import { Earlier } from '../../parts/earlier.tsx'
import { Section } from '../../parts/page.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import type { Check } from './progress.tsx'

const SYSTEM = '00000000-0000-7000-8000-000000000001'

/** Who asked: nobody, the reader, or somebody else, whose name stands in the history of the check. */
function whoOf({ started_by: by }: Check): string {
  if (by === null || by === SYSTEM) return t('proof.system')
  const own = session.get()?.account
  return own?.id === by ? own.name : t('proof.person')
}

function Result({ check: { holds, given_up: givenUp, breaches } }: { check: Check }) {
  const text = givenUp
    ? t('proof.gave-up')
    : holds
      ? t('proof.holds')
      : breaches > 0
        ? t('proof.breaks', { n: breaches })
        : t('proof.breaks-head')
  return (
    <StateBadge state={holds ? 'holds' : 'broken'} mood={holds ? 'good' : 'bad'}>
      {text}
    </StateBadge>
  )
}

type ChecksProps = { checks: readonly Check[]; shown: string | undefined; onChoose: (id: string) => void }

/** The list, newest first. */
export function EarlierChecks({ checks, shown, onChoose }: ChecksProps) {
  useLanguage()
  return (
    <Section title={t('proof.earlier')}>
      <Earlier
        rows={checks}
        number={t('proof.number')}
        columns={[
          { head: t('proof.when'), of: (one) => instant(one.finished_at ?? one.started_at) },
          { head: t('proof.who'), of: whoOf },
          { head: t('proof.result'), of: (one) => <Result check={one} /> },
        ]}
        shown={shown}
        onChoose={onChoose}
      />
    </Section>
  )
}
