// Where it is written to whom something belongs. A test holds this list against every such column of the database.
import type { Pointer } from '#kernel/repoint'
import { type Kind, PARTY_POINTERS } from '#party'
import { PRICING_POINTERS } from '#pricing'
import { RECEIVABLES_POINTERS } from '#receivables'
import { RETURNS_POINTERS } from '#returns'
import { SALES_POINTERS } from '#sales'
import { TAX_POINTERS } from '#tax'
import { RECEIPT_POINTERS, SHIPMENT_POINTERS } from '#warehouse'

/** What moves with a customer or supplier. */
export const PLACES: Readonly<Record<Kind, readonly Pointer[]>> = {
  customer: [
    ...PARTY_POINTERS.customer,
    ...TAX_POINTERS,
    ...PRICING_POINTERS,
    ...SALES_POINTERS,
    ...SHIPMENT_POINTERS,
    ...RECEIVABLES_POINTERS,
    ...RETURNS_POINTERS,
  ],
  supplier: [...PARTY_POINTERS.supplier, ...RECEIPT_POINTERS],
}

/**
 * What stays: facts, which are never written again, and the account itself, whose amounts are counted over. They are
 * found by the code of the one that was given up, as long as there are books.
 */
export const STAYS = [
  'credit.account.id',
  'credit.decision.customer_id',
  'ledger.journal_line.party_id',
  'catalog.cross_reference.party_id',
] as const
