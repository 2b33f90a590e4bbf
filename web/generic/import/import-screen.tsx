// Import of a file into any document that can be created: mapping, what it becomes, a trial that changes nothing, the run.
import { useSearch } from '@tanstack/react-router'
import { useEffect, useMemo, useRef, useState } from 'react'
import { type DocumentText, listPath, useDescription, type VerbText } from '../../client/descriptions.ts'
import { companyCode } from '../../client/session.ts'
import { useStore } from '../../client/store.ts'
import { counted, documentsWord, fieldWord, t, useLanguage } from '../../i18n/index.ts'
import { Button } from '../../parts/button.tsx'
import { Page, ProblemNote, Skeleton } from '../../parts/page.tsx'
import { Nowhere } from '../../shell/nowhere.tsx'
import { useAddressed } from '../address.ts'
import { fieldsOf } from '../verb/schema-form.tsx'
import { Choose } from './choose.tsx'
import { guessMapping, hasLines, type Mapping, neededOf, targetsOf } from './columns.ts'
import { documentsOf, type Grouping } from './documents.ts'
import { Doubt } from './doubt.tsx'
import { type Chosen, readFile } from './file.ts'
import styles from './import.module.css'
import { type Kept, lastRun } from './kept.ts'
import { Mappings } from './mapping.tsx'
import { Receipt } from './outcome.tsx'
import { Preview } from './preview.tsx'
import { recall, remember } from './remember.ts'
import type { Doubtful } from './text.ts'
import { Halted, Through } from './through.tsx'
import { kindOf, useRun } from './use-run.ts'

