// Every item with what there is of it: found by any part of its code or name, a page at a time, over one warehouse or all.
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useDeferredValue, useEffect, useRef, useState } from 'react'
import { get } from '../../client/http.ts'
import { companyCode } from '../../client/session.ts'
import { useStore } from '../../client/store.ts'
import type { components } from '../../generated/api.ts'
import { t, useLanguage } from '../../i18n/index.ts'
import { type Column, DataGrid } from '../../parts/data-grid.tsx'
import { isNegative, isZero } from '../../parts/exact.ts'
import { CheckField, inputClass } from '../../parts/field.tsx'
import { kept, useNarrow, useSmall, without } from '../../parts/narrow.ts'
import { Empty, Page, ProblemNote, Skeleton } from '../../parts/page.tsx'
import { Day, Quantity } from '../../parts/values.tsx'
import { useKeys } from '../../shell/keys.ts'
import { useWarehouse } from '../../shell/place.ts'
import styles from './stock.module.css'

type Item = components['schemas']['inventory.items.row']

const PAGE = 200

const quiet = (value: string) => (isZero(value) ? <span className={styles.zero}>0</span> : <Quantity value={value} />)

const columns = (): readonly Column<Item>[] => [
  {
    key: 'item',
    label: t('stock.item'),
    width: 160,
    least: 140,
    render: (one) => <span className="code">{one.item}</span>,
  },
  { key: 'name', label: t('stock.name'), width: 250, least: 140, grows: true, render: (one) => one.name },
  { key: 'class', label: t('stock.class'), width: 60, render: (one) => one.class },
  { key: 'unit', label: t('stock.unit'), width: 60, render: (one) => <span className="quiet">{one.unit}</span> },
  {
    key: 'on_hand',
    label: t('stock.on-hand'),
    width: 92,
    least: 76,
    numeric: true,
    render: (one) => quiet(one.on_hand),
  },
  {
    key: 'reserved',
    label: t('stock.reserved'),
    width: 92,
    least: 76,
    numeric: true,
    render: (one) => quiet(one.reserved),
  },
  {
    key: 'free',
    label: t('stock.free'),
    width: 92,
    least: 76,
    numeric: true,
    render: (one) =>
      isNegative(one.free) || (isZero(one.free) && !isZero(one.on_hand)) ? (
        <span className={styles.lack}>
          <Quantity value={one.free} />
        </span>
      ) : (
        <b className={styles.free}>{quiet(one.free)}</b>
      ),
  },
  {
    key: 'expected',
    label: t('stock.expected'),
    width: 92,
    least: 76,
    numeric: true,
    render: (one) => quiet(one.expected),
  },
  { key: 'next_due', label: t('stock.next'), width: 120, render: (one) => <Day value={one.next_due} /> },
]

/** The screen at /stock?q=…&all=yes */
export function Screen() {
  useLanguage()
  const navigate = useNavigate()
  const search = useSearch({ strict: false }) as Readonly<Record<string, string | undefined>>
  const company = useStore(companyCode)
  const warehouse = useWarehouse()
  const narrow = useNarrow()
  const small = useSmall()
  const [typed, setTyped] = useState(search.q ?? '')
  const q = useDeferredValue(typed.trim())
  const all = search.all === 'yes'
  const box = useRef<HTMLInputElement>(null)
  useKeys({ '/': () => box.current?.focus() })
  useEffect(() => {
    void navigate({ to: '/stock', search: { ...(q ? { q } : {}), ...(all ? { all: 'yes' } : {}) }, replace: true })
  }, [q, all, navigate])
  const asked = useInfiniteQuery({
    queryKey: ['ask', company, '/api/inventory/items', { q, all, warehouse }],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      get('/api/inventory/items', {
        query: {
          limit: PAGE,
          ...(q ? { q } : {}),
          ...(pageParam ? { after: pageParam } : {}),
          ...(warehouse ? { warehouse } : {}),
          ...(all ? {} : { stocked: true }),
        },
        signal,
      }),
    getNextPageParam: (page) => (page.items.length === PAGE ? page.items.at(-1)?.item : undefined),
    placeholderData: (before) => before,
  })
  const rows = asked.data?.pages.flatMap((page) => page.items) ?? []
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = asked
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [fetchNextPage, hasNextPage, isFetchingNextPage])
  return (
    <Page title={t('stock.title')} body="bare">
      <div className={styles.screen}>
        <div className={styles.tools}>
          <input
            ref={box}
            type="search"
            className={inputClass}
            aria-label={t('stock.find')}
            placeholder={`${t('stock.find')}  /`}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
          <CheckField
            label={t('stock.all-items')}
            checked={all}
            onChange={(event) =>
              void navigate({
                to: '/stock',
                search: { ...(q ? { q } : {}), ...(event.target.checked ? { all: 'yes' } : {}) },
                replace: true,
              })
            }
          />
        </div>
        <div className={styles.place}>
          {asked.error ? (
            <ProblemNote error={asked.error} onRetry={() => void asked.refetch()} />
          ) : asked.isPending ? (
            <Skeleton lines={12} />
          ) : rows.length === 0 ? (
            <Empty title={t('stock.none')}>{t('stock.none-rest')}</Empty>
          ) : (
            <DataGrid
              label={t('stock.title')}
              columns={kept(
                without(
                  without(columns(), ['class', 'unit'], small),
                  ['next_due'],
                  rows.every((one) => !one.next_due),
                ),
                ['item', 'on_hand', 'free'],
                narrow,
              )}
              rows={rows}
              keyOf={(one) => one.id}
              onOpen={(one) => void navigate({ to: `/stock/item/${one.id}` })}
              onEnd={more}
              count={hasNextPage ? -1 : rows.length}
            />
          )}
        </div>
      </div>
    </Page>
  )
}
