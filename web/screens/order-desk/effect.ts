// What the order would do as it is typed: sums, how much is there, by when, and what would hold it.
import { useGet } from '../../client/questions.ts'
import type { components } from '../../generated/api.ts'
import { sum } from '../../parts/exact.ts'
import { type Answer, answerOf, useAnswers } from './ask-lines.ts'
import { codeOf, type Draft } from './draft.ts'
import { holdsOf, isShort } from './line-note.tsx'

export type Hold = components['schemas']['sales.desk-holds.row']
const NOBODY = '00000000-0000-0000-0000-000000000000'

export type Effect = {
  lines: number
  /** Answers to all lines are there and are to what stands there now. */
  settled: boolean
  problems: number
  currency: string | null
  net: string
  tax: string
  total: string
  short: number
  none: number
  promise: string | null
  /** Lines whose price or margin somebody else must agree to. */
  priceHolds: number
  marginHolds: number
}

/** Everything that can be said from the answers to the lines. */
export function useEffectOf(draft: Draft): Effect {
  const all = useAnswers()
  const lines = draft.lines.filter((line) => codeOf(line) !== '')
  const found = lines.map((line) => answerOf(all, line))
  const known = found.flatMap((one): Answer[] => (one ? [one.answer] : []))
  const days = known.flatMap((one) => (one.promise ? [one.promise] : [])).sort()
  return {
    lines: lines.length,
    settled: found.every((one) => one?.fresh === true),
    problems: known.filter((one) => one.problem).length,
    currency: known[0]?.currency ?? null,
    net: sum(known.map((one) => one.net)),
    tax: sum(known.map((one) => one.tax)),
    total: sum(known.flatMap((one) => [one.net, one.tax])),
    short: known.filter(isShort).length,
    none: known.filter((one) => isShort(one) && one.promise === null).length,
    promise: days.at(-1) ?? null,
    priceHolds: known.filter((one) => holdsOf(one).includes('price')).length,
    marginHolds: known.filter((one) => holdsOf(one).includes('margin')).length,
  }
}

/** What would hold the order beside its lines; asked again when its amount changes. */
export function useHolds(draft: Draft, effect: Effect): readonly Hold[] {
  const asked = draft.customer !== null && effect.lines > 0 && effect.settled
  const { data } = useGet(
    '/api/sales/desk-holds',
    {
      customer: draft.customer?.id ?? NOBODY,
      amount: effect.total,
      ...(draft.saved ? { order: draft.saved.id } : {}),
      ...(draft.shipTo === '' ? {} : { shipTo: draft.shipTo }),
      ...(draft.reference.trim() === '' ? {} : { reference: draft.reference.trim() }),
    },
    { enabled: asked },
  )
  const own = (kind: 'price' | 'margin', n: number): Hold[] =>
    n > 0 ? [{ kind, role: 'sales-manager', reason: String(n) }] : []
  return [
    ...(asked ? (data?.items ?? []) : []),
    ...own('price', effect.priceHolds),
    ...own('margin', effect.marginHolds),
  ]
}
