// A form out of a verb's input schema: each field as its kind is typed, each refusal at its field.
import type { FieldText } from '../../client/descriptions.ts'
import { choiceWord, fieldWord, t, valueWord, wordedValues } from '../../i18n/index.ts'
import { AreaField, CheckField, SelectField, TextField } from '../../parts/field.tsx'
import { LinesGrid, valueFor } from './lines-input.tsx'
import type { OwnLines } from './own-lines.ts'
import { RefPicker } from './ref-picker.tsx'
import { fieldsOf, type Input, type InputField } from './schema.ts'
import styles from './verb.module.css'

export type Values = Readonly<Record<string, unknown>>

type FormProps = {
  fields: readonly InputField[]
  values: Values
  onChange: (values: Values) => void
  /** Refusals by JSON pointer: '/customer', '/lines/0/item'. */
  errors?: ReadonlyMap<string, string>
  at?: string
  /** Fields whose rows are about lines of the document that the form is for. */
  own?: ReadonlyMap<string, OwnLines>
  /** The fields of the document that the form is for: what stands there too is called the same here. */
  described?: readonly FieldText[] | undefined
}

type OneProps = {
  field: InputField
  value: unknown
  error: string | undefined
  onChange: (value: unknown) => void
  errors: ReadonlyMap<string, string>
  at: string
  own: OwnLines | undefined
  described: FieldText | undefined
}

/** The errors of what is below a place, by what remains of their pointers. */
const below = (errors: ReadonlyMap<string, string>, at: string): ReadonlyMap<string, string> =>
  new Map(
    [...errors]
      .filter(([pointer]) => pointer.startsWith(`${at}/`))
      .map(([pointer, text]) => [pointer.slice(at.length + 1), text]),
  )

const INPUT_TYPE: Readonly<Partial<Record<Input['kind'], string>>> = { date: 'date', instant: 'text' }

/** Texts longer than this are written in several lines. */
const LONG = 300

/** What a field is called: as its document calls it, where its codes have words there; else by its name. */
export const labelOf = ({ name, input }: InputField, described: FieldText | undefined): string =>
  described?.kind === 'code' && wordedValues(name).length > 0
    ? fieldWord(name, described.label, described.kind)
    : fieldWord(name, undefined, input.kind)

/** Codes that have words are chosen by them; one that has none, and stands there, can be kept. */
function codesOf(name: string, described: FieldText | undefined, value: string) {
  const codes = described?.kind === 'code' ? wordedValues(name) : []
  const all = codes.length === 0 || value === '' || codes.includes(value) ? codes : [...codes, value]
  return all.map((one) => ({ value: one, text: valueWord(name, one) ?? one }))
}

function OneField({ field, value, error, onChange, errors, at, own, described }: OneProps) {
  const { name, needed, input, hint } = field
  const label = labelOf(field, described)
  const text = value === undefined || value === null ? '' : String(value)
  const around = { label, error, hint: hint, optional: !needed }
  const codes = codesOf(name, described, text)
  if (codes.length > 0)
    return (
      <SelectField
        {...around}
        value={text}
        onChange={(event) => onChange(event.target.value)}
        options={[{ value: '', text: '' }, ...codes]}
      />
    )
  switch (input.kind) {
    case 'ref':
      return (
        <RefPicker
          label={label}
          of={input.of}
          value={text}
          onChange={onChange}
          error={error}
          optional={!needed}
          idOnly={input.idOnly}
        />
      )
    case 'choice':
      return (
        <SelectField
          {...around}
          value={text}
          onChange={(event) => onChange(event.target.value)}
          options={[
            { value: '', text: needed ? '' : t('create.none') },
            ...input.choices.map((one) => ({ value: one, text: choiceWord(one) })),
          ]}
        />
      )
    case 'boolean':
      return <CheckField label={label} checked={value === true} onChange={(event) => onChange(event.target.checked)} />
    case 'rows':
      return (
        <LinesGrid
          label={label}
          fields={input.fields}
          lines={Array.isArray(value) ? value : []}
          onChange={onChange}
          errors={below(errors, at)}
          own={own}
        />
      )
    case 'values':
      return <ValuesField {...{ around, input, value, onChange }} />
    case 'group':
      return (
        <fieldset className={styles.wide}>
          <legend>{label}</legend>
          <SchemaForm
            fields={input.fields}
            values={typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}}
            onChange={onChange}
            errors={errors}
            at={at}
          />
        </fieldset>
      )
    case 'free':
      return <FreeField {...{ around, value, onChange }} />
    default:
      return input.kind === 'text' && input.most > LONG ? (
        <AreaField {...around} value={text} maxLength={input.most} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <TextField
          {...around}
          type={INPUT_TYPE[input.kind] ?? 'text'}
          inputMode={input.kind === 'decimal' || input.kind === 'integer' ? 'decimal' : undefined}
          value={text}
          onChange={(event) => onChange(event.target.value)}
          onBlur={(event) => {
            const read = valueFor(input, event.target.value)
            if (read !== value && (text !== '' || value !== undefined)) onChange(read)
          }}
        />
      )
  }
}

type Around = { label: string; error: string | undefined; hint: string | undefined; optional: boolean }

/** A list of plain values, one in a line. */
function ValuesField({
  around,
  input,
  value,
  onChange,
}: {
  around: Around
  input: Extract<Input, { kind: 'values' }>
  value: unknown
  onChange: (value: unknown) => void
}) {
  const text = Array.isArray(value) ? value.join('\n') : ''
  const change = (typed: string) =>
    onChange(typed === '' ? [] : typed.split('\n').map((one) => valueFor(input.of, one)))
  return <AreaField {...around} value={text} onChange={(event) => change(event.target.value)} />
}

/** What only its module understands is written as JSON; text that is not yet JSON is kept as text. */
function FreeField({
  around,
  value,
  onChange,
}: {
  around: Around
  value: unknown
  onChange: (value: unknown) => void
}) {
  const text = typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value)
  const change = (typed: string) => {
    try {
      onChange(JSON.parse(typed))
    } catch {
      onChange(typed)
    }
  }
  return <AreaField {...around} value={text} spellCheck={false} onChange={(event) => change(event.target.value)} />
}

/** The form. Its value is one object; the caller cleans it with `cleaned` before it is sent. */
export function SchemaForm({ fields, values, onChange, errors = new Map(), at = '', own, described }: FormProps) {
  return (
    <div className={styles.form}>
      {fields.map((field) => {
        const here = `${at}/${field.name}`
        return (
          <div
            key={field.name}
            className={field.input.kind === 'rows' || field.input.kind === 'group' ? styles.wide : undefined}
          >
            <OneField
              field={field}
              value={values[field.name]}
              error={errors.get(here)}
              errors={errors}
              at={here}
              own={own?.get(field.name)}
              described={described?.find((one) => one.name === field.name)}
              onChange={(value) => onChange({ ...values, [field.name]: value })}
            />
          </div>
        )
      })}
    </div>
  )
}

export { fieldsOf }
