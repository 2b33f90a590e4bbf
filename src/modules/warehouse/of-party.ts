// Whose shipments and goods receipts they are, for whoever makes one customer or supplier of two.
import type { Pointer } from '#kernel/repoint'

export const SHIPMENT_POINTERS: readonly Pointer[] = [{ table: 'warehouse.shipment', column: 'customer_id' }]
export const RECEIPT_POINTERS: readonly Pointer[] = [{ table: 'warehouse.receipt', column: 'supplier_id' }]
