// Exact decimals for what is on the screen: sums of what is shown, signs, and shares that only drawings use.

const DECIMAL = /^-?\d+(\.\d+)?$/

/** The digits of a decimal text as a whole number of 10^-scale; nothing for what is no number. */
function scaled(text: string, scale: number): bigint {
  if (!DECIMAL.test(text)) return 0n
  const [whole = '0', part = ''] = text.replace('-', '').split('.')
  const digits = BigInt(whole + part.padEnd(scale, '0').slice(0, scale))
  return text.startsWith('-') ? -digits : digits
}

const scaleOf = (text: string): number => text.split('.')[1]?.length ?? 0

/** A whole number of 10^-scale as decimal text. */
function textOf(value: bigint, scale: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0')
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`
  return value < 0n ? `-${text}` : text
}

/** Whether a text is a number that can be counted with. */
export const isDecimal = (text: unknown): text is string => typeof text === 'string' && DECIMAL.test(text)

/** The sum of decimal texts, exact, with as many places as the finest of them. What is no number counts nothing. */
export function sum(texts: Iterable<string | null | undefined>): string {
  const all = [...texts].filter(isDecimal)
  const scale = Math.max(0, ...all.map(scaleOf))
  return textOf(
    all.reduce((so, text) => so + scaled(text, scale), 0n),
    scale,
  )
}

/** The product of two decimal texts, exact. */
export function times(a: string, b: string): string {
  const [left, right] = [scaleOf(a), scaleOf(b)]
  return textOf(scaled(a, left) * scaled(b, right), left + right)
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

/** What a part is of a whole in percent, cut to a tenth; undefined where the whole is nothing or less. */
export function percentOf(part: string, whole: string): string | undefined {
  const scale = Math.max(scaleOf(part), scaleOf(whole))
  const all = scaled(whole, scale)
  return all <= 0n ? undefined : textOf((scaled(part, scale) * 1000n) / all, 1)
}

/** How long to draw an amount: a float, good to a pixel and for nothing else. */
export const drawn = (text: string | null | undefined): number => (isDecimal(text) ? Number(text) : 0)

/** How much of a bar a part of the whole takes, in percent between 0 and 100. */
export const share = (part: string, whole: string): number =>
  Math.max(0, Math.min(100, drawn(percentOf(part, whole) ?? (compare(part, '0') > 0 ? '100' : '0'))))
