// Changing the insurance cover: how much is insured, until when, and whether anything may be owed beyond it.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { account } from './account.ts'

/** The cover as a whole: what is not given is not insured any more. After `until` every order is held until it is renewed. */
export const CoverInput = T.object({
  upTo: T.optional(T.money()),
  until: T.optional(T.date()),
  insuredOnly: T.optional(T.boolean()),
})

export const changeCover = command(account.verbs['change-cover'], CoverInput, async ({ tx, companyId, input, set }) => {
  if (input.insuredOnly && input.upTo === undefined) refuse('CREDIT_COVER_MISSING')
  await tx.run(sql`update credit.account a set insured_up_to = ${input.upTo ?? null}, insured_until = ${input.until ?? null}, insured_only = ${input.insuredOnly ?? false}
    from ${set} s where a.company_id = ${companyId} and a.id = s.id`)
})
