// Planning the rings of a release anew: the plan that stood is withdrawn in the same step, and nobody follows by the new one until
// somebody else opens its first ring.
import { creation } from '#kernel/command'
import { audit } from '#kernel/record'
import {
  followersOf,
  nextPlan,
  RingInput,
  refuseIncomplete,
  refuseMoved,
  refuseUnderway,
  releaseOfAll,
  standingRings,
  writeRings,
} from './keep.ts'
import { refuse } from './refusals.ts'
import { ring } from './ring.ts'

/**
 * Keeps a further plan of the rings of one release in place of the one that stands; every ring of it is planned, ring 0 too,
 * for whoever plans does not open. Refuses as `plan` does, RINGS_NONE when none stand, and RINGS_UNDERWAY when a site behind ring 0
 * follows the release already.
 */
export const replan = creation(ring.verbs.replan, RingInput, async (call) => {
  const { tx, context, input } = call
  const release = await releaseOfAll(call)
  const { id, number } = release
  const standing = await standingRings(tx, id)
  if (standing.length === 0) refuse('RINGS_NONE', { number })
  const followers = await followersOf(tx, id)
  refuseUnderway(followers, number)
  await refuseIncomplete(call, number, ring.verbs.replan.may)
  refuseMoved(followers, input, number)
  const plan = await nextPlan(tx, id)
  await audit(
    tx,
    context,
    ring.verbs.withdraw,
    standing.map((one) => ({
      ...{ id: one.id, from: one.state, to: 'withdrawn', input: undefined },
      changes: { replaced: { by: `plan ${plan}` } },
    })),
  )
  return { states: await writeRings(call, release, { plan, opens: false }) }
})
