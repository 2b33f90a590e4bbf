// What can be done with an order beside the one thing that stands out: the usual steps as buttons, the rest in a menu.
import type { DocumentText } from '../../client/descriptions.ts'
import { VerbBar } from '../../generic/document/verb-bar.tsx'
import { useKeys } from '../../shell/keys.ts'
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
  const possible = doc.verbs.filter((verb) => !verb.creates && verb.from.includes(order.state))
  const usual = (USUAL[order.state] ?? []).flatMap((name) => possible.filter((verb) => verb.verb === name))
  useKeys({ '.': resolve })
  return <VerbBar document={doc.name} one={order} possible={possible} usual={usual} />
}
