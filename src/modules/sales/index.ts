// The door of sales: what warehouse, receivables and returns tell it, and what they may ask.
export { type Billable, takeBillable } from './order/bill.ts'
export { cancelRemainder, type ShippedLine, recordShipped } from './order/ship.ts'
export { resolveLines, warehouseIds as resolveWarehouses } from './order/resolve.ts'
