// What of a company's configuration its books keep as it is.
import type { ConfigurationUse } from '#kernel/configuration'
import { sql } from '#kernel/db'

export const uses: readonly ConfigurationUse[] = [
  {
    kind: 'ledger.account',
    fields: ['type', 'control'],
    because: 'entries are posted to it. Open a new account, map the roles to it, and close this one at the year end',
    keys: sql`select distinct account as key from ledger.balance`,
  },
]
