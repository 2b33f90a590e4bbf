// The door of the warehouse: whose shipments and goods receipts they are. Everything else is asked of its views.
export { RECEIPT_POINTERS, SHIPMENT_POINTERS } from './of-party.ts'
