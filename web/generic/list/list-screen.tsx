// The list of any document, drawn from its description: found by its address, moved through by keyboard, acted on in bulk.
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { type DocumentText, documentPath, listPath, newPath, useDescription } from '../../client/descriptions.ts'
import type { One } from '../../client/questions.ts'
import { counted, createWord, documentsWord, documentWord, t, useLanguage } from '../../i18n/index.ts'
import { Button } from '../../parts/button.tsx'
import { type Column, DataGrid } from '../../parts/data-grid.tsx'
import { useNarrow } from '../../parts/narrow.ts'
import { Empty, Page, ProblemNote, Skeleton } from '../../parts/page.tsx'
import { useWidth } from '../../parts/use-width.ts'
import { useKeys } from '../../shell/keys.ts'
import { Nowhere } from '../../shell/nowhere.tsx'
import { useWarehouse } from '../../shell/place.ts'
import { columnsOf, fitting, narrowed, toldInList } from '../columns.tsx'
import { BulkBar } from './bulk-bar.tsx'
import { type Entry, GroupHeading, grouped, withTotals } from './groups.tsx'
import styles from './list.module.css'
import { type ListState, readState, usualColumns, withFilter, writeState } from './state.ts'
import { Toolbar } from './toolbar.tsx'
import { useList } from './use-list.ts'
import { measured, shared } from './widths.ts'

/** The list as its address says, and a function that goes to another one. */
function useListState(doc: DocumentText): [ListState, (next: ListState) => void] {
  const search = useSearch({ strict: false }) as Readonly<Record<string, string | undefined>>
  const navigate = useNavigate()
  const warehouse = useWarehouse()
  const own = readState(doc, search)
  // The chosen warehouse narrows lists that know one, unless the address says otherwise; it shows as a filter like any.
  const knows = doc.fields.some((field) => field.name === 'warehouse' && field.kind === 'ref')
  const state =
    warehouse && knows && !own.filters.some((one) => one.field === 'warehouse')
      ? withFilter(own, { field: 'warehouse', operator: 'eq', value: warehouse })
      : own
  const go = (next: ListState) =>
    void navigate({ to: listPath(doc.name), search: writeState(doc, next), replace: true })
  return [state, go]
}

function Nothing({ doc, state, go }: { doc: DocumentText; state: ListState; go: (next: ListState) => void }) {
  const creating = doc.verbs.find((verb) => verb.creates)
  const filtered = state.filters.length > 0 || state.q !== ''
  if (filtered) {
    return (
      <Empty
        title={t('list.none')}
        action={<Button onClick={() => go({ ...state, filters: [], q: '' })}>{t('list.reset')}</Button>}
      >
        {t('list.none-rest')}
      </Empty>
    )
  }
  return (
    <Empty title={t('list.empty')} action={creating ? <NewButton doc={doc} /> : null}>
      {creating
        ? t('list.empty-new', { verb: createWord(creating.verb, creating.label, documentWord(doc.name, doc.label)) })
        : t('list.empty-rest')}
    </Empty>
  )
}

/** The way to the form of the first verb that creates. */
function NewButton({ doc }: { doc: DocumentText }) {
  const creating = doc.verbs.filter((verb) => verb.creates)
  return creating.map((verb, at) => (
    <Link key={verb.verb} to={newPath(doc.name)} search={{ verb: verb.verb }}>
      <Button tone={at === 0 ? 'primary' : 'plain'} icon="plus" tabIndex={-1} {...(at === 0 ? { hint: 'n' } : {})}>
        {createWord(verb.verb, verb.label, documentWord(doc.name, doc.label))}
      </Button>
    </Link>
  ))
}

/** What waits for its number says so: a row without any looks like a fault. */
const numberedOr = (doc: DocumentText, column: Column<One>): Column<One> =>
  column.key === doc.numbered
    ? {
        ...column,
        render: (row) =>
          row[doc.numbered] ? column.render(row) : <span className="quiet">{t('list.no-number')}</span>,
      }
    : column

function List({ doc }: { doc: DocumentText }) {
  useLanguage()
  const navigate = useNavigate()
  const [state, go] = useListState(doc)
  const { query, rows, total, totalIsAtLeast } = useList(doc, state)
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const creating = doc.verbs.find((verb) => verb.creates)
  useKeys({
    n: creating ? () => void navigate({ to: newPath(doc.name), search: { verb: creating.verb } }) : undefined,
    '/': () => document.querySelector<HTMLInputElement>('[data-list-search]')?.focus(),
    f: () => document.querySelector<HTMLElement>('[data-filter]')?.click(),
  })
  const chosen = state.columns.flatMap((name) => doc.fields.find((field) => field.name === name) ?? [])
  // Whoever chose the columns gets what was chosen.
  const usual = state.columns.join() === usualColumns(doc).join()
  const shown = usual && rows.length > 0 ? toldInList(doc, chosen, rows) : chosen
  const narrow = useNarrow()
  const [measure, room] = useWidth(1200, 320)
  const all = withTotals(doc, columnsOf(shown, doc.title), rows).map((column) => numberedOr(doc, column))
  const wide = measured(doc, all, rows, narrow)
  const columns = shared(doc, usual ? (narrow ? narrowed(doc, wide) : fitting(doc, wide, room)) : wide, room)
  const descending = state.sort.startsWith('-')
  const entries = grouped(doc, state, rows)
  const open = (row: Entry) => (row['@group'] ? undefined : void navigate({ to: documentPath(doc.name, row.id) }))
  const count =
    total === undefined ? '' : totalIsAtLeast ? t('list.count-more', { n: total }) : counted('list.count', total)
  return (
    <Page
      title={documentsWord(doc.name, doc.label)}
      beside={<span className={styles.count}>{count}</span>}
      actions={<NewButton doc={doc} />}
      body="bare"
    >
      <div className={styles.list}>
        <Toolbar doc={doc} state={state} go={go} />
        <div className={styles.grid} ref={measure}>
          {query.isError ? (
            <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
          ) : query.isPending ? (
            <Skeleton lines={14} />
          ) : rows.length === 0 ? (
            <Nothing doc={doc} state={state} go={go} />
          ) : (
            <DataGrid
              label={documentsWord(doc.name, doc.label)}
              columns={columns}
              rows={entries}
              keyOf={(row) => row.id}
              nameOf={(row) => row.number}
              onOpen={open}
              headingOf={(row) => (row['@group'] ? <GroupHeading entry={row} /> : undefined)}
              selected={selected}
              onSelect={(keys) => setSelected(new Set([...keys].filter((key) => !key.startsWith('group '))))}
              sort={{ key: state.sort.replace(/^-/, ''), descending }}
              onSort={(sort) => go({ ...state, sort: sort.descending ? `-${sort.key}` : sort.key })}
              onEnd={() => {
                if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage()
              }}
              count={totalIsAtLeast ? -1 : (total ?? rows.length)}
            />
          )}
          <BulkBar doc={doc} rows={rows.filter((row) => selected.has(row.id))} onDone={() => setSelected(new Set())} />
        </div>
      </div>
    </Page>
  )
}

/** The screen at /module/document. */
export function ListScreen() {
  const { module, document: name } = useParams({ strict: false })
  const doc = useDescription(`${module}.${name}`)
  return doc ? <List key={doc.name} doc={doc} /> : <Nowhere />
}
