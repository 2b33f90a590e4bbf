// Import of a file into any document that can be created: mapping, a trial that changes nothing, the list of refusals, the run.
import { useParams, useSearch } from '@tanstack/react-router'
import { type DragEvent, useRef, useState } from 'react'
import { type DocumentText, listPath, useDescription, type VerbText } from '../../client/descriptions.ts'
import { newKey } from '../../client/http.ts'
import { touched } from '../../client/questions.ts'
import { documentsWord, fieldWord, t, useLanguage } from '../../i18n/index.ts'
import { Button } from '../../parts/button.tsx'
import { SelectField } from '../../parts/field.tsx'
import { Page, ProblemNote, Section } from '../../parts/page.tsx'
import { Nowhere } from '../../shell/nowhere.tsx'
import { fieldsOf } from '../verb/schema-form.tsx'
import { readCsv, type Table, writeCsv } from './csv.ts'
import styles from './import.module.css'
import { documentsOf, fillable, guessMapping, type Mapping, type Outcome, runImport } from './run.ts'

function Choose({ onTable }: { onTable: (table: Table) => void }) {
  const input = useRef<HTMLInputElement>(null)
  const read = async (file: File | undefined) => {
    if (file) onTable(readCsv(await file.text()))
  }
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    void read(event.dataTransfer.files[0])
  }
  return (
    // Dropping is a convenience; the button does the same by keyboard.
    <section
      className={styles.drop}
      aria-label={t('import.choose')}
      onDragOver={(event) => event.preventDefault()}
      onDrop={onDrop}
    >
      <Button tone="primary" icon="import" onClick={() => input.current?.click()}>
        {t('import.choose')}
      </Button>
      <span className="quiet">{t('import.drop')}</span>
      <input
        ref={input}
        type="file"
        accept=".csv,.txt,text/csv"
        hidden
        onChange={(event) => void read(event.target.files?.[0])}
      />
    </section>
  )
}

type MappingProps = { verb: VerbText; table: Table; mapping: Mapping; onChange: (mapping: Mapping) => void }

function Columns({ verb, table, mapping, onChange }: MappingProps) {
  return (
    <div className={styles.mapping}>
      {fillable(fieldsOf(verb.input)).map(({ name, needed }) => (
        <SelectField
          key={name}
          label={fieldWord(name)}
          optional={!needed}
          value={mapping[name] === undefined ? '' : String(mapping[name])}
          error={needed && mapping[name] === undefined ? t('import.needs', { field: fieldWord(name) }) : undefined}
          onChange={(event) =>
            onChange({ ...mapping, [name]: event.target.value === '' ? undefined : Number(event.target.value) })
          }
          options={[
            { value: '', text: t('import.ignore') },
            ...table.headings.map((heading, at) => ({
              value: String(at),
              text: `${heading}  ·  ${table.rows[0]?.[at] ?? ''}`,
            })),
          ]}
        />
      ))}
    </div>
  )
}

/** The refused rows with the reason in a last column, to be mended and imported again. */
function download(table: Table, outcome: Outcome): void {
  const rows = outcome.refused.map(({ row, problem }) => [
    ...(table.rows[row] ?? []),
    `${problem.code}: ${problem.message}`,
  ])
  const file = new Blob([writeCsv({ headings: [...table.headings, 'refused'], rows })], { type: 'text/csv' })
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = 'refused.csv'
  link.click()
  URL.revokeObjectURL(link.href)
}

/** Refusals shown; the file of refused rows has all. */
const SHOWN = 200

