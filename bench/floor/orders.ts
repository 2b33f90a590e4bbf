// Random five-line orders, the same ones in every run: a figure must not depend on luck.

export type FloorOrder = { customer: number; items: number[]; quantities: number[] }

const CUSTOMERS = 2000
const ITEMS = 5000
const LINES = 5

export type OrderSource = { next: () => FloorOrder }

/** Orders of five different items, 1 to 10 each, for one client; `seed` tells the clients apart. */
export function createOrderSource(seed: number): OrderSource {
  const random = createRandom(seed)
  const pick = (below: number) => 1 + Math.floor(random() * below)
  return {
    next: () => {
      const items = new Set<number>()
      while (items.size < LINES) {
        items.add(pick(ITEMS))
      }
      return { customer: pick(CUSTOMERS), items: [...items], quantities: Array.from(items, () => pick(10)) }
    },
  }
}

/** Mulberry32: 32 bits of state, uniform in [0, 1), good enough to spread orders over items. */
function createRandom(seed: number): () => number {
  let state = Math.imul(seed + 1, 0x9e3779b9)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
