// A field that finds while one types: the best match is chosen with Enter, the arrows choose another, Escape keeps the text.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import {
  type ClipboardEvent,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react'
import { createPortal } from 'react-dom'
import { companyCode } from '../../client/session.ts'
import { useStore } from '../../client/store.ts'
import { t, useLanguage } from '../../i18n/index.ts'
import styles from './combo.module.css'

export type ComboProps<H extends { id: string }> = {
  label: string
  /** What stands in the field while nothing is being typed. */
  value: string
  placeholder?: string
  /** A name for the cache of answers, with everything beside the text that the answer hangs on. */
  about: readonly unknown[]
  find(typed: string, signal: AbortSignal): Promise<readonly H[]>
  /** Whether something is offered before the first letter. */
  offers?: boolean
  row(hit: H): ReactNode
  onChoose(hit: H): void
  /** The text that was left standing without a choice. */
  onText?(text: string): void
  /** Keys that the list does not need. */
  onKey?(event: KeyboardEvent<HTMLInputElement>): void
  onPaste?(event: ClipboardEvent<HTMLInputElement>): void
  field?: Ref<HTMLInputElement>
  className?: string
  id?: string
  invalid?: boolean
  describedBy?: string | undefined
  width?: number
}

/** What was found for what stands in the field, the best first. `fresh` is false while it still belongs to other letters. */
function useHits<H extends { id: string }>({ about, find, offers = false }: ComboProps<H>, typed: string | undefined) {
  const company = useStore(companyCode)
  const text = (typed ?? '').trim()
  const found = useQuery({
    queryKey: ['desk', company, ...about, text],
    queryFn: ({ signal }) => find(text, signal),
    enabled: typed !== undefined && (text !== '' || offers),
    placeholderData: keepPreviousData,
    staleTime: 15_000,
    gcTime: 60_000,
  })
  const shown = typed !== undefined && (text !== '' || offers)
  const fresh = !found.isPlaceholderData && !found.isFetching
  const hits = shown ? (found.data ?? []) : []
  // An answer that is empty is an answer; one that failed is not.
  return { hits, fresh, none: text !== '' && fresh && found.isSuccess && hits.length === 0 }
}

/** The field with its list. */
export function Combo<H extends { id: string }>(props: ComboProps<H>) {
  useLanguage()
  const { value, label, onChoose, onText, onKey, offers = false } = props
  const [typed, setTyped] = useState<string>()
  const [at, setAt] = useState(0)
  // Enter that comes before the answer is kept and chooses as soon as it is there.
  const [waits, setWaits] = useState(false)
  const list = useId()
  const anchor = useRef<HTMLSpanElement>(null)
  const { hits, fresh, none } = useHits(props, typed)
  // The focus leaves while choosing, before what was typed is drawn anew: then there is nothing left to take over.
  const chosen = useRef(false)
  const close = () => {
    chosen.current = true
    setTyped(undefined)
    setAt(0)
    setWaits(false)
  }
  const choose = (hit: H) => {
    close()
    onChoose(hit)
  }
  const [best] = hits
  const settle = useRef(() => {})
  settle.current = () => (best ? choose(best) : setWaits(false))
  useEffect(() => {
    if (waits && fresh) settle.current()
  }, [waits, fresh])
  const keys = (event: KeyboardEvent<HTMLInputElement>) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const hit = hits[at]
    if (typed !== undefined && step !== 0 && hits.length > 0) setAt((at + step + hits.length) % hits.length)
    else if (typed !== undefined && event.key === 'Enter' && typed.trim() !== '' && !event.ctrlKey && !event.metaKey) {
      if (hit && fresh) choose(hit)
      else setWaits(true)
    } else if (typed === undefined && offers && event.key === 'ArrowDown' && event.altKey) {
      chosen.current = false
      setTyped('')
    } else if (typed !== undefined && event.key === 'Escape') close()
    else return onKey?.(event)
    event.preventDefault()
    event.stopPropagation()
  }
  const leave = () => {
    if (typed === undefined || chosen.current) return
    const exact = hits.find((hit) => 'code' in hit && String(hit.code).toLowerCase() === typed.trim().toLowerCase())
    if (exact && fresh) return choose(exact)
    if (typed.trim() !== value) onText?.(typed.trim())
    close()
  }
  const opened = typed !== undefined && hits.length > 0
  const input = (
    <input
      ref={props.field}
      id={props.id}
      className={props.className}
      role="combobox"
      autoComplete="off"
      spellCheck={false}
      aria-label={props.id ? undefined : label}
      aria-expanded={opened}
      aria-controls={opened ? list : undefined}
      aria-activedescendant={opened && hits[at] ? `${list}-${at}` : undefined}
      aria-invalid={props.invalid || undefined}
      aria-describedby={props.describedBy}
      placeholder={props.placeholder}
      value={typed ?? value}
      onChange={(event) => {
        chosen.current = false
        setTyped(event.target.value)
        setAt(0)
        setWaits(false)
      }}
      onFocus={(event) => event.target.select()}
      onBlur={leave}
      onKeyDown={keys}
      onPaste={props.onPaste}
    />
  )
  return (
    <span ref={anchor} className={styles.anchor}>
      {input}
      {opened && anchor.current
        ? createPortal(
            <div className={styles.found} style={below(anchor.current, props.width ?? 560)}>
              <ul role="listbox" id={list} aria-label={label}>
                {hits.map((hit, place) => (
                  <li
                    key={hit.id}
                    id={`${list}-${place}`}
                    role="option"
                    aria-selected={place === at}
                    onMouseDown={(event) => event.preventDefault()}
                    onClick={() => choose(hit)}
                    onKeyDown={() => undefined}
                  >
                    {props.row(hit)}
                  </li>
                ))}
              </ul>
            </div>,
            document.body,
          )
        : null}
      {none && anchor.current
        ? createPortal(
            <p className={styles.found} role="status" style={below(anchor.current, props.width ?? 560)}>
              {t('desk.nothing-fits', { typed: typed?.trim() ?? '' })}
            </p>,
            document.body,
          )
        : null}
    </span>
  )
}

/** Room that a list wants, in pixels, before it opens above its field. */
const ROOM = 280

/** Where the list opens: under its field, or above it at the lower edge of the window; never beyond the sides. */
function below(field: HTMLElement, width: number) {
  const box = field.getBoundingClientRect()
  const wide = Math.min(width, innerWidth - 16)
  const left = Math.max(8, Math.min(box.left, innerWidth - wide - 8))
  return innerHeight - box.bottom < ROOM && box.top > ROOM
    ? { left, width: wide, bottom: innerHeight - box.top + 3 }
    : { left, width: wide, top: box.bottom + 3 }
}
