// The trial balance: every account by kind, its opening, what moved and where it stands; each account opens its card.
import { useNavigate } from '@tanstack/react-router'
import { useGet } from '../../client/questions.ts'
import { currentCompany } from '../../client/session.ts'
import type { components } from '../../generated/api.ts'
import { money } from '../../i18n/format.ts'
import { choiceWord, t, useLanguage } from '../../i18n/index.ts'
import { Button } from '../../parts/button.tsx'
import { type Column, DataGrid } from '../../parts/data-grid.tsx'
import { DayInput } from '../../parts/day-input.tsx'
import { isZero, sum } from '../../parts/exact.ts'
import { kept, useNarrow } from '../../parts/narrow.ts'
import { Empty, Page, ProblemNote, Skeleton } from '../../parts/page.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import { monthOf, today, yearOf } from './days.ts'
import styles from './finance.module.css'
import { useAsked } from './use-asked.ts'

type Account = components['schemas']['ledger.trial-balance.row']
type Entry = { heading: string } | { account: Account }

// In the order of the balance sheet, then of the result.
const TYPES = ['asset', 'liability', 'equity', 'revenue', 'income', 'cost', 'expense']
const rank = (type: string) => (TYPES.includes(type) ? TYPES.indexOf(type) : TYPES.length)

/** Accounts under a heading of their kind. */
function grouped(rows: readonly Account[]): readonly Entry[] {
  const types = [...new Set(rows.map((row) => row.type))].sort((a, b) => rank(a) - rank(b))
  return types.flatMap((type) => [
    { heading: type },
    ...rows.filter((row) => row.type === type).map((account) => ({ account })),
  ])
}

const amount = (value: string) =>
  isZero(value) ? <span className={styles.zero}>–</span> : <span className="number">{money(value)}</span>

function columnsOf(rows: readonly Account[], opened: boolean): readonly Column<Entry>[] {
  const of = (key: 'opening' | 'debit' | 'credit' | 'balance', label: string): Column<Entry> => ({
    key,
    label,
    width: 148,
    numeric: true,
    foot: <span className="number">{money(sum(rows.map((row) => row[key])))}</span>,
    render: (one) =>
      'account' in one ? key === 'balance' ? <b>{amount(one.account[key])}</b> : amount(one.account[key]) : null,
  })
  return [
    {
      key: 'account',
      label: t('finance.account'),
      width: 104,
      foot: t('finance.total'),
      render: (one) =>
        'account' in one ? (
          <span className="code" title={one.account.name}>
            {one.account.account}
          </span>
        ) : null,
    },
    {
      key: 'name',
      label: t('finance.name'),
      width: 200,
      grows: true,
      render: (one) => ('account' in one ? one.account.name : null),
    },
    ...(opened ? [of('opening', t('finance.opening'))] : []),
    of('debit', t('finance.debit')),
    of('credit', t('finance.credit')),
    of('balance', t('finance.balance')),
  ]
}

/** The screen at /finance/trial-balance?from=…&to=… */
export function Screen() {
  useLanguage()
  const navigate = useNavigate()
  const [asked, go] = useAsked()
  const narrow = useNarrow()
  const { from, to } = asked
  const { data, error, isPending, refetch } = useGet('/api/ledger/trial-balance', {
    ...(from ? { from } : {}),
    ...(to ? { asOf: to } : {}),
  })
  const rows = data?.items ?? []
  const even = isZero(sum(rows.map((row) => row.balance)))
  const now = today()
  return (
    <Page
      title={t('finance.trial-balance')}
      beside={
        data && rows.length > 0 ? (
          <StateBadge state="balanced" mood={even ? 'good' : 'bad'}>
            {t(even ? 'finance.balanced' : 'finance.not-balanced')}
          </StateBadge>
        ) : null
      }
      actions={
        <>
          <Button tone="quiet" aria-pressed={!from} onClick={() => go({ from: '', to: '' })}>
            {t('finance.since-ever')}
          </Button>
          <Button tone="quiet" aria-pressed={from === monthOf(now)} onClick={() => go({ from: monthOf(now), to: '' })}>
            {t('finance.this-month')}
          </Button>
          <Button tone="quiet" aria-pressed={from === yearOf(now)} onClick={() => go({ from: yearOf(now), to: '' })}>
            {t('finance.this-year')}
          </Button>
          <DayInput label={t('finance.from')} value={from ?? ''} onChange={(day) => go({ from: day })} />
          <DayInput label={t('finance.to')} value={to ?? ''} onChange={(day) => go({ to: day })} />
        </>
      }
      body="bare"
    >
      {error ? (
        <ProblemNote error={error} onRetry={() => void refetch()} />
      ) : isPending ? (
        <Skeleton lines={12} />
      ) : rows.length === 0 ? (
        <Empty title={t('finance.no-entries')}>{t('finance.no-entries-rest')}</Empty>
      ) : (
        <DataGrid
          label={`${t('finance.trial-balance')}, ${currentCompany().currency}`}
          columns={kept(columnsOf(rows, from !== undefined && from !== ''), ['name', 'balance'], narrow)}
          rows={grouped(rows)}
          keyOf={(one) => ('account' in one ? one.account.account : one.heading)}
          headingOf={(one) => ('heading' in one ? choiceWord(one.heading) : undefined)}
          onOpen={(one) => {
            if ('account' in one)
              void navigate({
                to: `/finance/account/${one.account.account}`,
                search: { ...(from ? { from } : {}), ...(to ? { to } : {}) },
              })
          }}
        />
      )}
    </Page>
  )
}
