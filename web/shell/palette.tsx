// The palette: type a number, a name or an intention, press Enter. Ctrl-K from everywhere.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, useDeferredValue, useEffect, useRef, useState } from 'react'
import { type Descriptions, documentPath, listPath, useDescriptions } from '../client/descriptions.ts'
import { get } from '../client/http.ts'
import { companyCode } from '../client/session.ts'
import { store, useStore } from '../client/store.ts'
import { documentWord, stateWord, t, verbWord } from '../i18n/index.ts'
import { Icon, type IconName } from '../parts/icon.tsx'
import type { Place } from './nav.ts'
import { recent } from './recent.ts'
import { screenCommands } from './screen-commands.ts'
import styles from './sheet.module.css'
import { Sheet } from './sheet.tsx'

export const paletteOpen = store(false)

type Option = { key: string; group: string; icon: IconName; text: string; beside: string; run(): void }

const fits = (text: string, typed: string): boolean => {
  const words = text.toLowerCase()
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => words.includes(word))
}

/** Everything that fits what was typed: what the screen offers, documents found, places, new documents. */
function useOptions(typed: string, places: readonly Place[]): { options: readonly Option[]; fresh: boolean } {
  const navigate = useNavigate()
  const company = useStore(companyCode)
  const descriptions = useDescriptions()
  const lately = useStore(recent)
  const commands = useStore(screenCommands)
  const asked = useDeferredValue(typed.trim())
  const search = useQuery({
    queryKey: ['search', company, asked],
    queryFn: ({ signal }) => get('/api/search', { query: { q: asked }, signal }),
    enabled: asked.length > 1,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  })
  const go = (to: string) => () => void navigate({ to })
  const label = (name: string) => documentWord(name, descriptions.byName.get(name)?.label ?? name)
  const found = asked.length > 1 ? ((search.data as { items: readonly Hit[] } | undefined)?.items ?? []) : []
  const options: Option[] = [
    ...commands
      .filter((one) => fits(one.text, asked))
      .map((one) => ({
        key: `do ${one.text}`,
        group: t('palette.do'),
        icon: 'right' as const,
        text: one.text,
        beside: one.beside,
        run: one.run,
      })),
    ...found.map((hit) => ({
      key: hit.id,
      group: t('palette.found'),
      icon: 'search' as const,
      text: hit.title ? `${hit.number} · ${hit.title}` : hit.number,
      beside: `${label(hit.document)} · ${stateWord(hit.state)}`,
      run: go(documentPath(hit.document, hit.id)),
    })),
    ...(asked === '' ? lately.slice(0, 5) : []).map((one) => ({
      key: `lately ${one.id}`,
      group: t('palette.recent'),
      icon: 'clock' as const,
      text: one.title ? `${one.number} · ${one.title}` : one.number,
      beside: label(one.document),
      run: go(documentPath(one.document, one.id)),
    })),
    ...places
      .filter((place) => fits(place.text, asked))
      .map((place) => ({
        key: place.to,
        group: t('palette.go'),
        icon: place.area,
        text: place.text,
        beside: place.letter ? `g ${place.letter}` : '',
        run: go(place.to),
      })),
    ...(fits(t('notice.title'), asked)
      ? [
          {
            key: '/notices',
            group: t('palette.go'),
            icon: 'bell' as const,
            text: t('notice.title'),
            beside: '',
            run: go('/notices'),
          },
        ]
      : []),
    ...creations(descriptions, asked).map(([name, verb]) => ({
      key: `new ${name} ${verb}`,
      group: t('palette.do'),
      icon: 'plus' as const,
      text: t('palette.new', { document: label(name) }),
      beside: verbWord(verb),
      run: go(`${listPath(name)}/new?verb=${verb}`),
    })),
  ]
  return { options, fresh: asked === typed.trim() && !search.isFetching }
}

type Hit = { document: string; id: string; number: string; title: string | null; state: string }

function creations({ documents }: Descriptions, asked: string): readonly (readonly [string, string])[] {
  if (asked === '') return []
  return documents.flatMap((doc) =>
    doc.verbs
      .filter(
        (verb) =>
          verb.creates &&
          fits(`${t('palette.new', { document: documentWord(doc.name, doc.label) })} ${verbWord(verb.verb)}`, asked),
      )
      .map((verb) => [doc.name, verb.verb] as const),
  )
}

function Results({ options, at, onRun }: { options: readonly Option[]; at: number; onRun: (option: Option) => void }) {
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    list.current?.querySelector(`#palette-${at}`)?.scrollIntoView({ block: 'nearest' })
  }, [at])
  return (
    <ul ref={list} className={styles.results} role="listbox" id="palette-results" aria-label={t('palette.label')}>
      {options.map((option, place) => (
        <li key={option.key} role="presentation">
          {options[place - 1]?.group === option.group ? null : (
            <div className={styles.group} role="presentation">
              {option.group}
            </div>
          )}
          <div
            className={styles.option}
            role="option"
            tabIndex={-1}
            id={`palette-${place}`}
            aria-selected={place === at}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onRun(option)}
            onKeyDown={() => undefined}
          >
            <Icon name={option.icon} />
            <b>{option.text}</b>
            <small>{option.beside}</small>
          </div>
        </li>
      ))}
    </ul>
  )
}

function Opened({ places }: { places: readonly Place[] }) {
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const [waits, setWaits] = useState(false)
  const { options, fresh } = useOptions(typed, places)
  const place = Math.min(at, Math.max(0, options.length - 1))
  const close = () => paletteOpen.set(false)
  const run = (option: Option | undefined) => {
    if (!option) return
    close()
    option.run()
  }
  // Whoever types a number and presses Enter means the answer to all of it, not to what was found for its beginning.
  useEffect(() => {
    if (!waits || !fresh) return
    setWaits(false)
    run(options[place])
  })
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) setAt((place + step + options.length) % Math.max(1, options.length))
    else if (event.key === 'Enter' && !fresh && at === 0) setWaits(true)
    else if (event.key === 'Enter') run(options[place])
    else return
    event.preventDefault()
  }
  return (
    <Sheet label={t('palette.label')} onClose={close}>
      <input
        className={styles.input}
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-results"
        aria-activedescendant={options.length > 0 ? `palette-${place}` : undefined}
        aria-label={t('palette.label')}
        placeholder={t('palette.placeholder')}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value)
          setAt(0)
          setWaits(false)
        }}
        onKeyDown={onKeyDown}
      />
      {options.length === 0 && fresh ? (
        <p className={styles.none}>{t('palette.nothing')}</p>
      ) : (
        <Results options={options} at={place} onRun={run} />
      )}
    </Sheet>
  )
}

/** The palette, when it is open. */
export function Palette({ places }: { places: readonly Place[] }) {
  return useStore(paletteOpen) ? <Opened places={places} /> : null
}
