// What of a company's configuration its customers keep as it is.
import type { ConfigurationUse } from '#kernel/configuration'
import { sql } from '#kernel/db'

export const uses: readonly ConfigurationUse[] = [
  {
    kind: 'party.term',
    fields: [],
    because: 'customers pay by it. Give them another term first',
    keys: sql`select distinct term as key from party.customer where state in ('requested', 'active', 'blocked')`,
  },
]
