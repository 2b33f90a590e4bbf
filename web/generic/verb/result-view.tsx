// What a verb answers beside the states, drawn without knowing it: members as facts, lists of objects as small tables.
import type { ReactNode } from 'react'
import * as format from '../../i18n/format.ts'
import { choiceWord, fieldWord, t } from '../../i18n/index.ts'
import styles from './verb.module.css'

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const DECIMAL = /^-?\d+\.\d+$/
const INSTANT = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/

/** A fingerprint, of which nobody reads more than the beginning. */
const FINGERPRINT = /^[0-9a-f]{40,}$/
/** A code of the programme, which has words. */
const KEBAB = /^[a-z]+(-[a-z]+)+$/
/** What is kept from eyes, whoever may read the rest. */
const SECRET = /password|secret|token|api.?key/i

type Members = Readonly<Record<string, unknown>>
const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function Plain({ value }: { value: unknown }): ReactNode {
  if (value === null || value === undefined) return '–'
  if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no')
  if (typeof value === 'number') return format.integer(value)
  if (typeof value !== 'string') return JSON.stringify(value)
  if (DECIMAL.test(value)) return format.price(value)
  if (FINGERPRINT.test(value)) return <span title={value}>{`${value.slice(0, 12)}…`}</span>
  if (format.isDay(value)) return format.day(value)
  if (INSTANT.test(value)) return format.instant(value)
  return /^[a-z][a-z_-]+$/.test(value) ? choiceWord(value) : value
}

const isNothing = (value: unknown): boolean =>
  (Array.isArray(value) && value.length === 0) || (isMembers(value) && Object.keys(value).length === 0)

/** Ids and fingerprints mean nothing to a reader; what they stand for is in the other members. */
const shownMembers = (value: Members) =>
  Object.entries(value).filter(
    ([key, one]) =>
      key !== 'id' && !isNothing(one) && !(typeof one === 'string' && (ID.test(one) || FINGERPRINT.test(one))),
  )

function Table({ rows }: { rows: readonly Members[] }) {
  const columns = [...new Set(rows.flatMap((row) => shownMembers(row).map(([key]) => key)))]
  if (columns.length === 0) return null
  return (
    <table>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {fieldWord(column)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.slice(0, 50).map((row, at) => (
          <tr key={typeof row.id === 'string' ? row.id : `row-${at + 1}`}>
            {columns.map((column) => (
              <td key={column}>
                <ResultValue value={row[column]} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Rows of a table without headings, one under the other. */
const Rows = ({ rows }: { rows: readonly (readonly unknown[])[] }) =>
  rows.slice(0, 50).map((row) => (
    <div key={JSON.stringify(row)}>
      {row
        .filter((one) => one !== '' && one !== null)
        .map((one) => (KEBAB.test(String(one)) ? choiceWord(String(one)) : String(one)))
        .join(' · ')}
    </div>
  ))

function ResultValue({ value }: { value: unknown }): ReactNode {
  if (Array.isArray(value)) {
    if (value.length === 0) return null
    const members = value.filter(isMembers)
    const rows = value.filter(Array.isArray)
    if (rows.length === value.length) return <Rows rows={rows} />
    return members.length === value.length ? (
      <Table rows={members} />
    ) : (
      value.map((one) => (isMembers(one) ? JSON.stringify(one) : String(one))).join(', ')
    )
  }
  if (!isMembers(value)) return <Plain value={value} />
  const members = shownMembers(value)
  return members.length === 0 ? null : (
    <table>
      <tbody>
        {members.map(([key, one]) => (
          <tr key={key}>
            <th scope="row">{ID.test(key) ? '' : fieldWord(key)}</th>
            <td>{SECRET.test(key) ? '••••••' : <ResultValue value={one} />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Any JSON, as people can read it. */
export const ResultView = ({ value }: { value: unknown }) => (
  <div className={styles.result}>
    <ResultValue value={value} />
  </div>
)
