// What can be done with the selected cards: a wave is released after one preview for all; lists are picked, packed and shipped.
import { useState } from 'react'
import { useGet } from '../../client/questions.ts'
import { may } from '../../client/session.ts'
import { type Each, perform, preview, type Request } from '../../generic/verb/use-verb.ts'
import { VerbButton } from '../../generic/verb/verb-button.tsx'
import { counted, t, useLanguage } from '../../i18n/index.ts'
import { type Act, ActButton } from '../../parts/act-panel.tsx'
import { Button } from '../../parts/button.tsx'
import { paperAddress } from '../../parts/papers.tsx'
import { useKeys } from '../../shell/keys.ts'
import styles from './board.module.css'
import type { Card } from './stages.ts'

const waveOf = (cards: readonly Card[]): Request => ({
  document: 'warehouse.shipment',
  verb: 'release',
  subjects: [],
  input: { documents: cards.map((card) => ({ order: card.order_id })) },
  each: true,
})

/** How many lists go, and each order that stays with the reason. */
function Wave({ cards, looked }: { cards: readonly Card[]; looked: readonly Each[] }) {
  const refused = looked.filter((one) => !one.ok)
  return (
    <>
      <p>{counted('board.will-release', looked.length - refused.length)}</p>
      {refused.length > 0 ? (
        <>
          <p>{counted('board.will-not', refused.length)}</p>
          <ul className={styles.stay}>
            {refused.map((one) => (
              <li key={one.at}>
                <b className="code">{cards[one.at ?? -1]?.order_number}</b> {one.refusal?.message}
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </>
  )
}

function Release({ cards, onDone }: { cards: readonly Card[]; onDone: () => void }) {
  const [opened, setOpened] = useState(false)
  useKeys({ r: () => setOpened(true) })
  const request = waveOf(cards)
  const act: Act<readonly Each[]> = {
    text: t('board.release'),
    tone: 'primary',
    hint: 'r',
    of: cards.map((card) => card.order_id).join(),
    look: (_, signal) => preview(request, signal),
    perform: (_, key) => perform(request, key),
    possible: (looked) => looked.some((one) => one.ok),
    says: (looked) => <Wave cards={cards} looked={looked} />,
    done: onDone,
  }
  return <ActButton act={act} opened={opened} onOpened={setOpened} />
}

/** A list picked short: the lines as they are asked for, to be corrected where less was there. */
function ShortPick({ card, onDone }: { card: Card; onDone: () => void }) {
  const lines = useGet('/api/warehouse/scan-lines', {})
  const own = lines.data?.items.filter((one) => one.shipment_id === card.shipment_id)
  if (!own) return null
  const values = { lines: own.map((one) => ({ line: one.line, picked: one.quantity })) }
  const texts = new Map(own.map((one) => [String(one.line), `${one.location} · ${one.item} · ${one.name}`]))
  const units = new Map(own.map((one) => [String(one.line), one.unit]))
  return (
    <VerbButton
      key={`short-${card.shipment_id}`}
      document="warehouse.shipment"
      verb="pick"
      subjects={[subjectOf(card)]}
      values={values}
      ownLines={new Map([['lines', { field: 'line', texts, units, without: ['shipment'] }]])}
      above
      onDone={onDone}
    />
  )
}

const subjectOf = (card: Card) => ({
  id: card.shipment_id ?? '',
  number: card.shipment ?? '',
  state: card.stage,
})

const VERBS: Readonly<Record<string, readonly string[]>> = {
  released: ['pick', 'ship', 'cancel'],
  picked: ['pack', 'ship', 'cancel'],
  packed: ['ship', 'cancel'],
  shipped: [],
}

/** The states from which a shipment may leave, by the number of steps in which its warehouse ships. */
const LEAVES: Readonly<Record<number, readonly string[]>> = { 1: ['released', 'picked'], 2: ['picked'], 3: ['packed'] }

/** Whether a verb comes next in the steps of these cards' warehouses. */
const comesNext = (verb: string, card: Card): boolean =>
  verb === 'pack' ? card.steps === 3 : verb === 'ship' ? LEAVES[card.steps]?.includes(card.stage) === true : true

function printAll(cards: readonly Card[]): void {
  for (const card of cards) window.open(paperAddress('warehouse.shipment', card.shipment_id ?? '', 'pick-list.pdf'))
}

/** The bar below the board. */
export function Actions({ cards, onDone }: { cards: readonly Card[]; onDone: () => void }) {
  useLanguage()
  const [first] = cards
  if (!first) return null
  const verbs = (VERBS[first.stage] ?? []).filter((verb) => cards.every((card) => comesNext(verb, card)))
  const single = cards.length === 1 && first.stage === 'released'
  return (
    <div className={styles.bar} role="toolbar" aria-label={counted('board.selected', cards.length)}>
      <b>{counted('board.selected', cards.length)}</b>
      {first.stage === 'waiting' ? (
        may('warehouse.shipment.release') ? (
          <Release cards={cards} onDone={onDone} />
        ) : null
      ) : (
        verbs.map((verb, at) =>
          verb === 'pick' && single ? (
            <ShortPick key={verb} card={first} onDone={onDone} />
          ) : (
            <VerbButton
              key={verb}
              document="warehouse.shipment"
              verb={verb}
              subjects={cards.map(subjectOf)}
              tone={at === 0 ? 'primary' : 'plain'}
              above
              onDone={onDone}
            />
          ),
        )
      )}
      {first.stage === 'released' ? (
        <Button tone="quiet" icon="export" onClick={() => printAll(cards.slice(0, 20))}>
          {t('board.print')}
        </Button>
      ) : null}
      <Button tone="quiet" hint="Esc" onClick={onDone}>
        {t('board.unselect')}
      </Button>
    </div>
  )
}
