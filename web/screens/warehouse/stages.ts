// The columns of the board, and moving over them by keyboard.
import { useState } from 'react'
import type { components } from '../../generated/api.ts'
import { useKeys } from '../../shell/keys.ts'

export type Card = components['schemas']['warehouse.board.row']

export const STAGES = ['waiting', 'released', 'picked', 'packed', 'shipped'] as const
export type Stage = (typeof STAGES)[number]

export const keyOf = (card: Card): string => card.shipment_id ?? card.order_id

/** The cards of each column. Where no warehouse packs, that column is left out. */
export function columnsOf(cards: readonly Card[]): readonly (readonly [Stage, readonly Card[]])[] {
  const packs = cards.some((card) => card.steps === 3)
  return STAGES.filter((stage) => stage !== 'packed' || packs).map(
    (stage) => [stage, cards.filter((card) => card.stage === stage)] as const,
  )
}

type Given = {
  columns: readonly (readonly [Stage, readonly Card[]])[]
  onOpen: (card: Card) => void
}

/** Which card the keys are at, and which are selected: cards of one column only, because one verb is for all of them. */
export function useBoard({ columns, onOpen }: Given) {
  const [at, setAt] = useState<string>()
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const column = columns.findIndex(([, cards]) => cards.some((card) => keyOf(card) === at))
  const row = column < 0 ? -1 : (columns[column]?.[1] ?? []).findIndex((card) => keyOf(card) === at)
  const current = column < 0 ? undefined : columns[column]?.[1][row]
  const selected = columns.flatMap(([, cards]) => cards.filter((card) => picked.has(keyOf(card))))

  const toggle = (card: Card) => {
    const others = selected.filter((one) => one.stage === card.stage).map(keyOf)
    const next = new Set(others)
    if (!next.delete(keyOf(card))) next.add(keyOf(card))
    setPicked(next)
    setAt(keyOf(card))
  }
  const down = (by: number) => {
    const first = columns.find(([, cards]) => cards.length > 0)?.[1][0]
    if (!current) return setAt(first && keyOf(first))
    const cards = columns[column]?.[1] ?? []
    const next = cards[Math.max(0, Math.min(cards.length - 1, row + by))]
    if (next) setAt(keyOf(next))
  }
  const across = (by: number) => {
    if (!current) return down(1)
    for (let to = column + by; to >= 0 && to < columns.length; to += by) {
      const cards = columns[to]?.[1] ?? []
      const next = cards[Math.min(row, cards.length - 1)]
      if (next) return setAt(keyOf(next))
    }
  }
  useKeys({
    j: () => down(1),
    k: () => down(-1),
    h: () => across(-1),
    l: () => across(1),
    ArrowDown: () => down(1),
    ArrowUp: () => down(-1),
    ArrowLeft: () => across(-1),
    ArrowRight: () => across(1),
    x: current ? () => toggle(current) : undefined,
    Enter: current ? () => onOpen(current) : undefined,
    Escape: picked.size > 0 ? () => setPicked(new Set()) : undefined,
  })
  return { at, selected, toggle, choose: (cards: readonly Card[]) => setPicked(new Set(cards.map(keyOf))) }
}
