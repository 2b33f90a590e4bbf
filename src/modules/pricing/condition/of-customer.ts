// Whose prices they are, for whoever makes one customer of two.
import type { Pointer } from '#kernel/repoint'

export const PRICING_POINTERS: readonly Pointer[] = [{ table: 'pricing.condition', column: 'subject_id' }]
