// Every no about the rings of an upgrade.
import { refusals } from '#kernel/refusal'

export const refuse = refusals({
  RINGS_WITHOUT_RULES: {
    text: 'Release {number} says nothing about rings: {problem}. Add the section rings to its governance.yaml and publish the next version.',
    kind: 'invalid',
  },
  RINGS_THERE: {
    text: 'The rings of release {number} are planned already. Open the next one when its time has come, or plan them anew and say why.',
    kind: 'conflict',
  },
  RINGS_OF_TWO: {
    text: 'Rings are planned for one release at a time, and these are of {number} and of {other}. Plan each release by itself.',
    kind: 'invalid',
  },
  RINGS_NONE: {
    text: 'No rings of release {number} stand, so there is nothing to plan anew. Plan them for the first time.',
    kind: 'conflict',
  },
  RINGS_UNDERWAY: {
    text: 'Site {site} of ring {ring} follows release {number} already, so its rings stay as they are. Open the next ring when its time has come, or let that site follow the release before it first.',
    kind: 'conflict',
  },
  RING_OF_FOLLOWER: {
    text: 'Site {site} follows release {number} already, so it belongs into ring 0 of the new plan. Put it there, or let it follow the release before it first.',
    kind: 'conflict',
  },
  RINGS_INCOMPLETE: {
    text: 'The rings of release {number} do not hold each site once: {site} stands in {times} of them. Make the plan anew.',
    kind: 'invalid',
  },
  RING_NOT_READY: {
    text: 'Ring {ring} cannot open yet: {site} of a ring before it {why}. Wait until every site there has shown that the release holds.',
  },
  RING_CLOSED: {
    text: 'Site {site} may not follow release {number} yet: its ring {ring} is not open. Have the ring opened first.',
  },
})
