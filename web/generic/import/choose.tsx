// Where a file is dropped or chosen, and the sheet of a workbook that has several.
import { type DragEvent, useRef } from 'react'
import { t } from '../../i18n/index.ts'
import { Button } from '../../parts/button.tsx'
import { SelectField } from '../../parts/field.tsx'
import type { Chosen } from './file.ts'
import styles from './import.module.css'
import { encodingWord } from './text.ts'

type ChooseProps = {
  chosen: Chosen | undefined
  disabled: boolean
  /** Something else is to be pressed first. */
  waits: boolean
  onFile: (file: File, sheet?: string) => void
}

export function Choose({ chosen, disabled, waits, onFile }: ChooseProps) {
  const input = useRef<HTMLInputElement>(null)
  const read = (file: File | undefined) => (file && !disabled ? onFile(file) : undefined)
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    read(event.dataTransfer.files[0])
  }
  return (
    // Dropping is a convenience; the button does the same by keyboard.
    <section
      className={styles.drop}
      aria-label={t('import.choose')}
      onDragOver={(event) => event.preventDefault()}
      onDrop={onDrop}
    >
      <Button
        tone={chosen || waits ? 'plain' : 'primary'}
        icon="import"
        disabled={disabled}
        onClick={() => input.current?.click()}
      >
        {t('import.choose')}
      </Button>
      <span className="quiet">
        {chosen ? chosen.file.name : t('import.drop')}
        {chosen?.encoding ? ` · ${encodingWord(chosen.encoding)}` : ''}
      </span>
      {chosen && chosen.sheets.length > 1 ? (
        <SelectField
          label={t('import.sheet')}
          value={chosen.sheet}
          disabled={disabled}
          onChange={(event) => onFile(chosen.file, event.target.value)}
          options={chosen.sheets.map((name) => ({ value: name, text: name }))}
        />
      ) : null}
      <input
        ref={input}
        type="file"
        accept=".csv,.txt,text/csv,.xlsx"
        hidden
        onChange={(event) => {
          read(event.target.files?.[0])
          // The same file, mended meanwhile, may be chosen again.
          event.target.value = ''
        }}
      />
    </section>
  )
}
