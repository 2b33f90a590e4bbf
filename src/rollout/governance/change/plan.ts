// Putting on record how a change is tested, when it may be released and how it is taken back.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { changeRequest } from './change-request.ts'

/** The window is an instant to an instant, UTC. */
export const planned = {
  testEvidence: T.optional(T.text(1000)),
  windowFrom: T.optional(T.instant()),
  windowUntil: T.optional(T.instant()),
  backOut: T.optional(T.text(1000)),
}

/** Refuses CHANGE_WINDOW unless the window has both ends, the later one last, or none. */
export function checkWindow({
  windowFrom,
  windowUntil,
}: {
  windowFrom?: string | undefined
  windowUntil?: string | undefined
}): void {
  if ((windowFrom === undefined) !== (windowUntil === undefined)) refuse('CHANGE_WINDOW')
  if (windowFrom !== undefined && windowUntil !== undefined && Date.parse(windowUntil) <= Date.parse(windowFrom))
    refuse('CHANGE_WINDOW')
}

/** What is not given stays. */
export const plan = command(
  changeRequest.verbs.plan,
  T.object(planned),
  async ({ tx, companyId, input, set, rows }) => {
    checkWindow(input)
    await tx.run(sql`update rollout.change_request c set test_evidence = coalesce(${input.testEvidence ?? null}, c.test_evidence),
      window_from = coalesce(${input.windowFrom ?? null}::timestamptz, c.window_from), window_until = coalesce(${input.windowUntil ?? null}::timestamptz, c.window_until),
      back_out = coalesce(${input.backOut ?? null}, c.back_out)
    from ${set} s where c.company_id = ${companyId} and c.id = s.id`)
    return { states: new Map(rows.map((row) => [row.id, row.state])) }
  },
)
