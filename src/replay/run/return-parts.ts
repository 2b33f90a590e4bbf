// What of a cancellation comes back as goods, in parts: each names the sale it undoes, or has a price of its own.
import type { PlannedCancellation, PlannedCreditLine } from '../events.ts'
import type { Survey } from './survey.ts'

/** A part of a credit line. `sale`: the order and its line (from 1) that come back, at the price of that sale. */
export type ReturnPart = {
  line: PlannedCreditLine
  quantity: string
  sale: { order: string; line: number } | null
}

/**
 * The parts of the goods of a cancellation, in the order of the return's lines. A return gives back the price of the
 * sale, so a part whose sale had another price names no sale and brings the price of the source with it.
 */
export function returnPartsOf(survey: Survey, one: PlannedCancellation): readonly ReturnPart[] {
  return one.lines.filter((line) => line.kind === 'stock').flatMap((line) => partsOf(survey, line))
}

function partsOf(survey: Survey, line: PlannedCreditLine): readonly ReturnPart[] {
  const parts: ReturnPart[] = []
  let without = BigInt(line.unlinkedQuantity)
  for (const { sourceInvoice, sourceLine, quantity } of line.links) {
    const sold = survey.sold.get(sourceInvoice)
    const place = sold?.lines.indexOf(sourceLine) ?? -1
    if (sold && place >= 0 && survey.priceOf(sourceLine) === line.unitPrice) {
      parts.push({ line, quantity, sale: { order: sold.order, line: place + 1 } })
    } else {
      without += BigInt(quantity)
    }
  }
  if (without > 0n) parts.push({ line, quantity: String(without), sale: null })
  return parts
}
