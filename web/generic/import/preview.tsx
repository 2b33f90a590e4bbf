// What the file would become: the first documents as they will be sent, with their lines and the rows these come from.
import { choiceWord, counted, t } from '../../i18n/index.ts'
import { Section } from '../../parts/page.tsx'
import { cell, growing, right, Table as Sheet } from '../../parts/table.tsx'
import { isThere } from '../verb/schema.ts'
import { hasLines, type Mapping, type Target } from './columns.ts'
import type { Table } from './csv.ts'
import { type Planned, targetWord } from './documents.ts'
import styles from './import.module.css'
import { rowsWord } from './outcome.tsx'

/** Documents and lines that are shown; the trial looks at all of them. */
const SHOWN = 10
const LINES_SHOWN = 6

type PreviewProps = { table: Table; targets: readonly Target[]; mapping: Mapping; planned: readonly Planned[] }

const isNumber = ({ input }: Target): boolean => input.kind === 'decimal' || input.kind === 'integer'

/** A value as people read it. */
function said(target: Target, value: unknown): string {
  if (!isThere(value)) return ''
  if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no')
  return target.input.kind === 'choice' ? choiceWord(String(value)) : String(value)
}

const inside = (value: unknown, name: string | undefined): unknown =>
  name === undefined ? value : typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined

const headValue = ({ body }: Planned, { words: [outer = '', inner] }: Target): unknown => inside(body[outer], inner)

/** The headings of these places: the first text takes the room that is left. */
function headings(targets: readonly Target[], all: readonly Target[]) {
  const first = targets.find((target) => !isNumber(target))
  const heading = (target: Target) => {
    const word = targetWord(target, all)
    return isNumber(target) ? right(word) : target === first ? growing(word) : word
  }
  return [t('import.row'), ...targets.map(heading)]
}

function Rows({ table, planned, targets }: { table: Table; planned: readonly Planned[]; targets: readonly Target[] }) {
  return (
    <Sheet heads={headings(targets, targets)}>
      {planned.map((one) => (
        <tr key={one.rows[0]}>
          <td className="quiet">{table.places[one.rows[0] ?? -1]}</td>
          {targets.map((target) => (
            <td key={target.key} className={isNumber(target) ? cell.right : undefined}>
              {said(target, headValue(one, target))}
            </td>
          ))}
        </tr>
      ))}
    </Sheet>
  )
}

type LinesProps = { table: Table; one: Planned; name: string; targets: readonly Target[]; all: readonly Target[] }

function Lines({ table, one, name, targets, all }: LinesProps) {
  const rows = one.lines.get(name) ?? []
  const values = one.body[name]
  const lines: readonly unknown[] = Array.isArray(values) ? values : []
  return (
    <>
      <Sheet heads={headings(targets, all)}>
        {rows.slice(0, LINES_SHOWN).map((row, at) => (
          <tr key={row}>
            <td className="quiet">{table.places[row]}</td>
            {targets.map((target) => (
              <td key={target.key} className={isNumber(target) ? cell.right : undefined}>
                {said(target, inside(lines[at], target.words[1]))}
              </td>
            ))}
          </tr>
        ))}
      </Sheet>
      {rows.length > LINES_SHOWN ? (
        <p className="quiet">{counted('import.more-lines', rows.length - LINES_SHOWN)}</p>
      ) : null}
    </>
  )
}

/** One document: its head as labels and values, below it each list of its lines. */
function Card({ table, one, targets }: { table: Table; one: Planned; targets: readonly Target[] }) {
  const heads = targets.filter((target) => target.of === 'head' && isThere(headValue(one, target)))
  return (
    <article className={styles.card}>
      <header>
        <strong>{rowsWord(table, one.rows)}</strong>
        <dl>
          {heads.map((target) => (
            <div key={target.key}>
              <dt>{targetWord(target, targets)}</dt>
              <dd>{said(target, headValue(one, target))}</dd>
            </div>
          ))}
        </dl>
      </header>
      {[...one.lines.keys()].map((name) => (
        <Lines
          key={name}
          {...{ table, one, name }}
          all={targets}
          targets={targets.filter(({ of, words }) => of === 'line' && words[0] === name)}
        />
      ))}
    </article>
  )
}

export function Preview({ table, targets, mapping, planned }: PreviewProps) {
  const mapped = targets.filter(({ key }) => mapping[key] !== undefined)
  const shown = planned.slice(0, SHOWN)
  const lined = hasLines(targets, mapping)
  const beside = (
    <span className="quiet">
      {lined ? counted('import.in-documents', planned.length) : counted('import.in-rows', planned.length)}
    </span>
  )
  return (
    <Section title={t('import.preview')} beside={beside}>
      {lined ? (
        shown.map((one) => <Card key={one.rows[0]} table={table} one={one} targets={mapped} />)
      ) : (
        <Rows table={table} planned={shown} targets={mapped} />
      )}
      {planned.length > SHOWN ? <p className="quiet">{counted('import.more', planned.length - SHOWN)}</p> : null}
    </Section>
  )
}
