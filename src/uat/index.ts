// The door of acceptance: a run is played here, on a copy; what it leaves stands in the rollout.
export type { Judgement } from './judge.ts'
export { type Played, type PlayGiven, playRun } from './play.ts'
export { type Tried, type TriedRelease, type TryGiven, tryRelease } from './what-if.ts'