/** The file and what its columns mean; a file that cannot be read leaves its reason. */
function useFile(doc: DocumentText, verb: VerbText, kept: Kept | undefined, onNew: () => void) {
  const [chosen, setChosen] = useState<Chosen | undefined>(kept?.run.chosen)
  const [unread, setUnread] = useState<unknown>()
  const [doubtful, setDoubtful] = useState<{ file: File; doubt: Doubtful }>()
  const [mapping, setMapping] = useState<Mapping>(kept?.run.mapping ?? {})
  const [grouping, setGrouping] = useState<Grouping>(kept?.run.grouping ?? 'equal')
  const targets = useMemo(() => targetsOf(fieldsOf(verb.input)), [verb])
  const take = async (file: File, how: Parameters<typeof readFile>[1] = {}) => {
    onNew()
    setUnread(undefined)
    setDoubtful(undefined)
    try {
      const next = await readFile(file, how)
      if ('samples' in next) {
        setChosen(undefined)
        return setDoubtful({ file, doubt: next })
      }
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
  const away = () => {
    onNew()
    setChosen(undefined)
    setDoubtful(undefined)
  }
  return { chosen, unread, doubtful, mapping, grouping, targets, take, map, away }
}

/** The file, what becomes of it, and its run; a run that was kept comes back with its file. */
function useImport(doc: DocumentText, verb: VerbText, kept: Kept | undefined) {
  const { running, start, goOn, follow, forget } = useRun(doc, verb, kept)
  const file = useFile(doc, verb, kept, forget)
  const { chosen, mapping, grouping, targets } = file
  const table = chosen?.table
  const fields = useMemo(() => fieldsOf(verb.input), [verb])
  const planned = useMemo(
    () => (table ? documentsOf({ table, fields, targets, mapping }, grouping) : []),
    [table, fields, targets, mapping, grouping],
  )
  const planning = chosen && { planned, places: { table: chosen.table, targets, mapping }, chosen, grouping }
  // As it was when the screen opened: from then on the screen itself knows.
  const first = useRef((away: AbortSignal) => kept && planning && void follow(kept.run.id, planning, away))
  useEffect(() => {
    const away = new AbortController()
    first.current(away.signal)
    return () => away.abort()
  }, [])
  const begin = (dryRun: boolean, turn?: number) => {
    if (!planning) return
    if (!dryRun) remember(doc.name, verb.verb, planning.chosen.table.headings, mapping, grouping)
    void start(planning, dryRun, turn)
  }
  const again = () => (running.run && planning ? void goOn(running.run, planning) : undefined)
  return { ...file, fields, planned, running, begin, again }
}

function Import({ doc, verb, kept }: { doc: DocumentText; verb: VerbText; kept: Kept | undefined }) {
  useLanguage()
  const { running, begin, again, ...file } = useImport(doc, verb, kept)
  const { chosen, unread, doubtful, mapping, grouping, targets, fields, planned } = file
  const table = chosen?.table
  const needed = neededOf(targets, fields, mapping)
  const lacks = needed.some(({ key }) => mapping[key] === undefined)
  const lined = hasLines(targets, mapping)
  const busy = running.state === 'trying' || running.state === 'doing'
  const halted = running.state === 'halted'
  const takes = running.outcome?.taken ?? planned.length
  const actions = (
    <>
      <Button disabled={!table || lacks || busy || halted} onClick={() => begin(true)}>
        {t('import.try')}
      </Button>
      <Button tone="primary" disabled={running.state !== 'tried' || takes === 0} onClick={() => begin(false)}>
        {lined ? counted('import.run-documents', takes) : counted('import.run', takes)}
      </Button>
    </>
  )
  const list = documentsWord(doc.name, doc.label)
  const through = { done: running.at, total: table?.rows.length ?? 0 }
  return (
    <Page
      title={t('import.title', { document: list })}
      crumb={{ to: listPath(doc.name), text: list }}
      actions={actions}
    >
      <p className={styles.lead}>{t('import.lead')}</p>
      <Choose
        chosen={chosen}
        disabled={busy}
        waits={doubtful !== undefined}
        onFile={(next, sheet) => void file.take(next, sheet === undefined ? {} : { sheet })}
      />
      {doubtful ? (
        <Doubt
          name={doubtful.file.name}
          doubt={doubtful.doubt}
          onRead={() => void file.take(doubtful.file, { encoding: 'windows-1252' })}
          onAway={file.away}
        />
      ) : null}
      {unread ? <ProblemNote error={unread} /> : null}
      {busy ? <Through {...through} trial={running.state === 'trying'} /> : null}
      {halted ? <Halted {...through} onGoOn={again} onAway={file.away} /> : null}
      {table && !busy && !halted && running.state !== 'done' ? (
        <Mappings {...{ table, targets, needed, mapping, grouping }} onChange={file.map} />
      ) : null}
      {running.error ? <ProblemNote error={running.error} after={t('verb.unknown-done')} onRetry={again} /> : null}
      {table && running.outcome ? (
        <Receipt
          {...{ table, lined }}
          outcome={running.outcome}
          done={running.state === 'done'}
          onAgain={() => begin(false, running.turn + 1)}
          onAway={file.away}
        />
      ) : table ? (
        <Preview {...{ table, targets, mapping, planned }} />
      ) : null}
    </Page>
  )
}

/** What the device still knows of an import of this kind; undefined until that is known. */
function useKept(kind: string): { kept: Kept | undefined } | undefined {
  const [found, setFound] = useState<{ kept: Kept | undefined }>()
  useEffect(() => void lastRun(kind).then((kept) => setFound({ kept })), [kind])
  return found
}

function Opened({ doc, verb }: { doc: DocumentText; verb: VerbText }) {
  const found = useKept(kindOf(doc, verb))
  return found ? <Import doc={doc} verb={verb} kept={found.kept} /> : <Skeleton />
}

/** The screen at /module/document/import?verb=. */
export function ImportScreen() {
  const name = useAddressed()
  const { verb: wanted } = useSearch({ strict: false }) as { verb?: string }
  const doc = useDescription(name)
  const company = useStore(companyCode)
  const creating = doc?.verbs.filter((verb) => verb.creates) ?? []
  const verb = creating.find((one) => one.verb === wanted) ?? creating[0]
  return doc && verb ? <Opened key={`${company} ${kindOf(doc, verb)}`} doc={doc} verb={verb} /> : <Nowhere />
}
