// One account's card: its periods with opening and closing, and the lines behind any of them, down to entry and document.
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useCallback } from 'react'
import { get } from '../../client/http.ts'
import { useGet } from '../../client/questions.ts'
import { companyCode } from '../../client/session.ts'
import { useStore } from '../../client/store.ts'
import type { components } from '../../generated/api.ts'
import { money } from '../../i18n/format.ts'
import { t, useLanguage } from '../../i18n/index.ts'
import { type Column, DataGrid } from '../../parts/data-grid.tsx'
import { DayInput } from '../../parts/day-input.tsx'
import { DocRef } from '../../parts/doc-ref.tsx'
import { isZero } from '../../parts/exact.ts'
import { kept, useNarrow } from '../../parts/narrow.ts'
import { Empty, Page, ProblemNote, Skeleton } from '../../parts/page.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import { Day } from '../../parts/values.tsx'
import { useKeys } from '../../shell/keys.ts'
import { today } from './days.ts'
import styles from './finance.module.css'
import { eventWord } from './journal.tsx'
import { useAsked } from './use-asked.ts'

type Period = components['schemas']['ledger.account-card.row']
type Line = components['schemas']['ledger.entries.row']

const PAGE = 100
const amount = (value: string | null) => (isZero(value) ? null : <span className="number">{money(value ?? '0')}</span>)

/** The lines of a span, oldest first, page by page. */
function useLines(account: string, from: string, to: string) {
  const company = useStore(companyCode)
  return useInfiniteQuery({
    queryKey: ['ask', company, '/api/ledger/entries', { account, from, to }],
    enabled: from !== '',
    initialPageParam: undefined as Line | undefined,
    queryFn: ({ pageParam: last, signal }) =>
      get('/api/ledger/entries', {
        query: {
          account,
          from,
          to,
          limit: PAGE,
          ...(last ? { afterDate: last.posting_date, afterEntry: last.entry_id, afterLine: last.line } : {}),
        },
        signal,
      }),
    getNextPageParam: (page) => (page.items.length === PAGE ? page.items.at(-1) : undefined),
  })
}

const columns = (): readonly Column<Line>[] => [
  { key: 'posting_date', label: t('finance.date'), width: 128, render: (one) => <Day value={one.posting_date} /> },
  {
    key: 'number',
    label: t('finance.entry'),
    width: 154,
    render: (one) => (
      <Link className="code" to={`/ledger/entry/${one.entry_id}`} onClick={(event) => event.stopPropagation()}>
        {one.number}
      </Link>
    ),
  },
  {
    key: 'source',
    label: t('finance.document'),
    width: 136,
    render: (one) => <DocRef of={one.source} id={one.source_id} otherwise={one.description} />,
  },
  {
    key: 'description',
    label: t('finance.text'),
    width: 130,
    grows: true,
    render: (one) => [one.event ? eventWord(one.event) : null, one.party_name, one.remark].filter(Boolean).join(' · '),
  },
  { key: 'debit', label: t('finance.debit'), width: 108, numeric: true, render: (one) => amount(one.debit) },
  { key: 'credit', label: t('finance.credit'), width: 108, numeric: true, render: (one) => amount(one.credit) },
]

function Periods({
  rows,
  chosen,
  choose,
}: {
  rows: readonly Period[]
  chosen: Period | undefined
  choose: (one: Period) => void
}) {
  return (
    <div className={styles.periods} role="listbox" aria-label={t('finance.periods')} tabIndex={0}>
      {rows.map((one) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the screen binds the keys that choose a period
        <div
          key={one.period}
          role="option"
          aria-selected={one.period === chosen?.period}
          className={styles.period}
          onClick={() => choose(one)}
        >
          <b>{one.period}</b>
          <span className="number">{money(one.closing)}</span>
          <StateBadge state={one.state} />
          <small>
            {amount(one.debit) ?? '–'} / {amount(one.credit) ?? '–'}
          </small>
        </div>
      ))}
    </div>
  )
}

/** The screen at /finance/account/1200?from=…&to=… */
export function Screen() {
  useLanguage()
  const { account = '' } = useParams({ strict: false }) as { account?: string }
  const navigate = useNavigate()
  const [asked, go] = useAsked()
  const narrow = useNarrow()
  const card = useGet('/api/ledger/account-card', { account })
  const accounts = useGet('/api/ledger/trial-balance', {})
  const name = accounts.data?.items.find((one) => one.account === account)?.name ?? ''
  const rows = [...(card.data?.items ?? [])].reverse()
  const at = rows.findIndex((one) => one.starts === asked.from && one.ends === asked.to)
  const first = rows.at(0)
  const from = asked.from ?? (asked.to ? '0001-01-01' : (first?.starts ?? ''))
  const to = asked.to ?? (asked.from ? today() : (first?.ends ?? today()))
  const lines = useLines(account, from, to)
  const choose = (one: Period | undefined) => one && go({ from: one.starts, to: one.ends })
  useKeys({
    '[': () => choose(rows[Math.min(rows.length - 1, at + 1)]),
    ']': () => choose(rows[Math.max(0, at - 1)]),
    Escape: () => void navigate({ to: '/finance/trial-balance' }),
  })
  const shown = lines.data?.pages.flatMap((page) => page.items) ?? []
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = lines
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [fetchNextPage, hasNextPage, isFetchingNextPage])
  const error = card.error ?? lines.error
  return (
    <Page
      title={name ? `${account} · ${name}` : account}
      crumb={{ to: '/finance/trial-balance', text: t('finance.trial-balance') }}
      actions={
        <>
          <DayInput
            label={t('finance.from')}
            value={asked.from ?? (from.startsWith('0') ? '' : from)}
            onChange={(day) => go({ from: day })}
          />
          <DayInput label={t('finance.to')} value={to} onChange={(day) => go({ to: day })} />
        </>
      }
      body="bare"
    >
      {error ? (
        <ProblemNote error={error} />
      ) : card.isPending ? (
        <Skeleton lines={12} />
      ) : rows.length === 0 ? (
        <Empty title={t('finance.no-entries')}>{t('finance.no-entries-rest')}</Empty>
      ) : (
        <div className={styles.two}>
          <Periods rows={rows} chosen={rows.find((one) => one.starts === from && one.ends === to)} choose={choose} />
          <div className={styles.pane}>
            {lines.isPending ? (
              <Skeleton lines={10} />
            ) : shown.length === 0 ? (
              <Empty title={t('finance.no-lines')} />
            ) : (
              <DataGrid
                label={`${t('finance.lines')} ${account}`}
                columns={kept(columns(), ['number', 'debit', 'credit'], narrow)}
                rows={shown}
                keyOf={(one) => `${one.entry_id}-${one.line}`}
                onOpen={(one) => void navigate({ to: `/ledger/entry/${one.entry_id}` })}
                onEnd={more}
                count={hasNextPage ? -1 : shown.length}
              />
            )}
          </div>
        </div>
      )}
    </Page>
  )
}
