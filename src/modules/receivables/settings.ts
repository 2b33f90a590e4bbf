// What a company may set about its receivables, with what holds when it says nothing.
import { type Sql, sql } from '#kernel/db'

/** The format of a legal number: one that does not end with its counter, as {seq:6}, could not be checked for gaps and is passed over. */
export const numberFormat = (set: string | null | undefined, standard: string): string =>
  set && /\{seq(:\d+)?\}$/.test(set) ? set : standard

export const INVOICE_NUMBER = 'INV-{year}-{seq:6}'
export const CREDIT_NUMBER = 'CN-{year}-{seq:6}'

/** The company's format for a document, from its setting `numbering`; `b` is the company. */
export const formatOf = (document: 'receivables.invoice' | 'receivables.credit-note'): Sql =>
  sql`b.settings -> 'numbering' ->> ${document}::text`

/** Whether a settlement discount lowers the tax as well (setting settlement-discount-tax, 'on' in Germany); `b` is the company. */
export const discountLowersTax: Sql = sql`coalesce(b.settings ->> 'settlement-discount-tax', 'off') = 'on'`

/** How much of an invoice may be written off without asking, in its currency; `b` is the company. */
export const writeOffLimit: Sql = sql`coalesce((b.settings ->> 'write_off_limit')::numeric, 0)`
