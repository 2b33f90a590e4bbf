// The door of the scenarios: the library, the world they start in, and how they are played.
export { type Databases, type Ground, onDatabase, openDatabases } from './databases.ts'
export type { StepEvidence } from './evidence.ts'
export { chooseScenarios, type Listed, readScenarios, SCENARIOS, scenariosOf } from './library.ts'
export { besideOf, cloneOf, emptyOn, type Figures, figuresOf, type Playground } from './live.ts'
export { type Outcome, type Place, runScenario } from './run.ts'
export type { Scenario, Step } from './shape.ts'
export { COMPANIES, layWorld, START, type World, type WorldCompany } from './world.ts'
