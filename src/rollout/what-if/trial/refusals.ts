// Every no about proving a release before sites get it.
import { refusals } from '#kernel/refusal'

export const refuse = refusals({
  TRIAL_BY_MACHINE: {
    text: 'What was played is recorded by the machine that played it. Run `tradewright template what-if RELEASE --scenarios` instead.',
    kind: 'forbidden',
  },
  RELEASE_FAILS_AT: {
    text: 'Release {number} is not offered yet: at site {site} scenario {scenario} fails with it ({count} failures in all). Correct the release, or have who decides on exceptions say why {trial} may stand.',
  },
  RELEASE_ALTERED: {
    text: 'The files of release {number} are not those that were published: they do not give its hash. Run `tradewright template verify`, and let nobody follow it.',
    kind: 'conflict',
  },
})
