// Values of configuration as people read them, alone and old beside new; of long lists only what differs.
import type { ReactNode } from 'react'
import { day, integer, quantity } from '../../i18n/format.ts'
import { choiceWord, counted, humane, t, useLanguage } from '../../i18n/index.ts'
import styles from './rollout.module.css'
import type { Words } from './words.ts'

/** Lists longer than this are told by their number and what differs. */
const LONG = 6

type Members = Readonly<Record<string, unknown>>

const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The members of a JSON object; none when it is something else. */
export const membersOf = (value: unknown): readonly (readonly [string, unknown])[] =>
  isMembers(value) ? Object.entries(value) : []

const DECIMAL = new Set(['quantity', 'money', 'price', 'percent'])

/** A plain value as a text, for a cell or a search. */
export function plainText(value: unknown, kind = 'text'): string {
  if (value === null || value === undefined || value === '') return '–'
  if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no')
  if (typeof value === 'number') return kind === 'text' ? String(value) : integer(value)
  if (typeof value === 'string') {
    if (DECIMAL.has(kind)) return quantity(value)
    if (kind === 'date') return day(value)
    return kind === 'choice' ? choiceWord(value) : value
  }
  if (Array.isArray(value)) return value.map((one) => plainText(one)).join(', ')
  return membersOf(value)
    .map(([name, one]) => `${humane(name)}: ${plainText(one)}`)
    .join('; ')
}

/** One value, members of an object under each other. */
export function ConfigValue({ value, kind = 'text' }: { value: unknown; kind?: string }): ReactNode {
  useLanguage()
  const members = membersOf(value)
  if (members.length > 0) {
    return (
      <dl className={styles.members}>
        {members.map(([name, one]) => (
          <div key={name}>
            <dt>{humane(name)}</dt>
            <dd>
              <ConfigValue value={one} />
            </dd>
          </div>
        ))}
      </dl>
    )
  }
  if (Array.isArray(value) && value.length > LONG) {
    return (
      <details className={styles.list}>
        <summary>
          {value
            .slice(0, 2)
            .map((one) => plainText(one))
            .join(', ')}{' '}
          … {integer(value.length)}
        </summary>
        <ul>
          {value.map((one) => (
            <li key={plainText(one)}>{plainText(one)}</li>
          ))}
        </ul>
      </details>
    )
  }
  const text = plainText(value, kind)
  return <span className={text === '–' ? 'quiet' : kind === 'code' ? 'code' : undefined}>{text}</span>
}

/** Everything that an object says, under the names of its fields; what says nothing is left out. */
export function ObjectFields({ kind, fields, words }: { kind: string; fields: unknown; words: Words }) {
  return (
    <dl className={styles.values}>
      {membersOf(fields)
        .filter(([, value]) => value !== null && value !== '')
        .map(([field, value]) => (
          <div key={field}>
            <dt>{words.field(kind, field)}</dt>
            <dd>
              <ConfigValue value={value} kind={words.fieldKind(kind, field)} />
            </dd>
          </div>
        ))}
    </dl>
  )
}

/** The other side of a value: of two long lists only what this one has alone is told. */
export function SideValue({ value, other, kind }: { value: unknown; other: unknown; kind?: string }) {
  useLanguage()
  if (!Array.isArray(value) || !Array.isArray(other)) return <ConfigValue value={value} {...(kind ? { kind } : {})} />
  const there = new Set(other.map((one) => plainText(one)))
  const own = value.map((one) => plainText(one)).filter((one) => !there.has(one))
  return (
    <span>
      {own.length > 0 ? counted('rollout.only-there', own.length, { list: own.join(', ') }) : null}
      {own.length > 0 && value.length > own.length ? ' · ' : null}
      {value.length > own.length || own.length === 0 ? (
        <span className="quiet">{counted('rollout.in-common', value.length - own.length)}</span>
      ) : null}
    </span>
  )
}

/** Old → new. What goes is struck out, so that it does not hang on colour. */
export function Change({ from, to, kind }: { from: unknown; to: unknown; kind?: string }) {
  return (
    <span className={styles.change}>
      <del>
        <SideValue value={from} other={to} {...(kind ? { kind } : {})} />
      </del>
      <span aria-hidden="true">→</span>
      <ins>
        <SideValue value={to} other={from} {...(kind ? { kind } : {})} />
      </ins>
    </span>
  )
}
