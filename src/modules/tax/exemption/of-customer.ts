// Whose exemptions they are, for whoever makes one customer of two.
import type { Pointer } from '#kernel/repoint'

export const TAX_POINTERS: readonly Pointer[] = [{ table: 'tax.exemption', column: 'customer_id' }]
