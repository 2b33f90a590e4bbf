// Costing's door.
export { type Cost, type Issue, issue } from './issue.ts'
export { type Receipt, receive } from './receive.ts'
