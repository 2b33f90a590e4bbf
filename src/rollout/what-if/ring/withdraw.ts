// Taking a plan of rings back: all rings of the release together, whichever of them was named; then it is followed without rings.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { audit } from '#kernel/record'
import { T } from '#kernel/schema'
import { followersOf, refuseUnderway, standingRings } from './keep.ts'
import { ring } from './ring.ts'

/** Withdraws every ring that stands of these rings' releases. Refuses RINGS_UNDERWAY when a site behind ring 0 follows one of them. */
export const withdraw = command(ring.verbs.withdraw, T.object({}), async ({ tx, set, ids, context }) => {
  const releases = await tx.rows(
    sql<{ id: string; number: string }>`select distinct r.id, r.number from rollout.ring g
      join ${set} s on s.id = g.id join rollout.release r on r.id = g.release_id order by r.id`,
  )
  for (const { id, number } of releases) {
    const standing = await standingRings(tx, id)
    refuseUnderway(await followersOf(tx, id), number)
    const others = standing.filter((one) => !ids.includes(one.id))
    await audit(
      tx,
      context,
      ring.verbs.withdraw,
      others.map((one) => ({ id: one.id, from: one.state, to: 'withdrawn', changes: undefined, input: {} })),
    )
  }
})
