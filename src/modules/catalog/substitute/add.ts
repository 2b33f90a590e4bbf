// Saying what may be sent instead of an item.
import { creation } from '#kernel/command'
import { errorCode, sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { resolveItems } from '../item/resolve.ts'
import { refuse } from '../refusals.ts'
import { PRICE_RULES, substitute } from './substitute.ts'

/** The lower the rank, the earlier it is offered. `twoWay` lets each stand in for the other. */
export const offer = {
  rank: T.optional(T.integer(1, 99)),
  priceRule: T.optional(T.choice(PRICE_RULES)),
  needsConsent: T.optional(T.boolean()),
  twoWay: T.optional(T.boolean()),
}
export const SubstituteInput = T.object({
  id: T.optional(T.id()),
  item: T.ref('catalog.item'),
  substitute: T.ref('catalog.item'),
  ...offer,
})

export const add = creation(substitute.verbs.add, SubstituteInput, async ({ tx, ids, input, now }) => {
  const found = await resolveItems(
    tx,
    input.flatMap((one) => [{ code: one.item }, { code: one.substitute }]),
  )
  const given = input.map((one, at) => {
    const [own, other] = [found[2 * at], found[2 * at + 1]]
    if (own?.itemId === other?.itemId) {
      refuse('SUBSTITUTE_ITSELF', { code: one.item })
    }
    return {
      id: ids[at],
      item_id: own?.itemId,
      substitute_id: other?.itemId,
      rank: one.rank ?? 1,
      price_rule: one.priceRule ?? 'lower',
      needs_consent: one.needsConsent ?? true,
      two_way: one.twoWay ?? false,
    }
  })
  try {
    await tx.run(sql`insert into catalog.substitute (id, item_id, substitute_id, rank, price_rule, needs_consent, two_way, created_at, updated_at)
      select g.*, ${now}, ${now} from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g (id uuid, item_id uuid, substitute_id uuid, rank int,
        price_rule text, needs_consent boolean, two_way boolean)`)
  } catch (error) {
    if (errorCode(error) === '23505') {
      refuse('SUBSTITUTE_TAKEN', {
        item: input.map((one) => one.item).join(', '),
        substitute: input.map((one) => one.substitute).join(', '),
      })
    }
    throw error
  }
})
