// Closing periods: how far each is, what stands open before it can close, and the verbs that close, lock and open it.
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { documentPath, useDescription } from '../../client/descriptions.ts'
import { useGet } from '../../client/questions.ts'
import { currentCompany } from '../../client/session.ts'
import { VerbButton } from '../../generic/verb/verb-button.tsx'
import { day, integer, money } from '../../i18n/format.ts'
import { counted, t, useLanguage, verbWord } from '../../i18n/index.ts'
import { buttonClass } from '../../parts/button.tsx'
import { isZero } from '../../parts/exact.ts'
import { Inbox, InboxRow } from '../../parts/inbox.tsx'
import { Empty, Facts, Page, ProblemNote, Section, Skeleton } from '../../parts/page.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import { Instant } from '../../parts/values.tsx'
import { useKeys } from '../../shell/keys.ts'
import { Checks, type Period } from './checks.tsx'
import styles from './finance.module.css'
import { useAsked } from './use-asked.ts'

const VERBS = ['unlock', 'close-soft', 'lock'] as const

/** The verbs in the order in which a period goes through them; the next one is the primary button. */
function Steps({ one }: { one: Period }) {
  const doc = useDescription('ledger.period')
  const [opened, setOpened] = useState<string>()
  const possible = VERBS.filter((verb) =>
    doc?.verbs.some((each) => each.verb === verb && each.from.includes(one.state)),
  )
  const forward = one.over ? possible.find((verb) => verb !== 'unlock') : undefined
  useKeys({ a: () => setOpened(forward ?? possible.at(-1)) })
  return possible.map((verb) => (
    <VerbButton
      key={verb}
      document="ledger.period"
      verb={verb}
      subjects={[{ id: one.id, number: one.period, state: one.state, version: one.version }]}
      tone={verb === forward ? 'primary' : verb === 'unlock' ? 'quiet' : 'plain'}
      opened={opened === verb}
      onOpened={(open) => setOpened(open ? verb : undefined)}
      {...(verb === forward ? { hint: 'a' } : {})}
    />
  ))
}

function Detail({ one }: { one: Period }) {
  useLanguage()
  return (
    <>
      <header className={styles.paneHead}>
        <div>
          <h2>
            {one.period} <StateBadge state={one.state} />
          </h2>
          <p className="quiet">
            {day(one.starts)} – {day(one.ends)}
            {one.over ? ` · ${counted('finance.days-over', one.days_since)}` : ` · ${t('finance.runs')}`}
          </p>
        </div>
        <div className={styles.actions}>
          <Steps one={one} />
        </div>
      </header>
      <Facts
        facts={[
          {
            label: t('finance.entries'),
            value: (
              <Link to="/finance/journal" search={{ from: one.starts, to: one.ends }}>
                {integer(one.entries)}
              </Link>
            ),
          },
          { label: t('finance.turnover'), value: money(one.debit, currentCompany().currency) },
          ...(one.locked_at ? [{ label: t('finance.locked'), value: <Instant value={one.locked_at} /> }] : []),
          {
            label: t('finance.history'),
            value: <Link to={documentPath('ledger.period', one.id)}>{one.period}</Link>,
          },
        ]}
      />
      <div className={styles.gap} />
      <Section title={t('finance.before-close')}>
        <Checks one={one} />
      </Section>
      <p className={styles.note}>
        {t(
          one.state === 'open'
            ? 'finance.open-means'
            : one.state === 'soft'
              ? 'finance.soft-means'
              : 'finance.locked-means',
        )}
      </p>
    </>
  )
}

/** The next year, for whoever may open it. */
function OpenYear() {
  const may = useDescription('ledger.period')?.verbs.some((verb) => verb.verb === 'open-year') === true
  return may ? (
    <Link className={buttonClass} to="/ledger/period/new" search={{ verb: 'open-year' }}>
      {verbWord('open-year')}
    </Link>
  ) : null
}

/** The screen at /finance/close?at=… */
export function Screen() {
  useLanguage()
  const [asked, go] = useAsked()
  const { data, error, isPending, refetch } = useGet('/api/ledger/periods', {})
  return (
    <Page title={t('finance.close')} body="bare" actions={<OpenYear />}>
      {error ? (
        <ProblemNote error={error} onRetry={() => void refetch()} />
      ) : isPending ? (
        <Skeleton lines={12} />
      ) : (
        <Inbox
          label={t('finance.periods')}
          rows={data.items}
          keyOf={(one) => one.id}
          chosen={asked.at}
          onChoose={(at) => go({ at: at ?? '' })}
          row={(one) => (
            <InboxRow
              title={one.period}
              end={<StateBadge state={one.state} />}
              below={
                !one.balanced
                  ? t('finance.not-balanced')
                  : !isZero(one.suspense)
                    ? t('finance.check-suspense')
                    : one.waiting > 0
                      ? counted('finance.waits', one.waiting)
                      : one.over && one.state === 'open'
                        ? counted('finance.days-over', one.days_since)
                        : t(one.over ? 'finance.quiet' : 'finance.runs')
              }
              belowEnd={counted('finance.entries-n', one.entries)}
            />
          )}
          detail={(one) => <Detail one={one} />}
          nothing={<Empty title={t('finance.no-periods')}>{t('finance.no-periods-rest')}</Empty>}
        />
      )}
    </Page>
  )
}
