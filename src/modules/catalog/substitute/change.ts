// Changing the terms on which one item stands in for another.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { offer } from './add.ts'
import { substitute } from './substitute.ts'

/** What is not given stays. */
export const change = command(substitute.verbs.change, T.object(offer), async ({ tx, input, set }) => {
  await tx.run(sql`update catalog.substitute u set
      rank = coalesce(${input.rank ?? null}::int, u.rank),
      price_rule = coalesce(${input.priceRule ?? null}, u.price_rule),
      needs_consent = coalesce(${input.needsConsent ?? null}::boolean, u.needs_consent),
      two_way = coalesce(${input.twoWay ?? null}::boolean, u.two_way)
    from ${set} s where u.id = s.id`)
})
