// The only door to catalog: which item a code means.

export { copyCrossReferences, dropCrossReferences } from './cross-reference/copy.ts'
export { type AskedItem, type ResolvedItem, resolveItems } from './item/resolve.ts'
