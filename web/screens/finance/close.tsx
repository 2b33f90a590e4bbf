// Closing periods: how far each is, what stands open before it can close, and the verbs that close, lock and open it.
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useState } from 'react'
import { documentPath, listPath, useDescription } from '../../client/descriptions.ts'
import { useGet } from '../../client/questions.ts'
import { currentCompany, may } from '../../client/session.ts'
import type { components } from '../../generated/api.ts'
import { VerbButton } from '../../generic/verb/verb-button.tsx'
import { day, integer, money } from '../../i18n/format.ts'
import { counted, t, useLanguage, verbWord } from '../../i18n/index.ts'
import { isZero } from '../../parts/exact.ts'
import { Icon } from '../../parts/icon.tsx'
import { Inbox, InboxRow } from '../../parts/inbox.tsx'
import { Empty, Facts, Page, ProblemNote, Section, Skeleton } from '../../parts/page.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import { Day, Instant } from '../../parts/values.tsx'
import { useKeys } from '../../shell/keys.ts'
import styles from './finance.module.css'
import { useAsked } from './use-asked.ts'

type Period = components['schemas']['ledger.periods.row']
type Check = {
  key: string
  text: string
  well: boolean
  says: ReactNode
  oldest?: string | null
  to?: string
  search?: Record<string, string>
}

/** What the modules say about the end of a period, in one list: first what is in the books, then what is not yet. */
function useChecks(one: Period): { checks: readonly Check[]; pending: boolean; error: unknown } {
  const until = one.ends
  const customers = useGet('/api/receivables/before-close', { until }, { enabled: may('receivables.balance.read') })
  const goods = useGet('/api/warehouse/before-close', { until }, { enabled: may('warehouse.shipment.read') })
  const { currency } = currentCompany()
  const list: Readonly<Record<string, [string, Record<string, string>]>> = {
    'not-invoiced': ['/sales/order', { state: 'confirmed' }],
    'credit-drafts': ['/receivables/credit-note', { state: 'draft' }],
    'not-applied': ['/receivables/payment', {}],
    'not-gone': ['/warehouse/shipment', { state: 'picked,packed' }],
    'receipts-draft': ['/warehouse/receipt', { state: 'draft' }],
    'in-transit': ['/inventory/transfer', { state: 'in-transit' }],
  }
  const own: readonly Check[] = [
    {
      key: 'balanced',
      text: t('finance.check-balanced'),
      well: one.balanced,
      says: money(one.debit, currency),
      to: '/finance/trial-balance',
      search: { from: one.starts, to: one.ends },
    },
    {
      key: 'suspense',
      text: t('finance.check-suspense'),
      well: isZero(one.suspense),
      says: isZero(one.suspense) ? null : money(one.suspense, currency),
      to: '/finance/trial-balance',
      search: { from: one.starts, to: one.ends },
    },
    {
      key: 'waiting',
      text: t('finance.check-waiting'),
      well: one.waiting === 0,
      says: one.waiting === 0 ? null : counted('finance.items', one.waiting),
      to: '/work',
      search: { queue: 'approvals' },
    },
  ]
  const others = [
    ...(customers.data?.items ?? []).map((row) => ({ ...row, amount: row.amount as string | null })),
    ...(goods.data?.items ?? []).map((row) => ({ ...row, amount: null })),
  ].map((row): Check => {
    const [to, search] = list[row.check] ?? [listPath(row.document), {}]
    return {
      key: row.check,
      text: t(`finance.check-${row.check}` as Parameters<typeof t>[0]),
      well: row.count === 0,
      says:
        row.count === 0
          ? null
          : `${integer(row.count)}${row.amount && !isZero(row.amount) ? ` · ${money(row.amount, currency)}` : ''}`,
      oldest: row.oldest,
      to,
      search,
    }
  })
  return {
    checks: [...own, ...others],
    pending:
      (customers.isPending && may('receivables.balance.read')) || (goods.isPending && may('warehouse.shipment.read')),
    error: customers.error ?? goods.error,
  }
}

function Checks({ one }: { one: Period }) {
  const { checks, pending, error } = useChecks(one)
  if (error) return <ProblemNote error={error} />
  if (pending) return <Skeleton lines={6} />
  return (
    <ul className={styles.checks}>
      {checks.map((check) => (
        <li key={check.key} data-well={check.well}>
          <Icon name={check.well ? 'check' : 'warning'} />
          <span className={styles.grow}>
            {check.text}
            <span className="only-heard">: {t(check.well ? 'finance.well' : 'finance.open-point')}</span>
          </span>
          {check.oldest ? (
            <span className="quiet">
              {t('finance.since')} <Day value={check.oldest} />
            </span>
          ) : null}
          <span className={styles.says}>
            {!check.says ? (
              <span className="quiet">{t('finance.none')}</span>
            ) : check.to ? (
              <Link to={check.to} search={check.search ?? {}}>
                {check.says}
              </Link>
            ) : (
              check.says
            )}
          </span>
        </li>
      ))}
    </ul>
  )
}

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
    <Link className={styles.link} to="/ledger/period/new" search={{ verb: 'open-year' }}>
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
