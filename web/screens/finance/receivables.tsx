// What customers owe: by age as a picture, customer by customer below it, as of any day, and from there to each open item.
import { useNavigate } from '@tanstack/react-router'
import { useGet } from '../../client/questions.ts'
import { currentCompany } from '../../client/session.ts'
import type { components } from '../../generated/api.ts'
import { money } from '../../i18n/format.ts'
import { counted, t, useLanguage } from '../../i18n/index.ts'
import { type Column, DataGrid, type Sort } from '../../parts/data-grid.tsx'
import { DayInput } from '../../parts/day-input.tsx'
import { compare, isNegative, isZero, sum } from '../../parts/exact.ts'
import { inputClass } from '../../parts/field.tsx'
import { kept, useNarrow, useSmall, without } from '../../parts/narrow.ts'
import { Empty, Page, ProblemNote, Skeleton } from '../../parts/page.tsx'
import { useKeys } from '../../shell/keys.ts'
import { AgeingChart, BUCKETS, type BucketKey } from './ageing-chart.tsx'
import styles from './finance.module.css'
import { useAsked } from './use-asked.ts'

type Row = components['schemas']['receivables.aged.row']

const isBucket = (key: string | undefined): key is BucketKey => BUCKETS.some((one) => one === key)
const lateOf = (row: Row): string => sum([row.days_30, row.days_60, row.days_90, row.older])

/** An amount, quiet when it is nothing. */
const Amount = ({ value, currency }: { value: string | null; currency: string }) =>
  isZero(value) ? (
    <span className={styles.zero}>–</span>
  ) : (
    <span className="number">{money(value ?? '0', currency)}</span>
  )

function columnsOf(rows: readonly Row[], chosen: string | undefined): readonly Column<Row>[] {
  const one = new Set(rows.map((row) => row.currency)).size <= 1 ? (rows[0]?.currency ?? '') : null
  // A total over several currencies would mean nothing; then only the company's currency has one.
  const foot = (pick: (row: Row) => string | null) =>
    one === null ? undefined : <Amount value={sum(rows.map(pick))} currency={one} />
  const bucket = (key: BucketKey): Column<Row> => ({
    key,
    label: t(`finance.short-${key}`),
    width: 98,
    least: 92,
    numeric: true,
    sortable: true,
    foot: foot((row) => row[key]),
    render: (row) => (
      <span className={chosen === key ? styles.chosen : isNegative(row[key]) ? styles.ours : undefined}>
        <Amount value={row[key]} currency={row.currency} />
      </span>
    ),
  })
  return [
    {
      key: 'customer',
      label: t('finance.customer'),
      width: 98,
      sortable: true,
      render: (row) => <span className="code">{row.customer}</span>,
    },
    {
      key: 'name',
      label: t('finance.name'),
      width: 160,
      least: 108,
      grows: true,
      sortable: true,
      render: (row) => row.name,
      foot: t('finance.total'),
    },
    ...BUCKETS.map(bucket),
    {
      key: 'late',
      label: t('finance.overdue'),
      width: 104,
      least: 92,
      numeric: true,
      sortable: true,
      foot: foot(lateOf),
      render: (row) => (
        <span className={isZero(lateOf(row)) ? undefined : styles.late}>
          <Amount value={lateOf(row)} currency={row.currency} />
        </span>
      ),
    },
    {
      key: 'total',
      label: t('finance.balance'),
      width: 112,
      least: 100,
      numeric: true,
      sortable: true,
      foot: foot((row) => row.total),
      render: (row) => (
        <b>
          <Amount value={row.total} currency={row.currency} />
        </b>
      ),
    },
  ]
}

function sorted(rows: readonly Row[], sort: Sort): readonly Row[] {
  const value = (row: Row): string =>
    sort.key === 'late' ? lateOf(row) : String(Object.entries(row).find(([key]) => key === sort.key)?.[1] ?? '')
  const text = sort.key === 'customer' || sort.key === 'name'
  const order = (a: Row, b: Row) => (text ? value(a).localeCompare(value(b)) : compare(value(a), value(b)))
  return [...rows].sort((a, b) => (sort.descending ? order(b, a) : order(a, b)))
}

/** The screen at /finance/receivables?asOf=…&bucket=…&q=…&sort=… */
export function Screen() {
  useLanguage()
  const navigate = useNavigate()
  const [asked, go] = useAsked()
  const narrow = useNarrow()
  const small = useSmall()
  const day = asked.asOf ? { asOf: asked.asOf } : {}
  const byAge = useGet('/api/receivables/ageing', day)
  const { data, error, isPending, refetch } = useGet('/api/receivables/aged', day)
  const bucket = isBucket(asked.bucket) ? asked.bucket : undefined
  const sort: Sort = {
    key: asked.sort?.replace('-', '') ?? 'late',
    descending: asked.sort ? asked.sort.startsWith('-') : true,
  }
  useKeys({ '/': () => document.querySelector<HTMLInputElement>('[data-find]')?.focus() })
  const q = (asked.q ?? '').toLowerCase()
  const rows = (data?.items ?? []).filter(
    (row) =>
      (!bucket || !isZero(row[bucket])) &&
      (q === '' || row.name.toLowerCase().includes(q) || row.customer.toLowerCase().includes(q)),
  )
  return (
    <Page
      title={t('finance.receivables')}
      beside={data ? <span className="quiet">{counted('list.count', rows.length)}</span> : null}
      actions={<DayInput label={t('finance.as-of')} value={asked.asOf ?? ''} onChange={(asOf) => go({ asOf })} />}
      body="bare"
    >
      <div className={styles.screen}>
        {byAge.data ? (
          <AgeingChart
            buckets={byAge.data.items}
            currency={currentCompany().currency}
            chosen={bucket}
            onChoose={(key) => go({ bucket: key })}
          />
        ) : null}
        <div className={styles.tools}>
          <input
            type="search"
            data-find
            className={inputClass}
            aria-label={t('finance.find-customer')}
            placeholder={`${t('finance.find-customer')}  /`}
            value={asked.q ?? ''}
            onChange={(event) => go({ q: event.target.value })}
          />
        </div>
        <div className={styles.place}>
          {error ? (
            <ProblemNote error={error} onRetry={() => void refetch()} />
          ) : isPending ? (
            <Skeleton lines={10} />
          ) : rows.length === 0 ? (
            <Empty title={t('finance.nobody-owes')}>{t('finance.nobody-owes-rest')}</Empty>
          ) : (
            <DataGrid
              label={t('finance.receivables')}
              columns={kept(
                without(columnsOf(rows, bucket), ['customer', 'on_account'], small),
                ['name', 'total', ...(bucket ? [bucket] : [])],
                narrow,
              )}
              rows={sorted(rows, sort)}
              keyOf={(row) => `${row.customer_id}-${row.currency}`}
              sort={sort}
              onSort={(next) => go({ sort: `${next.descending ? '-' : ''}${next.key}` })}
              onOpen={(row) => void navigate({ to: `/finance/customer/${row.customer_id}` })}
            />
          )}
        </div>
      </div>
    </Page>
  )
}
