// Filters that a person composes: a field, an operator, a value of its kind. Each is a chip that can be changed and removed.
import { type FormEvent, useState } from 'react'
import type { DocumentText, HeadField, Operator } from '../../client/descriptions.ts'
import { useName } from '../../client/names.ts'
import * as format from '../../i18n/format.ts'
import { choiceWord, fieldWord, t } from '../../i18n/index.ts'
import { Button } from '../../parts/button.tsx'
import { CheckField, SelectField, TextField } from '../../parts/field.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Pop } from '../../parts/pop.tsx'
import { RefPicker } from '../verb/ref-picker.tsx'
import styles from './list.module.css'
import { type Filter, fieldOf } from './state.ts'

/** The operator that people mean first for a field. */
const usualOperator = (field: HeadField): Operator =>
  field.kind === 'choice'
    ? 'in'
    : ['date', 'instant', 'money', 'quantity', 'price', 'integer', 'percent'].includes(field.kind)
      ? 'from'
      : field.kind === 'text'
        ? 'prefix'
        : 'eq'

const inputType = (field: HeadField): string => (field.kind === 'date' ? 'date' : 'text')

/** What the server takes of what was typed: codes in capitals as they are stored, days as they are. */
const written = (field: HeadField, value: string): string =>
  field.kind === 'instant' && /^\d{4}-\d\d-\d\d$/.test(value) ? `${value}T00:00:00Z` : value.trim()

function Choices({
  choices,
  value,
  onChange,
}: {
  choices: readonly string[]
  value: string
  onChange: (value: string) => void
}) {
  const chosen = new Set(value.split(',').filter(Boolean))
  const flip = (choice: string) => {
    if (!chosen.delete(choice)) chosen.add(choice)
    onChange(choices.filter((one) => chosen.has(one)).join(','))
  }
  return (
    <div className={styles.choices}>
      {choices.map((choice) => (
        <CheckField
          key={choice}
          label={choiceWord(choice)}
          checked={chosen.has(choice)}
          onChange={() => flip(choice)}
        />
      ))}
    </div>
  )
}

type FormProps = { doc: DocumentText; filter?: Filter; onDone: (filter: Filter) => void }

function FilterForm({ doc, filter, onDone }: FormProps) {
  const fields = doc.fields.filter(
    (field) =>
      field.operators.length > 0 &&
      field.name !== 'id' &&
      field.name !== 'version' &&
      !(field.name === 'number' && doc.numbered !== 'number'),
  )
  const [name, setName] = useState(
    filter?.field ?? fields.find((field) => field.name === 'state')?.name ?? fields[0]?.name ?? '',
  )
  const field = fieldOf(doc, name)
  const [operator, setOperator] = useState<Operator>(filter?.operator ?? (field ? usualOperator(field) : 'eq'))
  const [value, setValue] = useState(filter?.value ?? '')
  if (!field) return null
  const choose = (next: string) => {
    setName(next)
    setValue('')
    setOperator(usualOperator(fieldOf(doc, next) ?? field))
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onDone({ field: name, operator: field.kind === 'choice' ? 'in' : operator, value: written(field, value) })
  }
  const operators = field.operators.filter((one) => one !== 'in' || field.kind === 'code')
  return (
    <form className={styles.form} onSubmit={submit}>
      <SelectField
        label={t('list.filter')}
        value={name}
        onChange={(event) => choose(event.target.value)}
        options={fields.map((one) => ({ value: one.name, text: fieldWord(one.name, one.label, one.kind) }))}
        data-autofocus
      />
      {field.kind === 'choice' ? (
        <Choices choices={field.choices ?? []} value={value} onChange={setValue} />
      ) : field.kind === 'boolean' ? (
        <SelectField
          label={t('filter.value')}
          value={value}
          onChange={(event) => setValue(event.target.value)}
          options={[
            { value: '', text: '' },
            { value: 'true', text: t('common.yes') },
            { value: 'false', text: t('common.no') },
          ]}
        />
      ) : field.kind === 'ref' && field.of ? (
        <RefPicker label={t('filter.value')} of={field.of} value={value} onChange={setValue} />
      ) : (
        <>
          <SelectField
            label={fieldWord(field.name, field.label, field.kind)}
            value={operator}
            onChange={(event) => setOperator(operators.find((one) => one === event.target.value) ?? 'eq')}
            options={operators.map((one) => ({ value: one, text: t(`filter.${one}`) }))}
          />
          <TextField
            label={t('filter.value')}
            type={inputType(field)}
            value={value}
            onChange={(event) => setValue(event.target.value)}
          />
        </>
      )}
      <Button type="submit" tone="primary" disabled={value === ''}>
        {t('filter.apply')}
      </Button>
    </form>
  )
}

/** The value of a filter as people read it. */
function FilterText({ field, value }: { field: HeadField; value: string }) {
  const name = useName(field.of ?? '', field.kind === 'ref' ? value : null)
  if (field.kind === 'ref') return name ? (name.title ?? name.number) : '…'
  if (field.kind === 'choice') return value.split(',').map(choiceWord).join(', ')
  if (field.kind === 'date') return format.day(value)
  if (field.kind === 'instant') return format.instant(value)
  if (field.kind === 'boolean') return value === 'true' ? t('common.yes') : t('common.no')
  return value
}

type ChipProps = { doc: DocumentText; filter: Filter; onChange: (filter: Filter) => void; onRemove: () => void }

/** One filter: press it to change it, its cross to remove it. */
export function FilterChip({ doc, filter, onChange, onRemove }: ChipProps) {
  const field = fieldOf(doc, filter.field)
  if (!field) return null
  const label = fieldWord(field.name, field.label, field.kind)
  return (
    <span className={styles.chip}>
      <Pop
        label={label}
        target={(toggle) => (
          <button type="button" onClick={toggle}>
            {label} <span className="quiet">{t(`filter.${filter.operator}`)}</span>{' '}
            <b>
              <FilterText field={field} value={filter.value} />
            </b>
          </button>
        )}
      >
        {(close) => (
          <FilterForm
            doc={doc}
            filter={filter}
            onDone={(next) => {
              close()
              onChange(next)
            }}
          />
        )}
      </Pop>
      <button type="button" aria-label={t('filter.remove', { field: label })} onClick={onRemove}>
        <Icon name="close" size={12} />
      </button>
    </span>
  )
}

/** The button that begins a new filter. `openKey` counts up when a key asks for it. */
export function AddFilter({ doc, onAdd }: { doc: DocumentText; onAdd: (filter: Filter) => void }) {
  return (
    <Pop
      label={t('list.add-filter')}
      target={(toggle) => (
        <Button tone="quiet" icon="filter" onClick={toggle} data-filter>
          {t('list.filter')}
        </Button>
      )}
    >
      {(close) => (
        <FilterForm
          doc={doc}
          onDone={(filter) => {
            close()
            onAdd(filter)
          }}
        />
      )}
    </Pop>
  )
}
