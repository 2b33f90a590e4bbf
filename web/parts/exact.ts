// Exact decimals for what is on the screen: sums of what is shown, signs, and shares that only drawings use.

const DECIMAL = /^-?\d+(\.\d+)?$/

/** The digits of a decimal text as a whole number of 10^-scale. */
function scaled(text: string, scale: number): bigint {
  const [whole = '0', part = ''] = text.replace('-', '').split('.')
  const digits = BigInt(whole + part.padEnd(scale, '0').slice(0, scale))
  return text.startsWith('-') ? -digits : digits
}

const scaleOf = (text: string): number => text.split('.')[1]?.length ?? 0

/** The sum of decimal texts, exact, with as many places as the finest of them. What is no number counts nothing. */
export function sum(texts: Iterable<string | null | undefined>): string {
  const all = [...texts].filter((text): text is string => typeof text === 'string' && DECIMAL.test(text))
  const scale = Math.max(0, ...all.map(scaleOf))
  const total = all.reduce((so, text) => so + scaled(text, scale), 0n)
  const digits = (total < 0n ? -total : total).toString().padStart(scale + 1, '0')
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`
  return total < 0n ? `-${text}` : text
}

/** The same amount with the other sign. */
export const minus = (text: string): string => (text.startsWith('-') ? text.slice(1) : isZero(text) ? text : `-${text}`)

/** Whether it is nothing; nothing at all counts as nothing. */
export const isZero = (text: string | null | undefined): boolean => !text || /^-?0*(\.0*)?$/.test(text)

export const isNegative = (text: string | null | undefined): boolean => text?.startsWith('-') === true && !isZero(text)

/** -1, 0 or 1. */
export function compare(a: string, b: string): number {
  const left = sum([a, minus(b)])
  return isZero(left) ? 0 : isNegative(left) ? -1 : 1
}

/** How long to draw an amount: a float, good to a pixel and for nothing else. */
export const drawn = (text: string | null | undefined): number => (text && DECIMAL.test(text) ? Number(text) : 0)
