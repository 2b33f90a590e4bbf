// The only door to tax: which tax a line bears and why, and how it is rounded on a document.
export {
  type DocumentLine,
  type DocumentTotals,
  type TaxPerCode,
  taxOfDocument,
  totalsOfDocument,
} from './code/tax-of-document.ts'
export { type Taxable, type Taxed, taxed } from './code/taxed.ts'
export { TAX_POINTERS } from './exemption/of-customer.ts'
