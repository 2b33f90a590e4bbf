// Verbs of a document side by side: the usual ones as buttons, the rest in a menu, all of them in the palette.
import { useState } from 'react'
import type { VerbText } from '../../client/descriptions.ts'
import type { One } from '../../client/questions.ts'
import { t, verbWord } from '../../i18n/index.ts'
import { Button } from '../../parts/button.tsx'
import { Menu } from '../../parts/pop.tsx'
import { useKeys } from '../../shell/keys.ts'
import { useCommands } from '../../shell/screen-commands.ts'
import { VerbButton } from '../verb/verb-button.tsx'

type VerbBarProps = {
  /** 'sales.order' */
  document: string
  one: One
  /** What can be done in this state. */
  possible: readonly VerbText[]
  /** Those of them that stand as buttons, in this order. */
  usual: readonly VerbText[]
  /** The one that is the screen's primary button, opened by a full stop. */
  primary?: VerbText | undefined
}

export function VerbBar({ document, one, possible, usual, primary }: VerbBarProps) {
  const [opened, setOpened] = useState<string>()
  const rest = possible.filter((verb) => !usual.includes(verb))
  // One that was chosen from the menu stands as a button while its panel is open, because the panel hangs on it.
  const chosen = rest.filter((verb) => verb.verb === opened)
  useCommands(
    possible.map((verb) => ({
      text: verbWord(verb.verb, verb.label),
      beside: one.number,
      run: () => setOpened(verb.verb),
    })),
  )
  useKeys({ '.': primary ? () => setOpened(primary.verb) : undefined })
  return (
    <>
      {[...chosen, ...usual].map((verb) => (
        <VerbButton
          key={verb.verb}
          document={document}
          verb={verb.verb}
          subjects={[one]}
          opened={opened === verb.verb}
          onOpened={(open) => setOpened(open ? verb.verb : undefined)}
          {...(verb === primary ? { tone: 'primary', hint: '.' } : {})}
        />
      ))}
      {rest.length > 0 ? (
        <Menu
          target={<Button tone="quiet" icon="more" aria-label={t('document.actions')} />}
          items={rest.map((verb) => ({
            key: verb.verb,
            text: verbWord(verb.verb, verb.label),
            onChoose: () => setOpened(verb.verb),
          }))}
        />
      ) : null}
    </>
  )
}
