// The door of credit: lock, check, count, and keep the evidence.
export { type Cause, type Holder, liftHold, setHold } from './cause.ts'
export { type Decision, type Release, recordDecision, releaseOrder } from './decisions.ts'
export { changeExposure, type ExposureChange, lockAccounts, openMissing } from './exposure.ts'
export {
  type Checkpoint,
  type CreditDemand,
  type Exposure,
  type HoldReason,
  type OverLimit,
  overLimit,
} from './over-limit.ts'
export { refreshHolds } from './refresh-holds.ts'
