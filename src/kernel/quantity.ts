// Quantities are exact to six places, and a conversion that would lose goods is refused instead of rounded.

import {
  addDecimals,
  compareDecimals,
  normaliseDecimal,
  parseDecimal,
  type Rounding,
  roundDecimal,
  subtractDecimals,
  sumDecimals,
} from '#kernel/decimal'
import {
  exactDecimal,
  multiplyRationals,
  type Rational,
  rationalOf,
  rationalText,
  roundRational,
} from '#kernel/rational'
import { refusals } from '#kernel/refusal'

/** Decimal text with at most six places, in some unit that the caller keeps beside it. */
export type Quantity = string

/** A unit of measure as far as arithmetic cares: its code, and whether it comes in whole numbers only. */
export type Unit = { readonly code: string; readonly whole: boolean }

/** The places a quantity may have, in code as in every quantity column. */
export const QUANTITY_PLACES = 6

/**
 * Takes decimal text as a quantity of the unit, in its shortest form ('5.00' is '5'). Refuses with QUANTITY_TOO_FINE
 * (more than six places), QUANTITY_HAS_FRACTION (a fraction of a whole unit), DECIMAL_INVALID, DECIMAL_TOO_LONG.
 */
export function parseQuantity(text: string, unit?: Unit): Quantity {
  const shortest = normaliseDecimal(text)
  if (parseDecimal(shortest).scale > QUANTITY_PLACES) {
    refuse('QUANTITY_TOO_FINE', { quantity: text, places: QUANTITY_PLACES })
  }
  if (unit) {
    checkWhole(shortest, unit)
  }
  return shortest
}

/** The exact sum of two quantities of the same unit. */
export function addQuantities(left: Quantity, right: Quantity): Quantity {
  return addDecimals(left, right)
}

/** The exact difference of two quantities of the same unit: '3140' less '3106.40' is '33.60'. */
export function subtractQuantities(left: Quantity, right: Quantity): Quantity {
  return subtractDecimals(left, right)
}

/** The exact sum of quantities of the same unit, '0' for none. */
export function sumQuantities(quantities: Iterable<Quantity>): Quantity {
  return sumDecimals(quantities)
}

/** -1, 0 or 1 as `left` is less than, equal to or more than `right`, both in the same unit. */
export function compareQuantities(left: Quantity, right: Quantity): -1 | 0 | 1 {
  return compareDecimals(left, right)
}

/** Where a conversion goes: the unit asked for, and a rounding only when the person asked for one. */
export type Conversion = { readonly to?: Unit; readonly rounding?: Rounding }

/**
 * Converts a quantity by an exact factor ("one box is 12/1 pieces": 5 boxes are '60'; the way back is
 * `invertRational` of the same factor). Without a rounding the result is exact, or it is refused: with
 * QUANTITY_INEXACT when six places cannot hold it, with QUANTITY_HAS_FRACTION when the unit is whole and it is not.
 * With a rounding the result is rounded once, to a whole number for a whole unit and else to six places.
 */
export function convertQuantity(quantity: Quantity, factor: Rational, { to, rounding }: Conversion = {}): Quantity {
  const product = multiplyRationals(rationalOf(quantity), factor)
  if (rounding) {
    return normaliseDecimal(roundRational(product, { scale: to?.whole ? 0 : QUANTITY_PLACES, rounding }))
  }
  const exact = exactDecimal(product, QUANTITY_PLACES)
  if (exact === undefined) {
    return refuse('QUANTITY_INEXACT', { quantity, factor: rationalText(factor), places: QUANTITY_PLACES })
  }
  if (to) {
    checkWhole(exact, to)
  }
  // A huge product still has to be a decimal that the columns take.
  return normaliseDecimal(exact)
}

/** The quantity rounded as named: to a whole number for a whole unit, else to six places. */
export function roundQuantity(quantity: string, unit: Unit, rounding: Rounding): Quantity {
  return normaliseDecimal(roundDecimal(quantity, { scale: unit.whole ? 0 : QUANTITY_PLACES, rounding }))
}

const refuse = refusals({
  QUANTITY_TOO_FINE: {
    text: '{quantity} has more than {places} places. Enter a quantity with at most {places}.',
    kind: 'invalid',
  },
  QUANTITY_INEXACT:
    '{quantity} times {factor} cannot be written exactly with {places} places. Enter the quantity in the smaller unit.',
  QUANTITY_HAS_FRACTION:
    '{unit} comes in whole numbers only, and {quantity} is not one. Enter a whole number or another unit.',
})

function checkWhole(shortest: string, unit: Unit): void {
  if (unit.whole && parseDecimal(shortest).scale > 0) {
    refuse('QUANTITY_HAS_FRACTION', { quantity: shortest, unit: unit.code })
  }
}
