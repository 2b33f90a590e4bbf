// The grid in which lines are typed: Tab and Enter move on, a new line appears below the last, rows are pasted from a spreadsheet.
import { type ClipboardEvent, type KeyboardEvent, useRef } from 'react'
import { choiceWord, counted, fieldWord, t } from '../../i18n/index.ts'
import { Button } from '../../parts/button.tsx'
import { plain } from '../../parts/typed.ts'
import { notify } from '../../shell/notices.tsx'
import { InUnit } from './in-unit.tsx'
import type { OwnLines } from './own-lines.ts'
import { RefInput } from './ref-picker.tsx'
import type { Input, InputField } from './schema.ts'
import styles from './verb.module.css'

type Line = Readonly<Record<string, unknown>>
type LinesProps = {
  label: string
  fields: readonly InputField[]
  lines: readonly Line[]
  onChange: (lines: readonly Line[]) => void
  /** Refusals by place, '0/item'. */
  errors?: ReadonlyMap<string, string>
  /** Where the rows are about lines that are there: each has its row, and no other comes. */
  own?: OwnLines | undefined
}

const isNumber = (input: Input) => input.kind === 'decimal' || input.kind === 'integer'

/** A text from a cell or a file as the value that the server takes for an input; `read` says how numbers are written there. */
export function valueFor(input: Input, text: string, read = plain): unknown {
  const trimmed = text.trim()
  if (trimmed === '') return ''
  if (input.kind === 'decimal') return read(trimmed)
  if (input.kind === 'integer') {
    const digits = read(trimmed)
    return /^-?\d{1,15}$/.test(digits) ? Number(digits) : trimmed
  }
  if (input.kind === 'boolean') return /^(true|yes|ja|x|1)$/i.test(trimmed)
  if (input.kind === 'date') {
    const german = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(trimmed)
    return german ? `${german[3]}-${german[2]?.padStart(2, '0')}-${german[1]?.padStart(2, '0')}` : trimmed
  }
  return trimmed
}

type CellProps = {
  field: InputField
  value: unknown
  error: string | undefined
  label: string
  place: string
  onChange: (value: unknown) => void
  onKeyDown: (event: KeyboardEvent) => void
}

function Cell({ field, value, error, label, place, onChange, onKeyDown }: CellProps) {
  const { input } = field
  const text =
    value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)
  const common = {
    'aria-label': label,
    'data-cell': place,
    title: error,
    onKeyDown,
    ...(error ? { 'aria-invalid': true as const } : {}),
  }
  if (input.kind === 'ref')
    return (
      <span data-cell-of={place}>
        <RefInput
          of={input.of}
          value={text}
          onChange={onChange}
          label={label}
          idOnly={input.idOnly}
          className={styles.cell ?? ''}
          onKeyDown={onKeyDown}
        />
      </span>
    )
  if (input.kind === 'choice') {
    return (
      <select {...common} className={styles.cell} value={text} onChange={(event) => onChange(event.target.value)}>
        <option value="">{field.needed ? '' : t('create.none')}</option>
        {input.choices.map((one) => (
          <option key={one} value={one}>
            {choiceWord(one)}
          </option>
        ))}
      </select>
    )
  }
  if (input.kind === 'boolean')
    return (
      <input
        {...common}
        className={styles.cell}
        type="checkbox"
        checked={value === true}
        onChange={(event) => onChange(event.target.checked)}
      />
    )
  return (
    <input
      {...common}
      className={isNumber(input) ? `${styles.cell} ${styles.right}` : styles.cell}
      type={input.kind === 'date' ? 'date' : 'text'}
      inputMode={isNumber(input) ? 'decimal' : undefined}
      value={text}
      onChange={(event) => onChange(event.target.value)}
      onBlur={(event) => (isNumber(input) ? onChange(valueFor(input, event.target.value)) : undefined)}
    />
  )
}

/** Rows on the clipboard, or undefined when it holds a single value that the cell takes itself. */
function rowsPasted(event: ClipboardEvent): readonly (readonly string[])[] | undefined {
  const text = event.clipboardData.getData('text/plain').replace(/\r/g, '').replace(/\n$/, '')
  if (!text.includes('\t') && !text.includes('\n')) return undefined
  return text.split('\n').map((row) => row.split('\t'))
}

/** Lines have no identity before they are saved but their place. */
const placeKey = (at: number): string => `line ${at + 1}`

