// The door of returns. Nobody above needs more than its views yet: returns.v_rma and returns.v_rma_line.
export { RETURNS_POINTERS } from './rma/of-customer.ts'
export { rma } from './rma/rma.ts'
