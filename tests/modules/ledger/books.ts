// The books that the tests of finance share: a small chart with the roles that its accounts play.
import type pg from 'pg'
import { ALPHA, BETA } from '../../support/world.ts'

/** Code, type, control and role of each account. */
const CHART: readonly (readonly [string, string, string, string])[] = [
  ['1100', 'asset', 'ar', 'receivable'],
  ['1160', 'asset', 'shipped-not-invoiced', 'shipped-not-invoiced'],
  ['1200', 'asset', 'inventory', 'inventory'],
  ['1300', 'asset', 'bank', 'bank'],
  ['2110', 'liability', 'grni', 'goods-received-not-invoiced'],
  ['2150', 'liability', 'customer-deposits', 'customer-deposit'],
  ['2200', 'liability', 'tax', 'tax'],
  ['3950', 'equity', 'opening', 'opening-equity'],
  ['4000', 'revenue', 'none', 'revenue'],
  ['4010', 'revenue', 'none', 'sales-returns'],
  ['4100', 'revenue', 'none', 'freight-income'],
  ['4120', 'revenue', 'none', 'restocking-fee'],
  ['4200', 'revenue', 'none', 'settlement-discount'],
  ['5000', 'expense', 'none', 'cost-of-sales'],
  ['5020', 'expense', 'none', 'stock-adjustment'],
  ['5030', 'expense', 'none', 'scrap'],
  ['6000', 'expense', 'none', ''],
  ['6100', 'expense', 'none', 'exchange-difference'],
  ['6200', 'expense', 'none', 'bad-debt'],
  ['6210', 'expense', 'none', 'write-off'],
  ['9999', 'asset', 'none', 'suspense'],
]

/** Lays the chart and its mapping for both companies. */
export async function layBooks(admin: pg.Client): Promise<void> {
  for (const companyId of [ALPHA, BETA]) {
    for (const [code, type, control, role] of CHART) {
      await admin.query(
        'insert into ledger.account (company_id, code, name, type, control) values ($1, $2, $3, $4, $5)',
        [companyId, code, role || 'rent', type, control],
      )
      if (role)
        await admin.query('insert into ledger.mapping (company_id, role, account) values ($1, $2, $3)', [
          companyId,
          role,
          code,
        ])
    }
  }
}

/** The lines of the entries of a document, as 'Dr1300 110 Cr2150 110', in the order of accounts within each entry. */
export async function booksOf(admin: pg.Client, sourceId: string, event = '%'): Promise<string> {
  const found = await admin.query<{ text: string }>(
    `select string_agg(case when debit > 0 then 'Dr' else 'Cr' end || account || ' ' || trim_scale(debit + credit), ' '
            order by e.number, debit = 0, account) as text
       from ledger.journal_line l join ledger.entry e on e.company_id = l.company_id and e.id = l.entry_id
      where e.source_id = $1 and e.event like $2`,
    [sourceId, event],
  )
  return found.rows[0]?.text ?? ''
}
