// Tax and totals of documents by the rounding method each of them keeps, the same on order, invoice and credit note.
import { type Sql, sql } from '#kernel/db'

/**
 * A line as far as its document's tax goes. `tax_rounding` is the method kept on the document, `digits` are the places
 * of its currency, `tax_rate` is a fraction, `net` the exact amount of the line (it may have more places than `digits`).
 */
export type DocumentLine = {
  document: string
  tax_rounding: string
  digits: number
  tax_code: string
  tax_rate: string
  net: string
}

/** Base and tax of one code and rate of a document, in the document's currency, rounded to its places. */
export type TaxPerCode = {
  document: string
  tax_code: string
  tax_rate: string
  tax_account: string
  base: string
  tax: string
}

/** What a document comes to. total = net + tax, always. */
export type DocumentTotals = { document: string; net: string; tax: string; total: string }

/**
 * Base and tax per document, code and rate, as a relation. By method (EN 16931 allows both ways of adding up):
 * - `document-...`: exact line amounts are added, then base and tax are rounded once for each code and rate;
 * - `line-...`: net and tax of each line are rounded, the tax from the rounded net, and the results added.
 * `...-half-up` rounds halves away from zero, so a credit note undoes its invoice to the cent; `...-half-even` rounds
 * them to the even neighbour. Nothing else may round tax, so order, invoice and report agree (ACC-03).
 */
export function taxOfDocument(companyId: number, lines: Sql<DocumentLine>): Sql<TaxPerCode> {
  return sql<TaxPerCode>`select p.document, p.tax_code, p.tax_rate, t.account as tax_account, p.base, p.tax
    from ${perCode(lines)} p
    left join tax.v_code t on t.company_id = ${companyId} and t.code = p.tax_code`
}

/** Net, tax and total per document, as a relation: the sums of what `taxOfDocument` says. */
export function totalsOfDocument(lines: Sql<DocumentLine>): Sql<DocumentTotals> {
  return sql<DocumentTotals>`select p.document, sum(p.base) as net, sum(p.tax) as tax, sum(p.base) + sum(p.tax) as total
    from ${perCode(lines)} p
   group by p.document`
}

const perCode = (lines: Sql<DocumentLine>): Sql => sql`select n.document, n.tax_code, n.tax_rate,
    case when n.tax_rounding like 'line-%' then sum(n.line_net) else tax.rounded(sum(n.net), n.digits, n.tax_rounding) end as base,
    case
      when n.tax_rounding like 'line-%' then sum(tax.rounded(n.line_net * n.tax_rate, n.digits, n.tax_rounding))
      else tax.rounded(sum(n.net) * n.tax_rate, n.digits, n.tax_rounding)
    end as tax
  from (
    select l.document, l.tax_rounding, l.digits, l.tax_code, l.tax_rate, l.net, tax.rounded(l.net, l.digits, l.tax_rounding) as line_net
      from ${lines} l
  ) n
 group by n.document, n.tax_rounding, n.digits, n.tax_code, n.tax_rate`
