// Sums of exact texts without floats, for totals under columns. What must be right to the cent in the books is summed by the server.
const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/

/** The exact sum of decimal texts; undefined when one of them is no number. */
export function sum(texts: readonly string[]): string | undefined {
  const parts = texts.map((text) => DECIMAL.exec(text))
  const places = Math.max(0, ...parts.map((part) => part?.[3]?.length ?? 0))
  let total = 0n
  for (const part of parts) {
    if (!part) return undefined
    const [, sign, whole = '0', fraction = ''] = part
    const units = BigInt(whole + fraction.padEnd(places, '0'))
    total += sign === '-' ? -units : units
  }
  const digits = (total < 0n ? -total : total).toString().padStart(places + 1, '0')
  const cut = digits.length - places
  return `${total < 0n ? '-' : ''}${digits.slice(0, cut)}${places > 0 ? `.${digits.slice(cut)}` : ''}`
}
