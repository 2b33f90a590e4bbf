// Planning the rings of a release for the first time, all at once; its pilots may follow it from then on.
import { creation } from '#kernel/command'
import {
  followersOf,
  nextPlan,
  RingInput,
  refuseIncomplete,
  refuseMoved,
  releaseOfAll,
  standingRings,
  writeRings,
} from './keep.ts'
import { refuse } from './refusals.ts'
import { ring } from './ring.ts'

/**
 * Keeps the rings of one release; ring 0 is open at once. Refuses RELEASE_UNKNOWN, RELEASE_WITHDRAWN, RINGS_OF_TWO, RINGS_THERE,
 * RINGS_INCOMPLETE unless each site where the caller may plan stands in one of them, SITE_NOT_HERE for any other, and
 * RING_OF_FOLLOWER for a site that follows the release already and would stand behind ring 0.
 */
export const plan = creation(ring.verbs.plan, RingInput, async (call) => {
  const release = await releaseOfAll(call)
  const standing = await standingRings(call.tx, release.id)
  if (standing.length > 0) refuse('RINGS_THERE', { number: release.number })
  await refuseIncomplete(call, release.number, ring.verbs.plan.may)
  refuseMoved(await followersOf(call.tx, release.id), call.input, release.number)
  const plan = await nextPlan(call.tx, release.id)
  return { states: await writeRings(call, release, { plan, opens: true }) }
})
