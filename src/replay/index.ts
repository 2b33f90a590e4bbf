// The door of the replay: read a file, profile it, plan its days, compare totals, write the report.
export type * from './events.ts'
export { isCashKey, type PlannedCustomer, type PlannedItem } from './masters.ts'
export { planReplay, type ReplayPlan, type SynthesisedCounts } from './plan.ts'
export { type Profile, profileSource } from './profile.ts'
export { ReplayRefusal, type ReplayRefusalCode } from './refusal.ts'
export { type PostedValues, type ReportInput, renderReport } from './report.ts'
export { RULES, type RuleCount, type RuleId, SYNTHESISED } from './rules.ts'
export { loadSource, type SourceTable } from './source.ts'
export {
  type Comparison,
  compareTotals,
  type RecordedLine,
  readControl,
  type Totals,
  TotalsAccumulator,
} from './totals.ts'
