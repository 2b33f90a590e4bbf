// Numbers that stand far from the others, by a rule that a few of them cannot bend.
import { parseDecimal, rescale } from '#kernel/decimal'

/**
 * How many of these decimals are outliers by the modified z-score of B. Iglewicz and D. C. Hoaglin, How to Detect and Handle
 * Outliers (ASQC Basic References in Quality Control 16, 1993): 0.6745 × |x − median| ÷ MAD > 3.5, where MAD is the median of
 * the |x − median|. Reckoned in whole numbers, so exact. Where more than half of the values are the same the MAD is zero,
 * the rule says nothing, and none is an outlier. Fewer than eight values are too few to tell.
 */
export function outliersOf(values: readonly string[]): number {
  if (values.length < FEWEST) return 0
  const read = values.map(parseDecimal)
  const scale = read.reduce((most, one) => Math.max(most, one.scale), 0)
  // Everything doubled, because the median of an even count is the middle between two.
  const doubled = read.map((one) => rescale(one, { scale, rounding: 'half-up' }).units * 2n)
  const middle = medianOf(doubled)
  const off = doubled.map((one) => (one > middle ? one - middle : middle - one))
  const mad = medianOf(off.map((one) => one * 2n))
  if (mad === 0n) return 0
  // off is in halves of the unit and mad in quarters: 0.6745 × off × 2 > 3.5 × mad.
  return off.filter((one) => 6_745n * one * 2n > 35_000n * mad).length
}

const FEWEST = 8

/** The median of whole numbers; those of an even count must be even, so that their middle is whole. */
function medianOf(values: readonly bigint[]): bigint {
  const sorted = [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  const half = sorted.length >> 1
  const upper = sorted[half] ?? 0n
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? 0n) + upper) / 2n
}