/** The grid. `lines` is the whole value; every change gives a new one. */
export function LinesGrid({ label, fields: all, lines, onChange, errors, own }: LinesProps) {
  const fields = all.filter((field) => !own?.without?.includes(field.name))
  const table = useRef<HTMLTableElement>(null)
  // An empty line waits below the last, so that one only types on.
  const shown: readonly Line[] = own ? lines : [...lines, {}]
  const set = (at: number, name: string, value: unknown) => {
    if (at >= lines.length && (value === '' || value === undefined)) return
    onChange(
      shown
        .slice(0, Math.max(lines.length, at + 1))
        .map((line, place) => (place === at ? { ...line, [name]: value } : line)),
    )
  }
  const focus = (at: number, column: number) =>
    setTimeout(() =>
      table.current
        ?.querySelector<HTMLElement>(`[data-place="${at}/${column}"] input, [data-place="${at}/${column}"] select`)
        ?.focus(),
    )
  const onKeyDown = (at: number, column: number) => (event: KeyboardEvent) => {
    // With Ctrl the key means the whole form.
    if (event.ctrlKey || event.metaKey) return
    const next =
      event.key === 'Enter' || event.key === 'ArrowDown' ? at + 1 : event.key === 'ArrowUp' ? at - 1 : undefined
    if (next === undefined || next < 0 || event.target instanceof HTMLSelectElement) return
    event.preventDefault()
    void focus(next, event.key === 'Enter' ? 0 : column)
  }
  const onPaste = (at: number, column: number) => (event: ClipboardEvent) => {
    const rows = rowsPasted(event)
    if (!rows) return
    event.preventDefault()
    const next = [...lines.map((line) => ({ ...line }))]
    rows.forEach((row, down) => {
      const line: Record<string, unknown> = { ...next[at + down] }
      row.forEach((text, right) => {
        const field = fields[column + right]
        if (field) line[field.name] = valueFor(field.input, text)
      })
      next[at + down] = line
    })
    onChange(next)
    notify('info', counted('create.pasted', rows.length))
  }
  return (
    <div className={styles.wide}>
      <div className={styles.caption}>{label}</div>
      <div className={styles.lines}>
        <table ref={table} aria-label={label}>
          <thead>
            <tr>
              <th className={styles.at} scope="col">
                <span className="only-heard">{fieldWord('line')}</span>
              </th>
              {fields.map((field) => (
                <th key={field.name} scope="col">
                  {fieldWord(field.name, undefined, field.input.kind)}
                </th>
              ))}
              {own ? null : <td className={styles.remove} />}
            </tr>
          </thead>
          <tbody>
            {shown.map((line, at) => (
              <tr key={placeKey(at)}>
                <td className={styles.at}>{at < lines.length ? at + 1 : ''}</td>
                {fields.map((field, column) => (
                  <td key={field.name} data-place={`${at}/${column}`} onPaste={onPaste(at, column)}>
                    {own?.field === field.name ? (
                      <span className={styles.own}>{own.texts.get(String(line[field.name]))}</span>
                    ) : (
                      <InUnit
                        unit={field.input.kind === 'decimal' ? own?.units?.get(String(line[own.field])) : undefined}
                      >
                        <Cell
                          field={field}
                          value={line[field.name]}
                          error={errors?.get(`${at}/${field.name}`)}
                          label={`${fieldWord(field.name, undefined, field.input.kind)} ${at + 1}`}
                          place={`${at}/${field.name}`}
                          onChange={(value) => set(at, field.name, value)}
                          onKeyDown={onKeyDown(at, column)}
                        />
                      </InUnit>
                    )}
                  </td>
                ))}
                {own ? null : (
                  <td className={styles.remove}>
                    {at < lines.length ? (
                      <Button
                        tone="quiet"
                        icon="close"
                        aria-label={t('create.remove-line', { n: at + 1 })}
                        tabIndex={-1}
                        onClick={() => onChange(lines.filter((_, place) => place !== at))}
                      />
                    ) : null}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {own ? null : <div className={styles.under}>{t('create.paste')}</div>}
      {errors && errors.size > 0 ? (
        <ul className={styles.misfits} role="alert">
          {[...errors].map(([place, text]) => (
            <li key={place}>
              {fieldWord('line')} {Number(place.split('/')[0]) + 1}: {text}
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}
