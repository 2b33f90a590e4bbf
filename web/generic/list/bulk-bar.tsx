// What can be done with the selected rows: every verb that fits at least one of them, with one preview for all.
import type { DocumentText } from '../../client/descriptions.ts'
import type { One } from '../../client/questions.ts'
import { counted, t } from '../../i18n/index.ts'
import { Button } from '../../parts/button.tsx'
import { VerbButton } from '../verb/verb-button.tsx'
import styles from './list.module.css'

/** Verbs that stand as buttons of their own; more would be a wall. */
const SHOWN = 5

/** The bar over the list while something is selected. */
export function BulkBar({ doc, rows, onDone }: { doc: DocumentText; rows: readonly One[]; onDone: () => void }) {
  if (rows.length === 0) return null
  const states = new Set(rows.map((row) => row.state))
  const verbs = doc.verbs.filter((verb) => !verb.creates && verb.from.some((state) => states.has(state)))
  return (
    <div className={styles.bulk} role="toolbar" aria-label={counted('list.selected', rows.length)}>
      <b>{counted('list.selected', rows.length)}</b>
      {verbs.slice(0, SHOWN).map((verb) => (
        <VerbButton key={verb.verb} document={doc.name} verb={verb.verb} subjects={rows} above onDone={onDone} />
      ))}
      <Button tone="quiet" onClick={onDone}>
        {t('list.unselect')}
      </Button>
    </div>
  )
}
