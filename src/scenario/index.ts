// The door of the scenarios: the library, the world they start in, and how they are played.
export { type Databases, type Ground, onDatabase, openDatabases } from './databases.ts'
export { chooseScenarios, type Listed, readScenarios, SCENARIOS } from './library.ts'
export { besideOf, cloneOf, type Figures, figuresOf, type Playground } from './live.ts'
export { type Outcome, runScenario } from './run.ts'
export type { Scenario, Step } from './shape.ts'
export { layWorld, type World } from './world.ts'
