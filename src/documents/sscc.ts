// Serial shipping container codes: one number for each parcel, the same whenever its label is printed again.
import { refuse } from './refusals.ts'

/**
 * The check digit of GS1: from the right, digits count three times and once in turn; the digit fills up to ten
 * (GS1 General Specifications, 7.9.1). `digits` are those before it.
 */
export function checkDigit(digits: string): string {
  const sum = [...digits].reverse().reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 3 : 1), 0)
  return String((10 - (sum % 10)) % 10)
}

/** The digits of a document's number that count up: the last run of them. The year before it is the run before. */
function counterOf(number: string): { year: string; counter: string } {
  const runs = number.match(/\d+/g) ?? []
  return { year: runs.at(-2) ?? '0', counter: (runs.at(-1) ?? '0').replace(/^0+(?=\d)/, '') }
}

/**
 * The SSCC of one parcel, 18 digits: an extension digit, the company's GS1 prefix, a serial number, the check digit. The
 * extension is the last digit of the shipment's year, the serial number its counter and the parcel, so that no number
 * comes again within ten years (GS1 asks for one). Refuses SSCC_USED_UP where the prefix leaves too few digits.
 *
 * @param shipment The shipment's number, such as SH-2026-000123.
 * @param parcel From 1.
 */
export function sscc(prefix: string, shipment: string, parcel: number): string {
  const room = 16 - prefix.length
  const { year, counter } = counterOf(shipment)
  const forParcel = room - Math.max(6, counter.length)
  const part = String(parcel - 1)
  if (forParcel < 0 || (part.length > forParcel && parcel > 1))
    refuse('SSCC_USED_UP', { parcel, number: shipment, prefix, digits: room })
  const serial = `${counter.padStart(room - forParcel, '0')}${forParcel > 0 ? part.padStart(forParcel, '0') : ''}`
  const digits = `${year.slice(-1)}${prefix}${serial}`
  return `${digits}${checkDigit(digits)}`
}

/** An SSCC as people read it: extension, prefix, serial number, check digit. */
export const ssccText = (code: string, prefix: string): string =>
  `(00) ${code.slice(0, 1)} ${code.slice(1, 1 + prefix.length)} ${code.slice(1 + prefix.length, 17)} ${code.slice(17)}`
