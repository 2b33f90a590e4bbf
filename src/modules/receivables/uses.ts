// What of a company's configuration its invoices keep as it is.
import type { ConfigurationUse } from '#kernel/configuration'
import { sql } from '#kernel/db'

export const uses: readonly ConfigurationUse[] = [
  {
    kind: 'tax.code',
    fields: ['kind'],
    because: 'tax was invoiced by it. Add another code, and let the rules lead to that one',
    keys: sql`select distinct tax_code as key from receivables.tax_line`,
  },
]
