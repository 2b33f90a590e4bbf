// What can be done with an order beside the one thing that stands out: the usual steps as buttons, the rest in a menu.
import { useState } from 'react'
import type { DocumentText } from '../../client/descriptions.ts'
import { VerbButton } from '../../generic/verb/verb-button.tsx'
import { t, verbWord } from '../../i18n/index.ts'
import { Button } from '../../parts/button.tsx'
import { Menu } from '../../parts/pop.tsx'
import { useKeys } from '../../shell/keys.ts'
import { useCommands } from '../../shell/screen-commands.ts'
import type { Order } from './order-data.ts'

/** The steps that people look for in a state; those that resolve what stops the order stand in its notice. */
const USUAL: Readonly<Record<string, readonly string[]>> = {
  draft: ['quote', 'revise'],
  quoted: ['reprice', 'revise'],
  on_hold: ['recheck', 'change'],
  confirmed: ['change', 'hold'],
  closed: ['reopen'],
  cancelled: ['reopen'],
}

/** The button that resolves what stops the order, wherever it is drawn. */
const resolve = () => document.querySelector<HTMLButtonElement>('[data-resolves] button:last-of-type')?.click()

/** The verbs of an order in its state. */
export function Verbs({ doc, order }: { doc: DocumentText; order: Order }) {
  const [opened, setOpened] = useState<string>()
  const possible = doc.verbs.filter((verb) => !verb.creates && verb.from.includes(order.state))
  const usual = (USUAL[order.state] ?? []).flatMap((name) => possible.filter((verb) => verb.verb === name))
  // One that was chosen from the menu stands as a button while its panel is open, because the panel hangs on it.
  const chosen = possible.filter((verb) => verb.verb === opened && !usual.includes(verb))
  const rest = possible.filter((verb) => !usual.includes(verb))
  useCommands(
    possible.map((verb) => ({
      text: verbWord(verb.verb, verb.label),
      beside: order.number,
      run: () => setOpened(verb.verb),
    })),
  )
  useKeys({ '.': resolve })
  return (
    <>
      {[...chosen, ...usual].map((verb) => (
        <VerbButton
          key={verb.verb}
          document={doc.name}
          verb={verb.verb}
          subjects={[order]}
          opened={opened === verb.verb}
          onOpened={(open) => setOpened(open ? verb.verb : undefined)}
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
