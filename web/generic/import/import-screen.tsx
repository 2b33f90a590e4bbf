// Import of a file into any document that can be created: mapping, what it becomes, a trial that changes nothing, the run.
import { useSearch } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { type DocumentText, listPath, useDescription, type VerbText } from '../../client/descriptions.ts'
import { counted, documentsWord, fieldWord, t, useLanguage } from '../../i18n/index.ts'
import { Button } from '../../parts/button.tsx'
import { Page, ProblemNote } from '../../parts/page.tsx'
import { Nowhere } from '../../shell/nowhere.tsx'
import { useAddressed } from '../address.ts'
import { fieldsOf } from '../verb/schema-form.tsx'
import { Choose } from './choose.tsx'
import { guessMapping, hasLines, type Mapping, neededOf, targetsOf } from './columns.ts'
import { documentsOf, type Grouping } from './documents.ts'
import { type Chosen, readFile } from './file.ts'
import styles from './import.module.css'
import { Mappings } from './mapping.tsx'
import { Receipt } from './outcome.tsx'
import { Preview } from './preview.tsx'
import { recall, remember } from './remember.ts'
import { useRun } from './use-run.ts'

/** The file and what its columns mean; a file that cannot be read leaves its reason. */
function useFile(doc: DocumentText, verb: VerbText, onNew: () => void) {
  const [chosen, setChosen] = useState<Chosen>()
  const [unread, setUnread] = useState<unknown>()
  const [mapping, setMapping] = useState<Mapping>({})
  const [grouping, setGrouping] = useState<Grouping>('equal')
  const targets = useMemo(() => targetsOf(fieldsOf(verb.input)), [verb])
  const take = async (file: File, sheet?: string) => {
    onNew()
    setUnread(undefined)
    try {
      const next = await readFile(file, sheet)
      const { columns, together } = recall(doc.name, verb.verb)
      const at = together === null ? -1 : next.table.headings.indexOf(together)
      setMapping(guessMapping(targets, next.table.headings, fieldWord, columns))
      setGrouping(at < 0 ? 'equal' : at)
      setChosen(next)
    } catch (error) {
      setChosen(undefined)
      setUnread(error)
    }
  }
  const map = (next: Mapping, together: Grouping) => {
    onNew()
    setMapping(next)
    setGrouping(together)
  }
  return { chosen, unread, mapping, grouping, targets, take, map }
}

function Import({ doc, verb }: { doc: DocumentText; verb: VerbText }) {
  useLanguage()
  const { running, run, forget } = useRun(doc, verb)
  const { chosen, unread, mapping, grouping, targets, take, map } = useFile(doc, verb, forget)
  const table = chosen?.table
  const fields = useMemo(() => fieldsOf(verb.input), [verb])
  const planned = useMemo(
    () => (table ? documentsOf({ table, fields, targets, mapping }, grouping) : []),
    [table, fields, targets, mapping, grouping],
  )
  const needed = neededOf(targets, fields, mapping)
  const lacks = needed.some(({ key }) => mapping[key] === undefined)
  const lined = hasLines(targets, mapping)
  const total = table?.rows.length ?? 0
  const busy = running.state === 'trying' || running.state === 'doing'
  const start = (dryRun: boolean, turn?: number) => {
    if (!table) return
    if (!dryRun) remember(doc.name, verb.verb, table.headings, mapping, grouping)
    void run(planned, { table, targets, mapping }, dryRun, turn)
  }
  const takes = running.outcome?.taken ?? planned.length
  const actions = (
    <>
      <Button disabled={!table || lacks || busy} onClick={() => start(true)}>
        {t('import.try')}
      </Button>
      <Button tone="primary" disabled={running.state !== 'tried' || takes === 0} onClick={() => start(false)}>
        {lined ? counted('import.run-documents', takes) : counted('import.run', takes)}
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
      <Choose chosen={chosen} onFile={(file, sheet) => void take(file, sheet)} />
      {unread ? <ProblemNote error={unread} /> : null}
      {table ? <Mappings {...{ table, targets, needed, mapping, grouping }} onChange={map} /> : null}
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
          onRetry={() => start(running.dryRun !== false)}
        />
      ) : null}
      {table && running.outcome ? (
        <Receipt
          {...{ table, lined }}
          outcome={running.outcome}
          done={running.state === 'done'}
          onAgain={() => start(false, running.turn + 1)}
        />
      ) : table ? (
        <Preview {...{ table, targets, mapping, planned }} />
      ) : null}
    </Page>
  )
}

/** The screen at /module/document/import?verb=. */
export function ImportScreen() {
  const name = useAddressed()
  const { verb: wanted } = useSearch({ strict: false }) as { verb?: string }
  const doc = useDescription(name)
  const creating = doc?.verbs.filter((verb) => verb.creates) ?? []
  const verb = creating.find((one) => one.verb === wanted) ?? creating[0]
  return doc && verb ? <Import key={`${doc.name} ${verb.verb}`} doc={doc} verb={verb} /> : <Nowhere />
}