function Refusals({ table, outcome, done }: { table: Table; outcome: Outcome; done: boolean }) {
  const counts = { ok: outcome.taken, refused: outcome.refused.length }
  return (
    <Section title={t(done ? 'import.done' : 'import.tried', counts)}>
      {outcome.refused.length === 0 ? null : (
        <>
          <table className={styles.refusals}>
            <tbody>
              {outcome.refused.slice(0, SHOWN).map(({ row, problem }) => (
                <tr key={row}>
                  <th scope="row">
                    {t('import.row')} {row + 2}
                  </th>
                  <td>{table.rows[row]?.slice(0, 3).join(' · ')}</td>
                  <td>{problem.message}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <Button icon="export" onClick={() => download(table, outcome)}>
            {t('import.download')}
          </Button>
        </>
      )}
    </Section>
  )
}

type Running = {
  state: 'idle' | 'trying' | 'doing' | 'tried' | 'done'
  at: number
  outcome?: Outcome
  error?: unknown
  dryRun?: boolean
}

/** The trial and the run; a run that broke off goes on under the same key. */
function useRun(doc: DocumentText, verb: VerbText, table: Table | undefined, mapping: Mapping) {
  const [running, setRunning] = useState<Running>({ state: 'idle', at: 0 })
  const key = useRef(newKey())
  const run = async (dryRun: boolean) => {
    if (!table) return
    const fields = fieldsOf(verb.input)
    const documents = documentsOf(table, fillable(fields), fields, mapping)
    setRunning({ state: dryRun ? 'trying' : 'doing', at: 0 })
    try {
      const onProgress = (at: number) => setRunning((now) => ({ ...now, at }))
      const outcome = await runImport({
        document: doc.name,
        verb: verb.verb,
        documents,
        key: key.current,
        dryRun,
        onProgress,
      })
      if (!dryRun) touched(doc.name, [])
      setRunning({ state: dryRun ? 'tried' : 'done', at: documents.length, outcome })
    } catch (error) {
      setRunning((now) => ({ ...now, state: 'idle', error, dryRun }))
    }
  }
  return { running, run, forget: () => setRunning({ state: 'idle', at: 0 }) }
}

function Import({ doc, verb }: { doc: DocumentText; verb: VerbText }) {
  useLanguage()
  const [table, setTable] = useState<Table>()
  const [mapping, setMapping] = useState<Mapping>({})
  const { running, run, forget } = useRun(doc, verb, table, mapping)
  const fields = fillable(fieldsOf(verb.input))
  const total = table?.rows.length ?? 0
  const busy = running.state === 'trying' || running.state === 'doing'
  const complete = total > 0 && fields.every(({ name, needed }) => !needed || mapping[name] !== undefined)
  const take = (next: Table) => {
    forget()
    setTable(next)
    setMapping(guessMapping(fields, next.headings, fieldWord))
  }
  const actions = (
    <>
      <Button disabled={!complete || busy} onClick={() => void run(true)}>
        {t('import.try')}
      </Button>
      <Button
        tone="primary"
        disabled={running.state !== 'tried' || running.outcome?.taken === 0}
        onClick={() => void run(false)}
      >
        {t('import.run', { n: running.outcome?.taken ?? total })}
      </Button>
    </>
  )
  const list = documentsWord(doc.name, doc.label)
  return (
    <Page
      title={t('import.title', { document: list })}
      crumb={{ to: listPath(doc.name), text: list }}
      actions={actions}
    >
      <p className={styles.lead}>{t('import.lead')}</p>
      <Choose onTable={take} />
      {table ? (
        <Section title={t('import.mapping')}>
          <Columns
            verb={verb}
            table={table}
            mapping={mapping}
            onChange={(next) => {
              forget()
              setMapping(next)
            }}
          />
        </Section>
      ) : null}
      {busy ? (
        <div className={styles.progress} role="status">
          <progress value={running.at} max={total} aria-label={t('import.title', { document: list })} />
          {t('import.progress', { done: running.at, total })}
        </div>
      ) : null}
      {running.error ? (
        <ProblemNote
          error={running.error}
          after={t('verb.unknown-done')}
          onRetry={() => void run(running.dryRun !== false)}
        />
      ) : null}
      {table && running.outcome ? (
        <Refusals table={table} outcome={running.outcome} done={running.state === 'done'} />
      ) : null}
    </Page>
  )
}

/** The screen at /module/document/import?verb=. */
export function ImportScreen() {
  const { module, document: name } = useParams({ strict: false })
  const { verb: wanted } = useSearch({ strict: false }) as { verb?: string }
  const doc = useDescription(`${module}.${name}`)
  const creating = doc?.verbs.filter((verb) => verb.creates) ?? []
  const verb = creating.find((one) => one.verb === wanted) ?? creating[0]
  return doc && verb ? <Import key={`${doc.name} ${verb.verb}`} doc={doc} verb={verb} /> : <Nowhere />
}
