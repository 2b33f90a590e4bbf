// How many releases a site is behind the newest, and how many it may be (TPL-08): what came out after the release that it follows.
import { sql } from '#kernel/db'
import { policy } from '../governance/policy.ts'

/** How many releases a site may be behind the newest, as governance has it. */
export function mayBeBehind(): number {
  const [rule] = policy().upgrades
  return rule?.['versions-behind'] ?? 0
}

/** Whether the release `n` came out after the release `r` of the same template. One that was withdrawn holds nobody up. */
export const CAME_LATER = sql`n.template = r.template and n.state = 'released' and (n.created_at, n.id) > (r.created_at, r.id)`
