// Makes source rows for tests: say what matters, the rest is an ordinary sale.
import type { SourceRow } from '../../src/replay/read.ts'

/** Rows numbered from 1 in the order given. */
export function rowsOf(...rows: readonly Partial<SourceRow>[]): SourceRow[] {
  return rows.map((row, index) => ({
    invoice: '800001',
    code: '10001',
    description: 'BLUE MUG',
    quantity: '1',
    moment: '2012-01-03 09:00:00',
    unitPrice: '2.50',
    customer: '90001',
    country: 'United Kingdom',
    ...row,
    row: index + 1,
  }))
}
