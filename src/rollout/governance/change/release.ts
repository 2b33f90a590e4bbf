// Releasing an approved change: with everything on record that its class asks for, and inside its window.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { policy } from '../policy.ts'
import { refuse } from '../refusals.ts'
import { changeRequest } from './change-request.ts'

export type Planned = {
  number: string
  class: string
  test_evidence: string | null
  window_from: Date | null
  window_until: Date | null
  back_out: string | null
}

const WORDS: Readonly<Record<string, string>> = {
  'test-evidence': 'test evidence',
  window: 'window',
  'back-out': 'way back',
}

/** Refuses CHANGE_LACKS and CHANGE_OUTSIDE_WINDOW unless everything is on record that the class asks for, and the window is open. */
export function checkReleasable(one: Planned, now: Date): void {
  const has: Readonly<Record<string, boolean>> = {
    'test-evidence': one.test_evidence !== null,
    window: one.window_from !== null,
    'back-out': one.back_out !== null,
  }
  const asked = policy()['change-classes'].find((each) => each.class === one.class)?.evidence ?? []
  const lacking = asked.filter((each) => !has[each])
  if (lacking.length > 0)
    refuse('CHANGE_LACKS', {
      number: one.number,
      lacking: lacking.map((each) => WORDS[each] ?? each).join(' and no '),
    })
  if (one.window_from && one.window_until && (now < one.window_from || now > one.window_until)) {
    refuse('CHANGE_OUTSIDE_WINDOW', {
      number: one.number,
      from: one.window_from.toISOString(),
      until: one.window_until.toISOString(),
    })
  }
}

export const release = command(changeRequest.verbs.release, T.object({}), async ({ tx, companyId, set, now }) => {
  const rows =
    await tx.rows(sql<Planned>`select c.number, c.class, c.test_evidence, c.window_from, c.window_until, c.back_out
    from rollout.change_request c join ${set} s on s.id = c.id where c.company_id = ${companyId}`)
  for (const one of rows) checkReleasable(one, now)
  await tx.run(
    sql`update rollout.change_request c set released_at = ${now} from ${set} s where c.company_id = ${companyId} and c.id = s.id`,
  )
})
