// Which column of the file is which field: of the document, of its lines, and what holds the rows of one document together.
import { t } from '../../i18n/index.ts'
import { SelectField } from '../../parts/field.tsx'
import { Section } from '../../parts/page.tsx'
import { hasLines, type Mapping, type Target } from './columns.ts'
import type { Table } from './csv.ts'
import { type Grouping, targetWord } from './documents.ts'
import styles from './import.module.css'

type MappingProps = {
  table: Table
  targets: readonly Target[]
  needed: readonly Target[]
  mapping: Mapping
  grouping: Grouping
  onChange: (mapping: Mapping, grouping: Grouping) => void
}

/** The columns to choose from, each with what its first row holds. */
const columnsOf = (table: Table) =>
  table.headings.map((heading, at) => {
    const sample = table.rows[0]?.[at] ?? ''
    return { value: String(at), text: sample === '' ? heading : `${heading}  ·  ${sample}` }
  })

function Columns({ of, ...props }: MappingProps & { of: readonly Target[] }) {
  const { table, targets, needed, mapping, grouping, onChange } = props
  const lacks = (target: Target) => needed.includes(target) && mapping[target.key] === undefined
  const options = [{ value: '', text: t('import.ignore') }, ...columnsOf(table)]
  return (
    <div className={styles.mapping}>
      {of.map((target) => (
        <SelectField
          key={target.key}
          label={targetWord(target, targets)}
          optional={!needed.includes(target)}
          value={mapping[target.key] === undefined ? '' : String(mapping[target.key])}
          error={lacks(target) ? t('import.needs', { field: targetWord(target, targets) }) : undefined}
          onChange={({ target: { value } }) =>
            onChange({ ...mapping, [target.key]: value === '' ? undefined : Number(value) }, grouping)
          }
          options={options}
        />
      ))}
    </div>
  )
}

export function Mappings(props: MappingProps) {
  const { table, targets, mapping, grouping, onChange } = props
  const lines = targets.filter(({ of }) => of === 'line')
  return (
    <>
      <Section title={t('import.mapping')}>
        <Columns {...props} of={targets.filter(({ of }) => of === 'head')} />
      </Section>
      {lines.length === 0 ? null : (
        <Section title={t('import.mapping-lines')}>
          <Columns {...props} of={lines} />
          {hasLines(targets, mapping) ? (
            <div className={styles.together}>
              <SelectField
                label={t('import.together')}
                hint={t('import.together-hint')}
                value={String(grouping)}
                onChange={({ target: { value } }) => onChange(mapping, value === 'equal' ? value : Number(value))}
                options={[{ value: 'equal', text: t('import.together-equal') }, ...columnsOf(table)]}
              />
            </div>
          ) : null}
        </Section>
      )}
    </>
  )
}
