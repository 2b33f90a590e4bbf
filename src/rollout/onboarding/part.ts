// What onboarding brings to the rollout: mappings of codes, their approval, and how far they reach.
import type { Kinds } from '../configuration/live.ts'
import type { Part } from '../governance/shape.ts'
import { approving } from './approve.ts'
import { codeMapping } from './code-mapping.ts'
import { coverage } from './coverage.ts'
import { change, propose, withdraw } from './propose.ts'

/** The part over the kinds of configuration that codes may become. */
export const onboardingPart = (kinds: Kinds): Part => ({
  documents: [codeMapping],
  commands: [propose, change, approving(kinds), withdraw],
  queries: [coverage(kinds)],
  jobs: {},
  invariants: [],
})
