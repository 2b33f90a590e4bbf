// The door of sales: what warehouse, receivables and returns tell it, and what they may ask.
export { reserveAtRelease } from './order/at-release.ts'
export { type Billable, takeBillable, type Wanted } from './order/bill.ts'
export { type Ending, endOrder } from './order/end.ts'
export { SALES_POINTERS, worthOfOrders } from './order/of-customer.ts'
export { resolveLines, warehouseIds as resolveWarehouses } from './order/resolve.ts'
export { type CreditedLine, type ReturnedLine, recordCredited, recordReturned } from './order/returned.ts'
export { cancelRemainder, recordShipped, recordShippedCost, type ShippedLine } from './order/ship.ts'
