// Every no about the rings of an upgrade.
import { refusals } from '#kernel/refusal'

export const refuse = refusals({
  RINGS_WITHOUT_RULES: {
    text: 'Release {number} says nothing about rings: {problem}. Add the section rings to its governance.yaml and publish the next version.',
    kind: 'invalid',
  },
  RINGS_THERE: {
    text: 'The rings of release {number} are planned already. Open the next one when its time has come.',
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
