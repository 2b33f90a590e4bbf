// Correcting a rate that was recorded wrongly; what was posted with it stays as it was.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { compareDecimals } from '#kernel/decimal'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { rate } from './rate.ts'

export const CorrectInput = T.object({ rate: T.price(), source: T.optional(T.text(60)) })

export const correct = command(rate.verbs.correct, CorrectInput, async ({ tx, companyId, input, rows, set }) => {
  if (compareDecimals(input.rate, '0') <= 0) {
    refuse('RATE_NOT_POSITIVE', { currency: rows[0]?.number })
  }
  await tx.run(sql`update company.rate r set rate = ${input.rate}::numeric, source = coalesce(${input.source ?? null}, r.source)
    from ${set} s where r.company_id = ${companyId} and r.id = s.id`)
})
