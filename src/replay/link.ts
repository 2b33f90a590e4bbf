// Ties each cancellation line to the earlier sales it undoes, as far as they are still open (rules R17 to R20).
import { type Decisions, isAnonymous } from './decide.ts'
import type { Masters } from './masters.ts'
import { at, priceOf, quantityOf, type SourceTable } from './source.ts'

/** A part of a cancellation line: so many pieces of the sale that stands at `row`. */
export interface SaleLink {
  row: number
  quantity: bigint
}

/** The links of each cancellation row; an empty list is a return without an earlier sale. */
export type SaleLinks = ReadonlyMap<number, readonly SaleLink[]>

interface OpenSale {
  row: number
  price: bigint
  open: bigint
}

/**
 * Walks the file in time order, opens each sale line of a named customer and closes what its cancellations take, so no
 * piece is ever returned twice. Tallies R17 to R20.
 */
export function linkCancellations(table: SourceTable, masters: Masters, decisions: Decisions): SaleLinks {
  const sales = new Map<number, OpenSale[]>()
  const links = new Map<number, readonly SaleLink[]>()
  for (let row = 0; row < table.rows; row += 1) {
    const outcome = decisions.outcomeOf(row)
    if (outcome === 'adjustment' || outcome === 'journal') {
      continue
    }
    const invoice = at(table.invoice, row)
    if (isAnonymous(table, row)) {
      if (outcome === 'credit') {
        decisions.tally.touch('R20', invoice)
        links.set(row, [])
      }
      continue
    }
    const key = at(table.customer, row) * masters.items.length + masters.itemOf(row)
    const earlier = sales.get(key) ?? []
    if (outcome === 'credit') {
      const wanted = -quantityOf(table, row)
      const taken = take(earlier, wanted, priceOf(table, row))
      links.set(row, taken)
      decisions.tally.touch(ruleFor(taken, wanted), invoice)
    } else {
      earlier.push({ row, price: priceOf(table, row), open: quantityOf(table, row) })
      sales.set(key, earlier)
    }
  }
  return links
}

function ruleFor(taken: readonly SaleLink[], wanted: bigint): 'R17' | 'R18' | 'R19' {
  const linked = taken.reduce((sum, link) => sum + link.quantity, 0n)
  if (linked === 0n) {
    return 'R19'
  }
  return linked === wanted ? 'R17' : 'R18'
}

/** Takes pieces from the open sales: those at the same price first, the latest first among them. */
function take(sales: readonly OpenSale[], wanted: bigint, price: bigint): SaleLink[] {
  const latestFirst = sales.filter((sale) => sale.open > 0n).reverse()
  const samePrice = latestFirst.filter((sale) => sale.price === price)
  const otherPrice = latestFirst.filter((sale) => sale.price !== price)
  const links: SaleLink[] = []
  let left = wanted
  for (const sale of [...samePrice, ...otherPrice]) {
    if (left === 0n) {
      break
    }
    const quantity = smaller(sale.open, left)
    sale.open -= quantity
    left -= quantity
    links.push({ row: sale.row, quantity })
  }
  return links
}

function smaller(left: bigint, right: bigint): bigint {
  if (left < right) {
    return left
  }
  return right
}
