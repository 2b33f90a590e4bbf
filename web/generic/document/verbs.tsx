// What can be done with a document now: the first steps forward as buttons, the rest in a menu, all of them by key and palette.
import { useState } from 'react'
import type { DocumentText, VerbText } from '../../client/descriptions.ts'
import type { One } from '../../client/questions.ts'
import { t, verbWord } from '../../i18n/index.ts'
import { Button } from '../../parts/button.tsx'
import { Menu } from '../../parts/pop.tsx'
import { moodOf } from '../../parts/state-badge.tsx'
import { useKeys } from '../../shell/keys.ts'
import { useCommands } from '../../shell/screen-commands.ts'
import { VerbButton } from '../verb/verb-button.tsx'

/** Buttons beside the menu. */
const SHOWN = 2

/** Steps forward first, steps back and ends last. */
function weight(verb: VerbText, state: string): number {
  const ends = verb.to.every((to) => moodOf(to) === 'over' || moodOf(to) === 'bad')
  const moves = verb.to.some((to) => to !== state)
  const arrives = verb.to.some((to) => to !== state && moodOf(to) === 'good')
  return (ends ? 8 : 0) + (moves ? 0 : 4) + (verb.reason ? 2 : 0) + (arrives ? 0 : 1)
}

/** The verbs of a document in its state. */
export function Verbs({ doc, one }: { doc: DocumentText; one: One }) {
  const [opened, setOpened] = useState<string>()
  const possible = doc.verbs
    .filter((verb) => !verb.creates && verb.from.includes(one.state))
    .sort((a, b) => weight(a, one.state) - weight(b, one.state))
  const first = possible.slice(0, SHOWN)
  // One that was chosen from the menu stands as a button while its panel is open, because the panel hangs on it.
  const chosen = possible.filter((verb) => verb.verb === opened && !first.includes(verb))
  const rest = possible.filter((verb) => !first.includes(verb))
  useCommands(
    possible.map((verb) => ({
      text: verbWord(verb.verb, verb.label),
      beside: one.number,
      run: () => setOpened(verb.verb),
    })),
  )
  useKeys({ '.': possible[0] ? () => setOpened(possible[0]?.verb) : undefined })
  return (
    <>
      {[...chosen, ...first.reverse()].map((verb) => (
        <VerbButton
          key={verb.verb}
          document={doc.name}
          verb={verb.verb}
          subjects={[one]}
          tone={verb === possible[0] ? 'primary' : 'plain'}
          opened={opened === verb.verb}
          onOpened={(open) => setOpened(open ? verb.verb : undefined)}
          {...(verb === possible[0] ? { hint: '.' } : {})}
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
