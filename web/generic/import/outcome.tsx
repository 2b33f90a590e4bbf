// What became of a file: the receipt that accounts for each of its rows, and every refusal with its rows and its column.
import { counted, t } from '../../i18n/index.ts'
import { Button } from '../../parts/button.tsx'
import { Section } from '../../parts/page.tsx'
import { type Table, writeCsv } from './csv.ts'
import type { Fault } from './documents.ts'
import styles from './import.module.css'
import type { Outcome, Refused } from './run.ts'

/** The rows of a file as one says them: 'Row 3', 'Rows 2–5, 9'. */
export function rowsWord(table: Table, rows: readonly number[]): string {
  const runs: [number, number][] = []
  for (const place of rows.map((row) => table.places[row] ?? 0).toSorted((a, b) => a - b)) {
    const last = runs.at(-1)
    if (last && place === last[1] + 1) last[1] = place
    else runs.push([place, place])
  }
  const text = runs.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(', ')
  return counted('import.at', rows.length, { rows: text })
}

/** What is wrong, behind the column that it is about; what begins in lower case goes on from its name. */
function faultText({ heading, message }: Fault): string {
  if (!heading) return message
  return /^\p{Ll}/u.test(message) ? `${heading} ${message}` : `${heading}: ${message}`
}

/** The rows of refused documents with the reason in a last column, to be mended and imported again. */
function download(table: Table, outcome: Outcome): void {
  const rows = outcome.refused.flatMap(({ planned, code, faults }) =>
    planned.rows.map((row) => {
      const own = faults.filter((fault) => fault.rows.includes(row))
      // A row without a fault of its own is refused with its document, whose fault is named instead.
      const [first] = faults
      const elsewhere = first ? [`${rowsWord(table, first.rows)}: ${faultText(first)}`] : []
      const reasons = own.length > 0 ? own.map(faultText) : elsewhere
      return [...(table.rows[row] ?? []), `${code}: ${reasons.join(' ')}`]
    }),
  )
  const file = new Blob([writeCsv({ headings: [...table.headings, 'refused'], rows })], { type: 'text/csv' })
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = 'refused.csv'
  link.click()
  URL.revokeObjectURL(link.href)
}

/** Refusals shown; the file of refused rows has all. */
const SHOWN = 200

function RefusedRow({ table, refused: { planned, faults } }: { table: Table; refused: Refused }) {
  return (
    <tr>
      <th scope="row">{rowsWord(table, planned.rows)}</th>
      <td>{table.rows[planned.rows[0] ?? -1]?.slice(0, 3).join(' · ')}</td>
      <td>
        {faults.map((fault) => (
          <p key={`${fault.rows.join()} ${fault.heading} ${fault.message}`}>
            {fault.rows.length < planned.rows.length ? `${rowsWord(table, fault.rows)} · ` : ''}
            {faultText(fault)}
          </p>
        ))}
      </td>
    </tr>
  )
}

type ReceiptProps = {
  table: Table
  outcome: Outcome
  done: boolean
  lined: boolean
  onAgain: () => void
  /** Puts away what is done. */
  onAway: () => void
}

export function Receipt({ table, outcome, done, lined, onAgain, onAway }: ReceiptProps) {
  const { taken, refused, rowsIn, rowsTaken, before } = outcome
  const counts = { ok: taken, refused: refused.length }
  const title = lined
    ? t(done ? 'import.done-documents' : 'import.tried-documents', counts)
    : t(done ? 'import.done' : 'import.tried', counts)
  return (
    <Section title={title} beside={done ? <Button onClick={onAway}>{t('import.put-away')}</Button> : null}>
      <p className={styles.receipt}>
        {t('import.receipt', { all: rowsIn, ok: rowsTaken, refused: rowsIn - rowsTaken })}
      </p>
      {before > 0 ? (
        <p className={styles.before}>
          {counted('import.before', before)}
          {before === taken ? <Button onClick={onAgain}>{t('import.again')}</Button> : null}
        </p>
      ) : null}
      {refused.length === 0 ? null : (
        <>
          <div className={styles.wide}>
            <table className={styles.refusals}>
              <tbody>
                {refused.slice(0, SHOWN).map((one) => (
                  <RefusedRow key={one.planned.rows[0]} table={table} refused={one} />
                ))}
              </tbody>
            </table>
          </div>
          <Button icon="export" onClick={() => download(table, outcome)}>
            {t('import.download')}
          </Button>
        </>
      )}
    </Section>
  )
}
