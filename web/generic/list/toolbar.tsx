// The bar above a list: search, filters, columns, export; and the states as tabs, because that is how people think.

import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { apiPath, type DocumentText, importPath } from '../../client/descriptions.ts'
import { addressOf } from '../../client/http.ts'
import { fieldWord, stateWord, t } from '../../i18n/index.ts'
import { Button } from '../../parts/button.tsx'
import { CheckField, inputClass } from '../../parts/field.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Menu, Pop } from '../../parts/pop.tsx'
import { AddFilter, FilterChip } from './filters.tsx'
import { GroupMenu } from './groups.tsx'
import styles from './list.module.css'
import { type ListState, listParameters, usualColumns, withFilter } from './state.ts'
import { Views } from './views.tsx'

type Props = { doc: DocumentText; state: ListState; go: (next: ListState) => void }

/** Milliseconds after the last letter before the list follows. */
const CALM = 180

function Search({ state, go }: Props) {
  const [typed, setTyped] = useState(state.q)
  const latest = useRef({ state, go })
  latest.current = { state, go }
  useEffect(() => setTyped(state.q), [state.q])
  useEffect(() => {
    const { state: now, go: goNow } = latest.current
    if (typed.trim() === now.q) return
    const timer = setTimeout(() => goNow({ ...latest.current.state, q: typed.trim() }), CALM)
    return () => clearTimeout(timer)
  }, [typed])
  return (
    <label className={styles.search}>
      <Icon name="search" size={14} />
      <input
        className={inputClass}
        type="search"
        data-list-search
        aria-label={t('list.search')}
        placeholder={`${t('list.search')}  /`}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur()
          if (event.key === 'Enter' || event.key === 'ArrowDown')
            document.querySelector<HTMLElement>('[role=grid]')?.focus()
        }}
      />
    </label>
  )
}

function Columns({ doc, state, go }: Props) {
  const possible = doc.fields.filter(
    (field) => field.name !== 'id' && field.kind !== 'json' && !(field.name === 'number' && doc.numbered !== 'number'),
  )
  const flip = (name: string) => {
    const columns = state.columns.includes(name)
      ? state.columns.filter((one) => one !== name)
      : [...state.columns, name]
    go({ ...state, columns: columns.length > 0 ? columns : usualColumns(doc) })
  }
  return (
    <Pop
      label={t('list.columns')}
      width={240}
      target={(toggle) => <Button tone="quiet" icon="columns" aria-label={t('list.columns')} onClick={toggle} />}
    >
      {() => (
        <div className={styles.form}>
          <div className={styles.choices}>
            {possible.map((field) => (
              <CheckField
                key={field.name}
                label={fieldWord(field.name, field.label, field.kind)}
                checked={state.columns.includes(field.name)}
                onChange={() => flip(field.name)}
              />
            ))}
          </div>
        </div>
      )}
    </Pop>
  )
}

/** A file of exactly what the list shows, made by the server. */
function Export({ doc, state }: Props) {
  const save = (format: 'csv' | 'xlsx') => {
    const link = document.createElement('a')
    link.href = addressOf(apiPath(doc.name), { query: { ...listParameters(state), format } })
    link.download = `${doc.name}.${format}`
    link.click()
  }
  return (
    <Menu
      target={<Button tone="quiet" icon="export" aria-label={t('list.export')} />}
      items={[
        { key: 'csv', text: t('list.export-csv'), onChoose: () => save('csv') },
        { key: 'xlsx', text: t('list.export-xlsx'), onChoose: () => save('xlsx') },
      ]}
    />
  )
}

/** The states as tabs; a filter on the state that is not exactly one of them leaves all unpressed. */
function States({ doc, state, go }: Props) {
  if (doc.states.length < 2) return null
  const asked = state.filters.find((one) => one.field === 'state')?.value ?? ''
  const choose = (value: string) =>
    go({
      ...state,
      filters: [
        ...state.filters.filter((one) => one.field !== 'state'),
        ...(value === '' ? [] : [{ field: 'state', operator: 'eq' as const, value }]),
      ],
    })
  return (
    <div className={styles.states} role="group" aria-label={fieldWord('state')}>
      {['', ...doc.states].map((one) => (
        <button key={one} type="button" aria-pressed={asked === one} onClick={() => choose(one)}>
          {one === '' ? t('state.all') : stateWord(one)}
        </button>
      ))}
    </div>
  )
}

/** The bar and the tabs. */
export function Toolbar(props: Props) {
  const { doc, state, go } = props
  const chips = state.filters.filter(
    (one) => one.field !== 'state' || one.operator !== 'eq' || !doc.states.includes(one.value),
  )
  return (
    <>
      <States {...props} />
      <div className={styles.bar}>
        {doc.list.searchable ? <Search {...props} /> : null}
        {chips.map((filter) => (
          <FilterChip
            key={`${filter.field} ${filter.operator}`}
            doc={doc}
            filter={filter}
            onChange={(next) => go(withFilter(withFilter(state, { ...filter, value: '' }), next))}
            onRemove={() => go(withFilter(state, { ...filter, value: '' }))}
          />
        ))}
        <AddFilter doc={doc} onAdd={(filter) => go(withFilter(state, filter))} />
        <span className={styles.space} />
        <Views {...props} />
        <GroupMenu {...props} />
        <Columns {...props} />
        {doc.verbs.some((verb) => verb.creates) ? (
          <Link to={importPath(doc.name)} aria-label={t('list.import')} className={styles.import}>
            <Icon name="import" />
          </Link>
        ) : null}
        <Export {...props} />
      </div>
    </>
  )
}
