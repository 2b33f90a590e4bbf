// A verb as a button: it opens what the verb needs and what it would do, and does it when one says so.
import { useState } from 'react'
import { useDescription } from '../../client/descriptions.ts'
import { useLanguage, verbWord } from '../../i18n/index.ts'
import { Button, type Tone } from '../../parts/button.tsx'
import { Attached } from '../../parts/pop.tsx'
import type { OwnLines } from './own-lines.ts'
import { fieldsOf } from './schema.ts'
import type { Each, Subject } from './use-verb.ts'
import { VerbPanel } from './verb-panel.tsx'

export type VerbButtonProps = {
  /** 'sales.order' and 'confirm'; nothing is drawn when the person may not. */
  document: string
  verb: string
  subjects: readonly Subject[]
  /** Values to begin with, by the names of the verb's input. */
  values?: Readonly<Record<string, unknown>>
  /** Fields whose rows are about lines that are there, where the description does not say so itself. */
  ownLines?: ReadonlyMap<string, OwnLines>
  tone?: Tone
  hint?: string
  /** Opens upward, for a bar at the lower edge. */
  above?: boolean
  onDone?: (done: readonly Each[]) => void
  /** For whoever opens it by a key or from a menu. */
  opened?: boolean
  onOpened?: (opened: boolean) => void
}

/** The button and its panel. What was typed into the panel stays until it is closed by its own button or Escape. */
export function VerbButton({
  document: name,
  verb: wanted,
  subjects,
  values,
  ownLines,
  tone = 'plain',
  hint,
  above = false,
  onDone,
  opened: given,
  onOpened,
}: VerbButtonProps) {
  useLanguage()
  const [own, setOwn] = useState(false)
  const verb = useDescription(name)?.verbs.find((one) => one.verb === wanted)
  if (!verb) return null
  const opened = given ?? own
  const setOpened = onOpened ?? setOwn
  const fields = fieldsOf(verb.input)
  const wide = fields.some((field) => field.input.kind === 'rows' || field.input.kind === 'group')
  const word = verbWord(verb.verb, verb.label)
  return (
    <Attached
      label={word}
      opened={opened}
      onOpened={setOpened}
      width={wide ? 780 : fields.length > 4 ? 640 : 400}
      above={above}
      target={
        <Button
          tone={tone}
          aria-expanded={opened}
          data-verb={wanted}
          onClick={() => setOpened(!opened)}
          {...(hint ? { hint } : {})}
        >
          {word}
        </Button>
      }
    >
      <VerbPanel
        document={name}
        verb={verb}
        subjects={subjects}
        values={values ?? {}}
        own={ownLines}
        onClose={() => setOpened(false)}
        onDone={(done) => {
          setOpened(false)
          onDone?.(done)
        }}
      />
    </Attached>
  )
}
