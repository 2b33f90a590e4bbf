// Fields of forms: a label above, the input, and the refusal right below it.
import { type ComponentProps, type ReactNode, useId } from 'react'
import { t, useLanguage } from '../i18n/index.ts'
import styles from './field.module.css'

type Around = { label: string; error?: string | undefined; hint?: string | undefined; optional?: boolean }

type FieldProps = Around & {
  children: (bound: { id: string; 'aria-invalid'?: true; 'aria-describedby'?: string }) => ReactNode
}

/** A label, an input made by `children`, and what is wrong with it. */
export function Field({ label, error, hint, optional, children }: FieldProps) {
  useLanguage()
  const id = useId()
  const said = error ? `${id}-error` : hint ? `${id}-hint` : undefined
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label} {optional ? <em>{t('create.optional')}</em> : null}
      </label>
      {children({
        id,
        ...(error ? { 'aria-invalid': true as const } : {}),
        ...(said ? { 'aria-describedby': said } : {}),
      })}
      {error ? (
        <span className={styles.error} id={`${id}-error`} role="alert">
          {error}
        </span>
      ) : hint ? (
        <span className={styles.hint} id={`${id}-hint`}>
          {hint}
        </span>
      ) : null}
    </div>
  )
}

/** A line of text. */
export const TextField = ({ label, error, hint, optional, ...rest }: Around & ComponentProps<'input'>) => (
  <Field label={label} error={error} hint={hint} optional={optional ?? false}>
    {(bound) => <input {...rest} {...bound} className={styles.input} />}
  </Field>
)

/** Several lines of text. */
export const AreaField = ({ label, error, hint, optional, ...rest }: Around & ComponentProps<'textarea'>) => (
  <Field label={label} error={error} hint={hint} optional={optional ?? false}>
    {(bound) => <textarea rows={3} {...rest} {...bound} className={styles.input} />}
  </Field>
)

type SelectProps = Around &
  Omit<ComponentProps<'select'>, 'children'> & { options: readonly { value: string; text: string }[] }

/** One of a few. */
export const SelectField = ({ label, error, hint, optional, options, ...rest }: SelectProps) => (
  <Field label={label} error={error} hint={hint} optional={optional ?? false}>
    {(bound) => (
      <select {...rest} {...bound} className={styles.input}>
        {options.map(({ value, text }) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    )}
  </Field>
)

/** Yes or no. */
export const CheckField = ({ label, ...rest }: { label: string } & ComponentProps<'input'>) => (
  <label className={styles.check}>
    <input {...rest} type="checkbox" />
    {label}
  </label>
)

/** The bare look of an input, for grids and toolbars that label it otherwise. */
export const inputClass = styles.input ?? ''
