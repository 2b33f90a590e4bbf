// Choosing a document by typing: its number, its name, or nearly so. What is typed in full needs no choosing.
import { Popover } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useDeferredValue, useId, useState } from 'react'
import { apiPath, useDescriptions } from '../../client/descriptions.ts'
import { read } from '../../client/http.ts'
import { type Named, useName } from '../../client/names.ts'
import type { One } from '../../client/questions.ts'
import { companyCode } from '../../client/session.ts'
import { useStore } from '../../client/store.ts'
import { t, useLanguage } from '../../i18n/index.ts'
import { Field, inputClass } from '../../parts/field.tsx'
import styles from './verb.module.css'

type Found = { id: string; number: string; title: string | null }
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-/

/** What fits what was typed; without letters, the first of the list. */
function useFound(of: string, typed: string, open: boolean): readonly Found[] {
  const company = useStore(companyCode)
  const doc = useDescriptions().byName.get(of)
  const asked = useDeferredValue(typed.trim())
  const found = useQuery({
    queryKey: ['pick', company, of, asked],
    queryFn: async ({ signal }): Promise<readonly Found[]> => {
      if (asked !== '')
        return (
          (await read('/api/search', { query: { q: asked, document: of }, signal })) as { items: readonly Named[] }
        ).items
      const { items } = (await read(apiPath(of), { query: { limit: 20 }, signal })) as { items: readonly One[] }
      return items.map((one) => ({
        id: one.id,
        number: one.number,
        title: doc?.title ? String(one[doc.title] ?? '') : null,
      }))
    },
    enabled: open && doc !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })
  return open ? (found.data ?? []) : []
}

type InputProps = {
  of: string
  value: string
  onChange: (value: string) => void
  label: string
  /** The bare input of a grid cell, whose label is the column's. */
  bare?: boolean
  idOnly?: boolean
  bound?: { id: string; 'aria-invalid'?: true; 'aria-describedby'?: string }
  className?: string
  onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void
}

const shownOf = (name: Named | null | undefined, value: string): string =>
  ID.test(value) ? (name ? (name.title ? `${name.number} · ${name.title}` : name.number) : '') : value

/** The input itself. Its value is the id that was chosen, or the text as typed where a code will do. */
export function RefInput({ of, value, onChange, label, idOnly = false, bound, className, onKeyDown }: InputProps) {
  useLanguage()
  const [typed, setTyped] = useState<string>()
  const [at, setAt] = useState(0)
  const list = useId()
  const name = useName(of, ID.test(value) ? value : null)
  const found = useFound(of, typed ?? '', typed !== undefined)
  const close = () => {
    setTyped(undefined)
    setAt(0)
  }
  const choose = (one: Found) => {
    onChange(one.id)
    close()
  }
  /** Leaving takes what was typed: the very number that was found, or the text for the server to judge. */
  const leave = () => {
    if (typed === undefined) return
    const exact = found.find((one) => one.number.toLowerCase() === typed.trim().toLowerCase())
    if (exact) onChange(exact.id)
    else if (typed.trim() === '') onChange('')
    else if (!idOnly) onChange(typed.trim())
    close()
  }
  const keys = (event: KeyboardEvent<HTMLInputElement>) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const chosen = found[at]
    if (typed !== undefined && step !== 0) {
      setAt((at + step + found.length) % Math.max(1, found.length))
      event.preventDefault()
    } else if (typed !== undefined && event.key === 'Enter' && chosen) {
      choose(chosen)
      event.preventDefault()
    } else if (typed !== undefined && event.key === 'Escape') {
      close()
      event.stopPropagation()
      event.preventDefault()
    } else if (typed === undefined && event.key === 'ArrowDown' && !onKeyDown) setTyped('')
    else onKeyDown?.(event)
  }
  return (
    <Popover
      opened={typed !== undefined && found.length > 0}
      position="bottom-start"
      offset={3}
      transitionProps={{ duration: 0 }}
      unstyled
      classNames={{ dropdown: styles.found ?? '' }}
      returnFocus={false}
      withRoles={false}
    >
      <Popover.Target>
        <input
          {...bound}
          className={className ?? inputClass}
          role="combobox"
          autoComplete="off"
          aria-label={bound ? undefined : label}
          aria-expanded={typed !== undefined && found.length > 0}
          aria-controls={list}
          aria-activedescendant={found[at] ? `${list}-${at}` : undefined}
          placeholder={bound ? t('picker.search') : undefined}
          value={typed ?? shownOf(name, value)}
          onChange={(event) => {
            setTyped(event.target.value)
            setAt(0)
          }}
          onFocus={(event) => event.target.select()}
          onBlur={leave}
          onKeyDown={keys}
        />
      </Popover.Target>
      <Popover.Dropdown style={{ minWidth: 300, maxWidth: 460 }}>
        <ul role="listbox" id={list} aria-label={label}>
          {found.map((one, place) => (
            <li
              key={one.id}
              id={`${list}-${place}`}
              role="option"
              aria-selected={place === at}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(one)}
              onKeyDown={() => undefined}
            >
              <span className="code">{one.number}</span> {one.title}
            </li>
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  )
}

type PickerProps = Omit<InputProps, 'bound' | 'className' | 'onKeyDown'> & {
  error?: string | undefined
  optional?: boolean
}

/** The input with its label and refusal. */
export const RefPicker = ({ label, error, optional, ...rest }: PickerProps) => (
  <Field label={label} error={error} optional={optional ?? false}>
    {(bound) => <RefInput {...rest} label={label} bound={bound} />}
  </Field>
)
