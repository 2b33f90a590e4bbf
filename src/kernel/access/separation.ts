// Nobody is given both sides of a pair in one company, unless a waiver that has not run out says so (SEC-04, SEC-05).
import type { Tx } from '#kernel/db'
import { type Asked, type Clash, clashes } from './clashes.ts'
import { refuse } from './refusals.ts'

/**
 * Refuses SEPARATION_CONFLICT when the role, given in the company (null: in all), would join in one account both sides
 * of a pair. Names the first pair in its sentence and all of them in its detail. Grants that begin later count as well
 * when their time meets the one asked for; those that have ended do not. Returns the clashes that a waiver covers.
 */
export async function refuseConflicts(tx: Tx, asked: Asked): Promise<readonly Clash[]> {
  const found = await tx.rows(clashes(asked))
  const open = found.filter((one) => !one.waived)
  const [clash] = open
  if (!clash) return found
  refuse('SEPARATION_CONFLICT', {
    separation: clash.separation,
    risk: clash.risk,
    owner: clash.owner,
    ...named(clash),
    pairs: open.map((one) => one.separation),
  })
  return found
}

/** The permission that is there already and the one that comes; a role that clashes with itself brings both. */
function named({ first, second }: Clash): { held: string | undefined; added: string | undefined } {
  const turned = !second.some((one) => one.new)
  const [old, fresh] = turned ? [second, first] : [first, second]
  return {
    held: (old.find((one) => !one.new) ?? old[0])?.permission,
    added: fresh.find((one) => one.new)?.permission,
  }
}
