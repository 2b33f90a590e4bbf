// A day in a toolbar: its label beside it, empty for none.
import { useId } from 'react'
import styles from './day-input.module.css'
import { inputClass } from './field.tsx'

type DayInputProps = { label: string; value: string; onChange: (day: string) => void }

/** The input. */
export function DayInput({ label, value, onChange }: DayInputProps) {
  const id = useId()
  return (
    <span className={styles.day}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="date"
        className={inputClass}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </span>
  )
}
