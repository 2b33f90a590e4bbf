// Rationals are exact fractions in lowest terms, so that a conversion there and back is where it began.

import { type Decimal, decimalText, divideRounded, parseDecimal, powerOfTen, type RoundTo } from '#kernel/decimal'
import { refusals } from '#kernel/refusal'

/** The number `num / den`: no common divisor, `den` above zero. Made by `rational`, never by hand. */
export type Rational = { readonly num: bigint; readonly den: bigint }

/** The fraction in lowest terms: rational(24n, -18n) is -4/3. Refuses with RATIONAL_ZERO_DENOMINATOR. */
export function rational(num: bigint, den: bigint = 1n): Rational {
  if (den === 0n) {
    return refuse('RATIONAL_ZERO_DENOMINATOR', { num: num.toString() })
  }
  const divisor = greatestCommonDivisor(num, den)
  const sign = den < 0n ? -1n : 1n
  return { num: (sign * num) / divisor, den: (sign * den) / divisor }
}

/** The exact fraction of a decimal: '0.75' is 3/4. Refuses as `parseDecimal` does. */
export function rationalOf(text: string): Rational {
  const { units, scale } = parseDecimal(text)
  return rational(units, powerOfTen(scale))
}

/** The exact product. */
export function multiplyRationals(left: Rational, right: Rational): Rational {
  return rational(left.num * right.num, left.den * right.den)
}

/** The exact quotient `left / right`. Refuses with RATIONAL_ZERO_DENOMINATOR when `right` is zero. */
export function divideRationals(left: Rational, right: Rational): Rational {
  return rational(left.num * right.den, left.den * right.num)
}

/** One divided by the fraction. Refuses with RATIONAL_ZERO_DENOMINATOR for zero. */
export function invertRational({ num, den }: Rational): Rational {
  return rational(den, num)
}

/** -1, 0 or 1 as `left` is less than, equal to or more than `right`. */
export function compareRationals(left: Rational, right: Rational): -1 | 0 | 1 {
  const a = left.num * right.den
  const b = right.num * left.den
  if (a === b) {
    return 0
  }
  return a < b ? -1 : 1
}

/** The fraction as a decimal with exactly the named places, rounded as named. */
export function roundRational({ num, den }: Rational, { scale, rounding }: RoundTo): string {
  return decimalText({ units: divideRounded(num * powerOfTen(scale), den, rounding), scale })
}

/** The fraction as the shortest exact decimal, or undefined when it needs more than `scaleMax` places (1/3 always). */
export function exactDecimal({ num, den }: Rational, scaleMax: number): string | undefined {
  for (let scale = 0; scale <= scaleMax; scale += 1) {
    const scaled = num * powerOfTen(scale)
    if (scaled % den === 0n) {
      const decimal: Decimal = { units: scaled / den, scale }
      return decimalText(decimal)
    }
  }
  return undefined
}

/** The fraction for people: '3/4', or '12' when it is whole. */
export function rationalText({ num, den }: Rational): string {
  return den === 1n ? num.toString() : `${num}/${den}`
}

const refuse = refusals({
  RATIONAL_ZERO_DENOMINATOR: {
    text: 'A factor cannot have zero below the line. Enter how many units stand on each side of the conversion.',
    kind: 'invalid',
  },
})

function greatestCommonDivisor(left: bigint, right: bigint): bigint {
  let a = left < 0n ? -left : left
  let b = right < 0n ? -right : right
  while (b !== 0n) {
    const rest = a % b
    a = b
    b = rest
  }
  return a
}
