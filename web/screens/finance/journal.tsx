// The journal: every entry with what it comes to, by day, journal and source; each opens its lines.
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import { useDescription } from '../../client/descriptions.ts'
import { get } from '../../client/http.ts'
import { companyCode, currentCompany } from '../../client/session.ts'
import { useStore } from '../../client/store.ts'
import type { components } from '../../generated/api.ts'
import { money } from '../../i18n/format.ts'
import { choiceWord, counted, t, useLanguage } from '../../i18n/index.ts'
import { Button } from '../../parts/button.tsx'
import { type Column, DataGrid } from '../../parts/data-grid.tsx'
import { DayInput } from '../../parts/day-input.tsx'
import { DocRef } from '../../parts/doc-ref.tsx'
import { inputClass } from '../../parts/field.tsx'
import { kept, useNarrow, useSmall, without } from '../../parts/narrow.ts'
import { Empty, Page, ProblemNote, Skeleton } from '../../parts/page.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import { Day } from '../../parts/values.tsx'
import { useKeys } from '../../shell/keys.ts'
import styles from './finance.module.css'
import { type Asked, useAsked } from './use-asked.ts'

type Entry = components['schemas']['ledger.journal.row']

const PAGE = 100
/** The company's journals; others than these are told by their code. */
const JOURNALS = ['SAL', 'SCN', 'CSH', 'STOCK', 'STK', 'GEN', 'OPN']

function useJournal({ from, to, journal }: Asked) {
  const company = useStore(companyCode)
  return useInfiniteQuery({
    queryKey: ['ask', company, '/api/ledger/journal', { from, to, journal }],
    initialPageParam: undefined as Entry | undefined,
    queryFn: ({ pageParam: last, signal }) =>
      get('/api/ledger/journal', {
        query: {
          limit: PAGE,
          ...(from ? { from } : {}),
          ...(to ? { to } : {}),
          ...(journal ? { journal } : {}),
          ...(last ? { beforeDate: last.posting_date, beforeNumber: last.number } : {}),
        },
        signal,
      }),
    getNextPageParam: (page) => (page.items.length === PAGE ? page.items.at(-1) : undefined),
  })
}

/** A text that only repeats the number of its document. */
export const NUMBER = /^[A-Z]{2,4}-\d{4}-\d+$/

/** What an event is called: its first word is what happened, the rest tells it from others of the same document. */
export const eventWord = (event: string): string => choiceWord(event.split(/[\s]|-\d/)[0] ?? event)

const columns = (): readonly Column<Entry>[] => [
  { key: 'posting_date', label: t('finance.date'), width: 130, render: (one) => <Day value={one.posting_date} /> },
  { key: 'number', label: t('finance.entry'), width: 156, render: (one) => <span className="code">{one.number}</span> },
  {
    key: 'journal',
    label: t('finance.journal-short'),
    width: 80,
    render: (one) => <span className="code quiet">{one.journal}</span>,
  },
  { key: 'event', label: t('finance.event'), width: 112, render: (one) => eventWord(one.event) },
  {
    key: 'source',
    label: t('finance.document'),
    width: 144,
    render: (one) => <DocRef of={one.source} id={one.source_id} otherwise={one.description} />,
  },
  {
    key: 'description',
    label: t('finance.text'),
    width: 160,
    grows: true,
    render: (one) => <span className="quiet">{NUMBER.test(one.description) ? null : one.description}</span>,
  },
  {
    key: 'reversed',
    label: '',
    width: 132,
    render: (one) =>
      one.reversed_by ? (
        <StateBadge state="reversed" />
      ) : one.reverses_id ? (
        <StateBadge state="reversal" mood="over">
          {t('finance.reversal')}
        </StateBadge>
      ) : null,
  },
  {
    key: 'amount',
    label: t('finance.amount'),
    width: 136,
    numeric: true,
    render: (one) => <span className="number">{money(one.amount, currentCompany().currency)}</span>,
  },
]

/** A text and a reversal are rare: their columns stand only where an entry has one. */
const toldOf = (rows: readonly Entry[]) =>
  without(
    without(
      columns(),
      ['description'],
      rows.every((one) => NUMBER.test(one.description) || one.description === ''),
    ),
    ['reversed'],
    rows.every((one) => !one.reversed_by && !one.reverses_id),
  )

/** The screen at /finance/journal?from=…&to=…&journal=… */
export function Screen() {
  useLanguage()
  const navigate = useNavigate()
  const [asked, go] = useAsked()
  const narrow = useNarrow()
  const small = useSmall()
  const journal = useJournal(asked)
  const creating = useDescription('ledger.entry')?.verbs.some((verb) => verb.verb === 'draft' || verb.verb === 'post')
  const rows = journal.data?.pages.flatMap((page) => page.items) ?? []
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = journal
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [fetchNextPage, hasNextPage, isFetchingNextPage])
  const create = () => void navigate({ to: '/ledger/entry/new' })
  useKeys(creating ? { c: create } : {})
  return (
    <Page
      title={t('finance.journal')}
      beside={
        rows.length > 0 ? (
          <span className="quiet">{hasNextPage ? `${rows.length}+` : counted('list.count', rows.length)}</span>
        ) : null
      }
      actions={
        <>
          <select
            className={`${inputClass} ${styles.select}`}
            aria-label={t('finance.journal-short')}
            value={asked.journal ?? ''}
            onChange={(event) => go({ journal: event.target.value })}
          >
            <option value="">{t('finance.all-journals')}</option>
            {JOURNALS.map((one) => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
          </select>
          <DayInput label={t('finance.from')} value={asked.from ?? ''} onChange={(from) => go({ from })} />
          <DayInput label={t('finance.to')} value={asked.to ?? ''} onChange={(to) => go({ to })} />
          {creating ? (
            <Button tone="primary" hint="c" onClick={create}>
              {t('finance.new-entry')}
            </Button>
          ) : null}
        </>
      }
      body="bare"
    >
      {journal.error ? (
        <ProblemNote error={journal.error} onRetry={() => void journal.refetch()} />
      ) : journal.isPending ? (
        <Skeleton lines={12} />
      ) : rows.length === 0 ? (
        <Empty title={t('finance.no-entries')}>{t('finance.no-entries-rest')}</Empty>
      ) : (
        <DataGrid
          label={t('finance.journal')}
          columns={kept(without(toldOf(rows), ['description'], small), ['number', 'amount'], narrow)}
          rows={rows}
          keyOf={(one) => one.id}
          onOpen={(one) => void navigate({ to: `/ledger/entry/${one.id}` })}
          onEnd={more}
          count={hasNextPage ? -1 : rows.length}
        />
      )}
    </Page>
  )
}
