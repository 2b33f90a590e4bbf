// The stock codes that are no merchandise: carriage, fees, discounts and vouchers are sold, but never stand on a shelf.

/** Non-merchandise codes in upper case, with what a distributor would call them. */
export const SERVICE_CODES: ReadonlyMap<string, string> = new Map([
  ['POST', 'Postage'],
  ['DOT', 'Web shop postage'],
  ['C2', 'Carriage'],
  ['23444', 'Next day carriage'],
  ['23574', 'Packing charge'],
  ['23702', 'Picture file'],
  ['M', 'Manual charge'],
  ['D', 'Discount'],
  ['S', 'Samples'],
  ['B', 'Bad debt adjustment'],
  ['BANK CHARGES', 'Bank charges'],
  ['AMAZONFEE', 'Marketplace fee'],
  ['CRUK', 'Charity commission'],
  ['PADS', 'Pads without a price of their own'],
])

const VOUCHER_PREFIX = 'GIFT_'

/** Whether an item code (upper case) is a service: it has no stock, so it is neither received, shipped nor counted. */
export function isServiceCode(code: string): boolean {
  return SERVICE_CODES.has(code) || code.startsWith(VOUCHER_PREFIX)
}
