// Whose returns they are, for whoever makes one customer of two.
import type { Pointer } from '#kernel/repoint'

export const RETURNS_POINTERS: readonly Pointer[] = [{ table: 'returns.rma', column: 'customer_id' }]
