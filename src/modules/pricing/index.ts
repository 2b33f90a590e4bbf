// The door of pricing: what a line costs and why, how far a role may go, and the margin floor.
export { PRICING_POINTERS } from './condition/of-customer.ts'
export { discountLimit, marginFloor } from './limits.ts'
export { type PriceDemand, type Priced, priced, type TraceStep } from './price.ts'
